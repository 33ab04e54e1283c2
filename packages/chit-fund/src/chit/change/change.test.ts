import { describe, expect, it } from 'vitest';
import { foreman, type OpenedChits, openChits, registrar, rupees, smallTerms } from '../../testing/open-chits.ts';

const ID = 'kept';

/** A scheme of five after its first instalment: ticket 1 has won at a discount of 1,000, ticket 5 owes 850. */
async function afterOne(): Promise<OpenedChits> {
  const world = openChits();
  await world.found(ID, smallTerms({ state: 'KA', custom: { ticketsPerPerson: 2 } }));
  world.goTo('2026-01-05');
  await world.draw(ID, [[1, rupees(1_000)]]);
  for (let ticket = 1; ticket <= 4; ticket += 1) {
    await world.done(ID, {
      type: 'PayInstalment',
      ticket,
      amount: rupees(850),
      channel: 'bank',
      payment: `p-${ticket}`,
    });
  }
  world.goTo('2026-01-16');
  await world.sweep();
  return world;
}

describe('a ticket', () => {
  it('34: is transferred with its arrears and its lien', async () => {
    const world = await afterOne();
    await world.done(ID, { type: 'LayLien', ticket: 5, secures: 'other/3' });
    await world.done(ID, { type: 'TransferTicket', ticket: 5, holders: [{ person: 'p9' }], deed: 'deed 1' });
    const ticket = (await world.chit(ID)).tickets[4];
    expect(ticket).toMatchObject({ holders: [{ person: 'p9', parts: 1 }], liens: ['other/3'] });
    expect(ticket?.arrears.map(({ principal }) => principal)).toEqual([85_000n]);
    const own = { type: 'PayInstalment', ticket: 5, amount: rupees(900), channel: 'bank', payment: 'late' } as const;
    expect(await world.code(ID, own, { id: 'p5', role: 'subscriber' })).toBe('chit_actor_not_allowed');
    expect(await world.code(ID, own, { id: 'p9', role: 'subscriber' })).toBe('done');
  });

  it('is not transferred once it has won, nor to who holds as many as the agreement allows', async () => {
    const world = await afterOne();
    const to = (ticket: number, person: string) =>
      world.code(ID, { type: 'TransferTicket', ticket, holders: [{ person }], deed: 'deed 2' });
    expect(await to(1, 'p9')).toBe('membership_wrong');
    expect([await to(3, 'p2'), await to(4, 'p2')]).toEqual(['done', 'too_many_tickets']);
    expect(await to(9, 'p9')).toBe('ticket_unknown');
  });

  it('17: under a lien does not bid until the lien is lifted', async () => {
    const world = await afterOne();
    const lien = { ticket: 3, secures: 'other/3' };
    await world.done(ID, { type: 'LayLien', ...lien });
    expect(await world.code(ID, { type: 'LayLien', ...lien })).toBe('lien_wrong');
    world.goTo('2026-02-05');
    expect((await tryBid(world, 3)).refused).toBe('ticket_not_eligible');
    await world.done(ID, { type: 'LiftLien', ...lien });
    expect(await world.code(ID, { type: 'LiftLien', ...lien })).toBe('lien_wrong');
    expect((await tryBid(world, 3)).refused).toBe('done');
  });
});

/** Opens the next draw where none is open, and bids. */
async function tryBid(world: OpenedChits, ticket: number): Promise<{ readonly refused: string }> {
  const { draw, instalments } = await world.chit(ID);
  if (!draw) {
    const commitment = '0'.repeat(64);
    const present = ['p2', 'p3'];
    await world.done(ID, { type: 'OpenDraw', instalment: instalments.length + 1, commitment, present });
  }
  return { refused: await world.code(ID, { type: 'PlaceBid', ticket, bid: { by: 'discount', amount: rupees(500) } }) };
}

describe('a death', () => {
  it('32: puts the nominee in every place of the dead', async () => {
    const world = await afterOne();
    await world.done(ID, { type: 'TransferTicket', ticket: 4, holders: [{ person: 'p2' }], deed: 'deed 3' });
    await world.done(ID, { type: 'RecordDeath', person: 'p2', nominee: 'heir' });
    const { tickets } = await world.chit(ID);
    expect([1, 3].map((index) => tickets[index]?.holders)).toEqual([
      [{ person: 'heir', parts: 1 }],
      [{ person: 'heir', parts: 1 }],
    ]);
    expect(await world.code(ID, { type: 'RecordDeath', person: 'nobody', nominee: 'heir' })).toBe('person_wrong');
  });

  it('32: of the foreman lets another go on, who alone is obeyed then', async () => {
    const world = await afterOne();
    const next = { id: 'farid', role: 'foreman' };
    const succeed = { type: 'SucceedForeman', foreman: next.id } as const;
    expect(await world.code(ID, succeed)).toBe('chit_actor_not_allowed');
    await world.done(ID, succeed, registrar);
    expect(await world.code(ID, { type: 'TakeIncome' }, foreman)).toBe('chit_actor_not_allowed');
    await world.done(ID, { type: 'TakeIncome' }, next);
    expect(await world.balance('foremen:farid:income')).toBe(25_000n);
    expect(await world.code(ID, succeed, registrar)).toBe('person_wrong');
  });
});

describe('a suspended scheme', () => {
  it('draws nothing and still takes payments, until it goes on', async () => {
    const world = await afterOne();
    await world.done(ID, { type: 'SuspendScheme', why: 'An order of the registrar' }, registrar);
    expect(await world.code(ID, { type: 'SuspendScheme', why: 'again' })).toBe('chit_wrong_phase');
    world.goTo('2026-02-05');
    const open = { type: 'OpenDraw', instalment: 2, commitment: '0'.repeat(64), present: ['p2', 'p3'] } as const;
    expect(await world.code(ID, open)).toBe('chit_wrong_phase');
    const pay = { type: 'PayInstalment', ticket: 2, amount: rupees(850), channel: 'bank', payment: 'ahead' } as const;
    expect(await world.code(ID, pay)).toBe('done');
    await world.done(ID, { type: 'ResumeScheme' });
    expect(await world.code(ID, open)).toBe('done');
    expect(await world.code(ID, { type: 'ResumeScheme' })).toBe('chit_wrong_phase');
  });
});
