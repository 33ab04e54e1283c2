import { verifyBook } from '@holdfast/ledger';
import { describe, expect, it } from 'vitest';
import { checkChits } from '../../check-chits.ts';
import { foreman, type OpenedChits, openChits, registrar, rupees, smallTerms } from '../../testing/open-chits.ts';
import { depositAccount, schemeAccount } from '../accounts.ts';

const ID = 'early';
const terms = smallTerms({ state: 'KA' });

/** A scheme of five after two instalments: tickets 1 and 2 have won at a discount of 1,000, so each instalment came to 850. One may have missed the second. */
async function afterTwo(missing = 0): Promise<OpenedChits> {
  const world = openChits();
  await world.found(ID, terms);
  for (const [instalment, day, settles] of [
    [1, '2026-01-05', '2026-01-16'],
    [2, '2026-02-05', '2026-02-16'],
  ] as const) {
    world.goTo(day);
    await world.draw(ID, [[instalment, rupees(1_000)]]);
    for (let ticket = 1; ticket <= 5; ticket += 1) {
      if (ticket === missing && instalment === 2) continue;
      const payment = `${instalment}-${ticket}`;
      await world.done(ID, { type: 'PayInstalment', ticket, amount: rupees(850), channel: 'bank', payment });
    }
    world.goTo(settles);
    await world.sweep();
    const security = { type: 'GiveSecurity', ticket: instalment, kind: 'movable', value: rupees(8_000) } as const;
    await world.done(ID, { ...security, reference: 'papers' });
    await world.done(ID, { type: 'PayPrize', ticket: instalment, channel: 'bank' });
  }
  return world;
}

async function holds(world: OpenedChits): Promise<void> {
  expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]);
  const { store, book, chits } = world;
  const report = await verifyBook({ store: store as never, book: book.name, deciders: [chits.chit] as never });
  expect(report._unsafeUnwrap().verified).toBe(true);
}

/** Pays everybody out and completes the scheme. */
async function wind(world: OpenedChits, owed: number): Promise<void> {
  for (const ticket of [1, 2]) {
    const payment = `end-${ticket}`;
    await world.done(ID, { type: 'PayInstalment', ticket, amount: rupees(owed), channel: 'bank', payment });
  }
  for (const ticket of [3, 4, 5]) await world.done(ID, { type: 'RefundDefaulter', ticket, channel: 'bank' });
  await world.done(ID, { type: 'CompleteScheme' });
  await holds(world);
}

describe('an early end by consent', () => {
  it('gives back what was paid in, and those who have won owe it in equal parts', async () => {
    const world = await afterTwo();
    const some = { type: 'TerminateByConsent', consents: ['p3', 'p4', foreman.id] } as const;
    expect(await world.code(ID, some)).toBe('termination_consent_missing');
    await world.done(ID, { type: 'TerminateByConsent', consents: ['p3', 'p4', 'p5', foreman.id] });
    const { phase, tickets } = await world.chit(ID);
    expect(phase).toBe('terminated_by_consent');
    for (const ticket of [3, 4, 5]) {
      expect(await world.balance(depositAccount(ID, ticket))).toBe(170_000n);
      expect(tickets[ticket - 1]?.membership).toBe('left');
    }
    // 3 × 1,700 between two who have won.
    expect(tickets.map(({ arrears }) => arrears.map(({ principal }) => principal))).toEqual([
      [255_000n],
      [255_000n],
      [],
      [],
      [],
    ]);
    expect(await world.balance(schemeAccount(ID, 'advance'))).toBe(-510_000n);
    await holds(world);
    expect(await world.code(ID, { type: 'CompleteScheme' })).toBe('chit_not_empty');
    await wind(world, 2_550);
  });
});

it('gives who was in arrears what he had paid, and the foreman his advance', async () => {
  const world = await afterTwo(5);
  await world.done(ID, { type: 'TerminateByConsent', consents: ['p3', 'p4', 'p5', foreman.id] });
  expect(await world.balance(depositAccount(ID, 5))).toBe(85_000n);
  const { tickets } = await world.chit(ID);
  expect(tickets[4]?.arrears).toEqual([]);
  // 2 × 1,700 and 850 for those who have not won, and the 850 of the advance: the same as if he had paid.
  expect(tickets.slice(0, 2).flatMap(({ arrears }) => arrears.map(({ principal }) => principal))).toEqual([
    255_000n,
    255_000n,
  ]);
  await holds(world);
  await wind(world, 2_550);
});

describe('an early end without a foreman', () => {
  it('deducts no dividends (s. 42): winners owe exactly what their later instalments would have been', async () => {
    const world = await afterTwo();
    const ends = { type: 'TerminateForIncapacity', why: 'He has died.' } as const;
    expect(await world.code(ID, ends)).toBe('chit_actor_not_allowed');
    await world.done(ID, ends, registrar);
    const { phase, tickets } = await world.chit(ID);
    expect(phase).toBe('terminated_by_incapacity');
    // 850 paid and 150 of dividend in each of two instalments.
    for (const ticket of [3, 4, 5]) expect(await world.balance(depositAccount(ID, ticket))).toBe(200_000n);
    // Three instalments of 1,000 each.
    expect(tickets.slice(0, 2).flatMap(({ arrears }) => arrears.map(({ principal }) => principal))).toEqual([
      300_000n,
      300_000n,
    ]);
    await holds(world);
    await wind(world, 3_000);
  });

  it('is refused while a draw is not settled, and while a deposit lies for somebody', async () => {
    const world = await afterTwo();
    await world.done(ID, { type: 'LeaveScheme', ticket: 5, deduction: rupees(100) });
    const ends = { type: 'TerminateForIncapacity', why: 'He has died.' } as const;
    expect(await world.code(ID, ends, registrar)).toBe('deposit_open');
    await world.done(ID, { type: 'RefundDefaulter', ticket: 5, channel: 'bank' });
    world.goTo('2026-03-05');
    await world.draw(ID, [[3, rupees(1_000)]]);
    expect(await world.code(ID, ends, registrar)).toBe('draw_wrong_state');
  });
});

describe('who leaves', () => {
  it('gets his contributions less the deduction, and the foreman holds the ticket', async () => {
    const world = await afterTwo();
    await world.done(ID, { type: 'LeaveScheme', ticket: 5, deduction: rupees(100) });
    expect(await world.balance(depositAccount(ID, 5))).toBe(160_000n);
    expect(await world.balance(`foremen:${foreman.id}:losses`)).toBe(-160_000n);
    const ticket = (await world.chit(ID)).tickets[4];
    expect(ticket).toMatchObject({ membership: 'held', holders: [{ person: foreman.id, parts: 1 }] });
    await holds(world);
    expect(await world.code(ID, { type: 'LeaveScheme', ticket: 1, deduction: rupees(0) })).toBe('membership_wrong');
  });
});
