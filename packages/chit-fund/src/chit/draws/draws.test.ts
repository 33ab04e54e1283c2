import { describe, expect, it } from 'vitest';
import { commitBid } from '../../draw/commit-bid.ts';
import { commitLot } from '../../draw/commit-lot.ts';
import type { SchemeTerms } from '../../terms/terms.ts';
import { foreman, lotSeed, type OpenedChits, openChits, rupees, smallTerms } from '../../testing/open-chits.ts';

const commitment = commitLot(lotSeed)._unsafeUnwrap();
const present = ['p2', 'p3'];
const subscriber = (id: string) => ({ id, role: 'subscriber' });
const bidOf = (ticket: number, whole: number) =>
  ({ type: 'PlaceBid', ticket, bid: { by: 'discount', amount: rupees(whole) } }) as const;

async function opened(change: Partial<SchemeTerms> = {}, minutes?: number): Promise<OpenedChits> {
  const world = openChits();
  await world.found('c1', smallTerms(change));
  world.goTo('2026-01-05');
  const lasts = minutes === undefined ? {} : { minutes };
  await world.done('c1', { type: 'OpenDraw', instalment: 1, commitment, present, ...lasts });
  return world;
}

describe('a draw', () => {
  it('opens on its day, once, with two subscribers under the Act, and with a commitment where a lot may decide', async () => {
    const world = openChits();
    await world.found('c1', smallTerms({ state: 'TS' }));
    const open = (change: object = {}) =>
      world.code('c1', { type: 'OpenDraw', instalment: 1, commitment, present, ...change });
    expect(await open()).toBe('chit_not_due');
    world.goTo('2026-01-05');
    expect(await open({ present: ['p2', 'p2', 'stranger'] })).toBe('quorum_missing');
    expect(await world.code('c1', { type: 'OpenDraw', instalment: 1, present })).toBe('lot_commitment_missing');
    expect(await open({ instalment: 2 })).toBe('draw_wrong_state');
    expect([await open(), await open()]).toEqual(['done', 'draw_wrong_state']);
  });

  it('takes bids as they are: no own ticket, above the highest, below the lowest, off the steps, but the highest', async () => {
    const world = await opened({
      discount: { maximumBasisPoints: 3_010n, minimum: 'commission', step: rupees(50), tie: 'lot', noBids: 'lot' },
    });
    const by = (person: string, ticket: number, whole: number) =>
      world.code('c1', bidOf(ticket, whole), subscriber(person));
    expect([
      await by('p3', 2, 500),
      await by('p2', 2, 1_506),
      await by('p2', 2, 249),
      await by('p2', 2, 260),
      await by('p2', 2, 300),
      await by('p2', 2, 1_505),
    ]).toEqual(['chit_actor_not_allowed', 'bid_above_highest', 'bid_below_lowest', 'bid_off_step', 'done', 'done']);
  });

  it('ends bidding with its minutes, by the clock, and the highest bid wins', async () => {
    const world = await opened({}, 5);
    await world.done('c1', bidOf(3, 400), subscriber('p3'));
    await world.done('c1', bidOf(4, 450), subscriber('p4'));
    await world.done('c1', bidOf(3, 300), subscriber('p3'));
    world.goTo('2026-01-06');
    expect(await world.code('c1', bidOf(5, 500), subscriber('p5'))).toBe('bidding_over');
    await world.sweep();
    expect((await world.chit('c1')).draw?.ended).toBe(true);
    await world.done('c1', { type: 'CloseDraw', seed: lotSeed });
    expect((await world.chit('c1')).instalments[0]?.wins).toEqual([{ ticket: 4, how: 'bid', discount: 45_000n }]);
  });

  it('is decided by lot where nobody bids, or all bid the highest, from the seed that was committed to', async () => {
    for (const bids of [[], [2, 3, 4]]) {
      const world = await opened();
      for (const ticket of bids) await world.done('c1', bidOf(ticket, 1_500), subscriber(`p${ticket}`));
      expect(await world.code('c1', { type: 'CloseDraw', seed: 'ff'.repeat(32) })).toBe('lot_differs');
      await world.done('c1', { type: 'CloseDraw', seed: lotSeed });
      const [win] = (await world.chit('c1')).instalments[0]?.wins ?? [];
      expect(win).toMatchObject({ how: 'lot', discount: bids.length > 0 ? 150_000n : 25_000n });
      expect(bids.length > 0 ? bids : [1, 2, 3, 4, 5]).toContain(win?.ticket);
    }
  });

  it('takes sealed bids once for each ticket, and counts those that are opened', async () => {
    const world = await opened({ method: { type: 'sealed_auction' } });
    const seal = (ticket: number, discount: bigint) =>
      commitBid({ draw: 'c1/1/1', ticket, discount, salt: 'ab'.repeat(16) })._unsafeUnwrap();
    const commit = (ticket: number, discount: bigint) =>
      world.code('c1', { type: 'CommitBid', ticket, commitment: seal(ticket, discount) }, subscriber(`p${ticket}`));
    const reveal = (ticket: number, whole: number) =>
      world.code(
        'c1',
        { type: 'RevealBid', ticket, discount: rupees(whole), salt: 'ab'.repeat(16) },
        subscriber(`p${ticket}`),
      );
    expect(await world.code('c1', bidOf(2, 500), subscriber('p2'))).toBe('bidding_over');
    expect([await commit(2, 50_000n), await commit(2, 60_000n), await commit(3, 70_000n)]).toEqual([
      'done',
      'bidding_over',
      'done',
    ]);
    expect([await reveal(2, 400), await reveal(2, 500), await reveal(4, 500)]).toEqual([
      'reveal_differs',
      'done',
      'bidding_over',
    ]);
    await world.done('c1', { type: 'CloseDraw', seed: lotSeed });
    expect((await world.chit('c1')).instalments[0]?.wins).toEqual([{ ticket: 2, how: 'bid', discount: 50_000n }]);
  });

  it('takes no bid of a ticket that is late, under a lien, or reserved for the foreman, and puts off a draw that nobody may win', async () => {
    const world = openChits();
    await world.found('c1', smallTerms({ companyChit: { instalment: 2, commission: false } }));
    world.goTo('2026-01-05');
    await world.done('c1', { type: 'LayLien', ticket: 3, secures: 'c9/1' });
    await world.done('c1', { type: 'OpenDraw', instalment: 1, commitment, present });
    const refused = ['ticket_not_eligible', 'ticket_not_eligible', 'done'];
    expect([
      await world.code('c1', bidOf(1, 500)),
      await world.code('c1', bidOf(3, 500)),
      await world.code('c1', bidOf(2, 500)),
    ]).toEqual(refused);
    await world.done('c1', { type: 'CloseDraw', seed: lotSeed });
    world.goTo('2026-02-05');
    await world.sweep();
    await world.done('c1', { type: 'OpenDraw', instalment: 2, commitment, present });
    await world.done('c1', { type: 'CloseDraw' });
    expect((await world.chit('c1')).instalments[1]?.status).toBe('adjourned');
  });

  it('that nobody held is put off by the clock, and may be held later', async () => {
    const world = openChits();
    await world.found('c1', smallTerms());
    world.goTo('2026-01-06');
    await world.sweep();
    expect((await world.chit('c1')).instalments[0]).toMatchObject({ status: 'adjourned', sequence: 0 });
    await world.draw('c1', [[2, rupees(500)]]);
    expect((await world.chit('c1')).instalments[0]).toMatchObject({ status: 'declared', sequence: 1 });
  });

  it('has minutes that are recorded once and then filed', async () => {
    const world = await opened();
    const record = { type: 'RecordMinutes', instalment: 1, signedBy: [foreman.id, 'p2', 'p3'] } as const;
    const file = { type: 'FileMinutes', instalment: 1 } as const;
    expect(await world.code('c1', record)).toBe('instalment_wrong_status');
    await world.done('c1', { type: 'CloseDraw', seed: lotSeed });
    expect([await world.code('c1', file), await world.code('c1', record), await world.code('c1', record)]).toEqual([
      'instalment_wrong_status',
      'done',
      'instalment_wrong_status',
    ]);
    expect(await world.code('c1', file)).toBe('done');
  });
});
