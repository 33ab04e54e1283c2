import { hours } from '@holdfast/kernel';
import { money, usd } from '@holdfast/money';
import { roughFaults } from '@holdfast/providers';
import { createRandom, type Random } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { payoutStatus } from '../records/payout/payout.ts';
import { earn, operator } from '../testing/open-payouts.ts';
import { compareBooks, type Simulation, simulatePayouts } from '../testing/simulate-payouts.ts';
import { operatorQueue } from './operator-queue.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 15);

const bookings = Array.from({ length: 5 }, (_one, index) => `b${index}`);

/** Lets people do something, as they do: earn, tip, dispute, refund, move to another bank, reverse at the provider's dashboard, ask money back. */
async function people(world: Simulation, random: Random): Promise<void> {
  const booking = random.pick(bookings);
  const cents = money(BigInt(random.integer(5_000) + 1), usd);
  switch (random.integer(11)) {
    case 0:
    case 1:
      await world.code('obligation', booking, earn(money(BigInt(random.integer(9_000) + 1_000), usd)));
      return;
    case 2:
      await world.code('obligation', `${booking}.tip`, earn(cents, { group: booking, kind: 'tip' }));
      return;
    case 3:
      await world.code('obligation', booking, { type: 'AddHold', reason: 'dispute', reference: 'd' });
      return;
    case 4:
      await world.code('obligation', booking, { type: 'ReleaseHold', reason: 'dispute', reference: 'd' });
      return;
    case 5:
      await world.code('obligation', booking, { type: 'RefundObligation', amount: cents, to: 'buyers:bea:refunds' });
      return;
    case 6:
      if (random.chance(20))
        await world.code('payee', 'ann', { type: 'ChangeDestination', destination: `acct_${random.integer(3)}` });
      return;
    case 7: {
      const objects = world.simulated.peer.objects().filter(({ operation }) => operation.kind === 'transfer');
      if (objects.length === 0 || !random.chance(20)) return;
      const { object, amount, returns } = random.pick(objects);
      const left = amount.minor - returns.reduce((sum, one) => sum + one.amount.minor, 0n);
      const back = BigInt(random.integer(3_000) + 1);
      if (left >= back) world.simulated.peer.reverse(object, money(back, usd), random.chance(50) ? 'claw' : undefined);
      return;
    }
    case 8:
    case 9:
      await takeBack(world, random);
      return;
    default:
      await mend(world, random);
  }
}

/** Has an operator ask for money back: what somebody owes, or a part of it, or more. */
async function takeBack(world: Simulation, random: Random): Promise<void> {
  const { rows } = (await world.book.use(world.payouts.payout).list({ limit: 50 }))._unsafeUnwrap();
  if (rows.length === 0) return;
  const { id } = random.pick(rows);
  const debt = -(await world.balance('payees:ann:debts'));
  const asked = random.chance(50) && debt > 0n ? debt : BigInt(random.integer(3_000) + 1);
  const command = { type: 'ReversePayout', amount: money(asked, usd), why: 'refunded' };
  await world.code('payout', id, command, operator);
}

/** Lets an operator do what the queue asks for. */
async function mend(world: Simulation, random: Random): Promise<void> {
  const { rows } = (await world.book.use(world.payouts.payout).list({ status: 'failed', limit: 9 }))._unsafeUnwrap();
  const key = () => `r${random.integer(1_000_000)}`;
  for (const { id } of rows) await world.workers[0]?.redrive(id, { actor: operator, key: key(), why: 'again' });
  for (const { record, reversal, attempt = 0, category } of (
    await operatorQueue(world.book, world.payouts)
  )._unsafeUnwrap()) {
    const id = record.slice('payout/'.length);
    if (reversal === undefined) continue;
    if (category === 'outcome_unknown')
      await world.code('payout', id, { type: 'AssertAbsent', reversal, attempt, evidence: 'asked' }, operator);
    else if (random.chance(50)) await world.code('payout', id, { type: 'CancelReversal', reversal }, operator);
    else await world.workers[0]?.redrive(id, { reversal, actor: operator, key: key(), why: 'again' });
  }
  const waiting = (await world.book.use(world.payouts.payout).list({ status: 'waiting', limit: 9 }))._unsafeUnwrap();
  for (const { id, state } of waiting.rows)
    for (const { attempt } of state?.attempts ?? [])
      await world.code('payout', id, { type: 'AssertAbsent', attempt: attempt.number, evidence: 'asked' }, operator);
  for (const reason of ['provider', 'destination']) await world.code('payee', 'ann', { type: 'ReleaseHold', reason });
  await world.code('sender', 'peer.main', { type: 'ResumeSending', reason: 'credentials' });
  for (const worker of world.workers) (await worker.adoptList('peer.main'))._unsafeUnwrap();
}

describe('people, two workers, webhooks and a rough provider', () => {
  it('law: nobody is paid twice, both books agree, and in the end nothing is owed', async () => {
    let transfers = 0;
    let reversals = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const random = createRandom(seed);
      const rates = random.chance(30)
        ? {}
        : { ...roughFaults, bad_destination: 10, bad_credentials: 10, payee_restricted: 10 };
      const world = await simulatePayouts(random.fork('faults'), { workers: 2, rates });
      for (let turn = 0; turn < 60; turn++) {
        for (let count = random.integer(3); count > 0; count--) await people(world, random);
        await Promise.all(world.workers.map((worker) => worker.sweep()));
        await world.deliver();
        world.pass(random.pick([1_000, 60_000, 600_000, hours(2).ms, hours(7).ms]));
      }
      world.heal();
      for (let day = 0; day < 6; day++) {
        for (const booking of bookings)
          await world.code('obligation', booking, { type: 'ReleaseHold', reason: 'dispute', reference: 'd' });
        for (const { observation } of world.simulated.peer.events()) await world.workers[0]?.observe(observation);
        await mend(world, random);
        await world.settle(1);
      }
      transfers += world.simulated.peer.objects().length;
      expect([seed, await compareBooks(world)]).toEqual([seed, []]);
      const accounts = (await world.book.accounts({ prefix: 'payouts:', limit: 500 }))._unsafeUnwrap().rows;
      expect([seed, accounts.filter(({ balance }) => balance !== 0n)]).toEqual([seed, []]);
      const list = (await world.book.use(world.payouts.payout).list({ limit: 500 }))._unsafeUnwrap();
      const all = list.rows.flatMap(({ state }) => (state ? [state, ...(state.reversals ?? [])] : []));
      const open = all.map(payoutStatus);
      reversals += list.rows
        .flatMap(({ state }) => state?.reversals ?? [])
        .filter((one) => payoutStatus(one) === 'paid').length;
      expect([seed, open.filter((status) => ['sending', 'unknown', 'waiting', 'conflict'].includes(status))]).toEqual([
        seed,
        [],
      ]);
    }
    expect(transfers).toBeGreaterThan(runs);
    expect(reversals).toBeGreaterThan(runs / 5);
  }, 600_000);
});
