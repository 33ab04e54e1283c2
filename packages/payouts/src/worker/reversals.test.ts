import { days, hours } from '@holdfast/kernel';
import { money, usd } from '@holdfast/money';
import type { SimulatedFault } from '@holdfast/providers';
import { createRandom } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { explainPayout } from '../explain/explain-payout.ts';
import { payoutStatus } from '../records/payout/payout.ts';
import { earn, operator } from '../testing/open-payouts.ts';
import { compareBooks, type Simulation, simulatePayouts } from '../testing/simulate-payouts.ts';
import { operatorQueue } from './operator-queue.ts';

const ask = (dollars: number) => ({
  type: 'ReversePayout',
  amount: money(BigInt(dollars) * 100n, usd),
  why: 'the buyer was refunded',
});

/** One payout of 80.00 that is paid, of which 30.00 were refunded since. */
async function paidAndOwing(options = {}): Promise<Simulation & { readonly id: string }> {
  const world = await simulatePayouts(createRandom(1), { rates: {}, ...options });
  await world.done('obligation', 'b0', earn(usd('80')));
  await world.sweep();
  await world.done('obligation', 'b0', { type: 'RefundObligation', amount: usd('30'), to: 'buyers:bea:refunds' });
  const { rows } = (await world.book.use(world.payouts.payout).list({ limit: 1 }))._unsafeUnwrap();
  return { ...world, id: rows[0]?.id ?? '' };
}

const debts = (world: Simulation) => world.balance('payees:ann:debts');
const reversalOf = async (world: Simulation & { readonly id: string }, number = 1) =>
  (await world.payout(world.id)).reversals?.find((one) => one.number === number);
const statusOf = async (world: Simulation & { readonly id: string }, number = 1) => {
  const reversal = await reversalOf(world, number);
  return reversal ? payoutStatus(reversal) : 'none';
};
const takenBack = (world: Simulation) =>
  world.simulated.peer
    .objects()
    .filter(({ operation }) => operation.kind === 'reverse_transfer')
    .map(({ amount }) => `${amount}`);
const heard = async (world: Simulation) => {
  for (const { observation } of world.simulated.peer.events())
    (await world.workers[0]?.observe(observation))?._unsafeUnwrap();
};

describe('a reversal that an operator asks for', () => {
  it('takes back what the payee owes, once, whoever tells of it first and however often', async () => {
    const world = await paidAndOwing();
    await world.done('payout', world.id, ask(30), operator);
    await world.sweep();
    expect([await statusOf(world), takenBack(world), await debts(world)]).toEqual(['paid', ['30.00 USD'], 0n]);
    await heard(world);
    await world.settle(2);
    expect([takenBack(world), await debts(world), await compareBooks(world)]).toEqual([['30.00 USD'], 0n, []]);
    expect(payoutStatus(await world.payout(world.id))).toBe('returned');
    expect(await world.balance('world:peer:main')).toBe(-3_000n);
  });

  const ends: readonly (readonly [SimulatedFault, string, readonly string[], bigint])[] = [
    ['connection_refused', 'paid', ['30.00 USD'], 0n],
    ['lost_request', 'paid', ['30.00 USD'], 0n],
    ['throttled', 'paid', ['30.00 USD'], 0n],
    ['gateway_error', 'paid', ['30.00 USD'], 0n],
    ['key_in_use', 'paid', ['30.00 USD'], 0n],
    ['declined', 'paid', ['30.00 USD'], 0n],
    ['payee_restricted', 'paid', ['30.00 USD'], 0n],
    ['server_error', 'paid', ['30.00 USD'], 0n],
    ['server_error_done', 'paid', ['30.00 USD'], 0n],
    ['server_error_repaired', 'paid', ['30.00 USD'], 0n],
    ['lost_answer', 'paid', ['30.00 USD'], 0n],
    ['unreadable', 'paid', ['30.00 USD'], 0n],
    ['other_amount', 'conflict', ['29.99 USD'], 0n],
    ['other_destination', 'conflict', ['30.00 USD'], 0n],
    ['bad_credentials', 'due', [], -3_000n],
    ['bad_destination', 'failed', [], -3_000n],
    ['malformed', 'paid', ['30.00 USD'], 0n],
  ];
  it.each(ends)('after %s ends %s', async (fault, end, taken, debt) => {
    const world = await paidAndOwing();
    world.simulated.next(fault);
    await world.done('payout', world.id, ask(30), operator);
    await world.settle(4);
    expect([await statusOf(world), takenBack(world), await debts(world), await compareBooks(world)]).toEqual([
      end,
      taken,
      debt,
      [],
    ]);
  });

  it.each(['payee_restricted', 'bad_destination'] as const)(
    'that gets %s holds nothing of what may be sent',
    async (no) => {
      const world = await paidAndOwing();
      world.simulated.next(no);
      await world.done('payout', world.id, ask(30), operator);
      await world.sweep();
      const { state } = (await world.book.use(world.payouts.payee).read('ann'))._unsafeUnwrap();
      expect(state?.holds).toEqual([]);
    },
  );

  it('sets aside what it asks for, so that a payout meanwhile recovers only the rest', async () => {
    const world = await paidAndOwing();
    world.simulated.next('lost_answer');
    await world.done('payout', world.id, ask(20), operator);
    await world.sweep();
    expect([await statusOf(world), await debts(world)]).toEqual(['unknown', -1_000n]);
    await world.done('obligation', 'b1', earn(usd('50')));
    await world.sweep();
    expect(world.simulated.peer.objects().map(({ amount }) => `${amount}`)).toEqual([
      '80.00 USD',
      '20.00 USD',
      '40.00 USD',
    ]);
    await world.settle(2);
    expect([await statusOf(world), await debts(world), await compareBooks(world)]).toEqual(['paid', 0n, []]);
  });

  it('that fails leaves the debt to later payouts, waits for a person, and takes nothing more when it is driven again', async () => {
    const world = await paidAndOwing();
    world.simulated.next('declined', 'declined', 'declined', 'declined');
    await world.done('payout', world.id, ask(30), operator);
    await world.settle(2);
    expect([await statusOf(world), await debts(world)]).toEqual(['failed', -3_000n]);
    expect(world.alarms).toMatchObject([{ alarm: 'reversal_failed', payout: world.id, reversal: 1, code: 'declined' }]);
    const [letter] = (await operatorQueue(world.book, world.payouts))._unsafeUnwrap();
    expect(letter).toMatchObject({ category: 'retries_spent', record: `payout/${world.id}`, reversal: 1, attempt: 4 });
    await world.done('obligation', 'b1', earn(usd('50')));
    await world.sweep();
    expect([await debts(world), world.simulated.peer.objects().map(({ amount }) => `${amount}`)]).toEqual([
      0n,
      ['80.00 USD', '20.00 USD'],
    ]);
    const driven = await world.workers[0]?.redrive(world.id, { reversal: 1, actor: operator, key: 'r', why: 'funded' });
    expect(driven?.isOk()).toBe(true);
    await world.settle(1);
    expect([await statusOf(world), takenBack(world), await compareBooks(world)]).toEqual(['settled', [], []]);
    expect((await operatorQueue(world.book, world.payouts))._unsafeUnwrap()).toEqual([]);
  });

  it('is explained: under way, backing off, failed, and come back', async () => {
    const world = await paidAndOwing();
    world.simulated.next('lost_answer');
    await world.done('payout', world.id, ask(30), operator);
    const explained = async () =>
      (await explainPayout(world.book, world.payouts, world.id, { at: world.now() }))._unsafeUnwrap().reversals;
    expect(await explained()).toMatchObject([{ reversal: 1, status: 'due', asked: usd('30'), obstacles: [] }]);
    await world.sweep();
    expect(await explained()).toMatchObject([
      { status: 'unknown', underWay: usd('30'), taken: usd('0'), obstacles: [{ code: 'outcome_unknown' }] },
    ]);
    await world.settle(1);
    expect(await explained()).toMatchObject([{ status: 'paid', underWay: usd('0'), taken: usd('30'), obstacles: [] }]);
  });

  it('that a restored book has forgotten is adopted from the list, though its transfer is older, and is not made again', async () => {
    const world = await paidAndOwing();
    const [worker] = world.workers;
    world.pass(days(2).ms);
    const { provider, peer } = world.simulated;
    const restoredFrom = world.now();
    const metadata = { book: 'main', payout: world.id, reversal: '1', attempt: '1', epoch: '0', payee: 'ann' };
    const object = peer.objects()[0]?.object ?? '';
    const operation = {
      kind: 'reverse_transfer',
      reference: `${world.id}~1`,
      amount: usd('30'),
      object,
      metadata,
    } as const;
    await provider.submit({ operation, key: 'lost', body: provider.encode(operation) }, AbortSignal.timeout(60_000));
    await world.done('sender', 'peer.main', { type: 'BeginEpoch', epoch: 1, from: restoredFrom });
    await world.done('payout', world.id, ask(30), operator);
    await world.sweep();
    expect(takenBack(world)).toEqual(['30.00 USD']);
    // What it did not know closes sending once more, until nothing of the kind can be under way.
    for (const open of [false, true]) {
      world.pass(days(2).ms);
      expect((await worker?.adoptList('peer.main'))?._unsafeUnwrap()).toMatchObject({ adopted: 1, open });
    }
    await world.settle(2);
    expect([takenBack(world), await debts(world), await compareBooks(world)]).toEqual([['30.00 USD'], 0n, []]);
  });

  it('of which the book knows no attempt closes sending, whoever tells of it', async () => {
    for (const who of ['itself', 'its transfer'] as const) {
      const world = await paidAndOwing();
      const { provider, peer } = world.simulated;
      const metadata = { book: 'main', payout: world.id, reversal: '1', attempt: '1', epoch: '0' };
      const object = peer.objects()[0]?.object ?? '';
      const operation = {
        kind: 'reverse_transfer',
        reference: `${world.id}~1`,
        amount: usd('30'),
        object,
        metadata,
      } as const;
      await provider.submit({ operation, key: 'lost', body: provider.encode(operation) }, AbortSignal.timeout(60_000));
      const kind = who === 'itself' ? 'reverse_transfer' : 'transfer';
      const told = peer
        .events()
        .map(({ observation }) => observation)
        .findLast((one) => one.kind === kind);
      if (!told) throw new Error('nobody told of it');
      const inbox = world.workers[0]?.inbox;
      expect((await inbox?.knows(told))?._unsafeUnwrap()).toBe(who === 'itself' ? 'unknown' : 'agrees');
      (await world.workers[0]?.observe(told))?._unsafeUnwrap();
      expect(world.alarms).toMatchObject([{ alarm: 'sending_closed', because: 'unknown_attempt' }]);
      expect((await inbox?.knows(told))?._unsafeUnwrap()).toBe('agrees');
      const foreign = { ...told, metadata: { ...told.metadata, payout: 'q' } };
      if (who === 'itself') expect((await inbox?.asks(foreign))?._unsafeUnwrap()).toEqual([]);
      expect([await statusOf(world), await debts(world)]).toEqual(['paid', 0n]);
    }
  });

  it('is no exception of a reconciliation, while one that somebody makes at the provider is', async () => {
    const world = await paidAndOwing();
    world.simulated.next('lost_answer');
    await world.done('payout', world.id, ask(20), operator);
    await world.sweep();
    world.pass(hours(1).ms);
    const run = async (name: string, from?: string) => {
      const window = { sender: 'peer.main', run: name, ...(from === undefined ? {} : { from }) };
      const found = await world.workers[0]?.reconcile(window);
      return found?._unsafeUnwrap().exceptions.map(({ reason }) => reason);
    };
    expect(await run('r1')).toEqual(['missing_in_ledger']);
    await world.settle(1);
    world.simulated.peer.reverse(world.simulated.peer.objects()[0]?.object ?? '', usd('5'));
    world.pass(days(1).ms);
    expect(await run('r2')).toEqual([]);
    expect(await run('r3', '2026-03-07T00:00:00.000Z')).toEqual(['external_reversal']);
  });
});
