import { hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { createRandom } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { checkPayouts } from '../check-payouts.ts';
import { payoutStatus } from '../records/payout/payout.ts';
import { earn, openPayouts, operator } from '../testing/open-payouts.ts';
import { type Simulation, simulatePayouts } from '../testing/simulate-payouts.ts';
import { createPayoutWorker } from '../worker/create-payout-worker.ts';
import { operatorQueue } from '../worker/operator-queue.ts';
import { payoutExceptions } from './decider.ts';
import { reconciliationRuns } from './run.ts';

const opened = () => simulatePayouts(createRandom(1), { rates: {} });
const from = '2026-03-07T00:00:00.000Z';
const run = async (world: Simulation, name: string) =>
  (
    await world.workers[0]?.reconcile({ sender: 'peer.main', run: name, from, to: '2026-04-01T00:00:00.000Z' })
  )?._unsafeUnwrap();

describe('a reconciliation', () => {
  it('matches what was paid, and names the sequence and window that it is of', async () => {
    const world = await opened();
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.sweep();
    world.pass(hours(2).ms);
    const to = '2026-03-07T11:50:00.000Z';
    expect(await run(world, 'r1')).toMatchObject({ matched: 1, exceptions: [], closed: 0, to });
  });

  it('keeps what does not agree, and a later run that matches closes it', async () => {
    const world = await opened();
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.sweep();
    const [object] = world.simulated.peer.objects();
    world.simulated.peer.reverse(object?.object ?? '', usd('10'));
    world.pass(hours(2).ms);
    expect((await run(world, 'r1'))?.exceptions).toMatchObject([{ reason: 'external_reversal' }]);
    expect((await run(world, 'r2'))?.exceptions).toHaveLength(1);
    const records = world.book.use(payoutExceptions);
    const list = async () => (await records.list({ limit: 9 }))._unsafeUnwrap().rows.map(({ state }) => state);
    expect(await list()).toMatchObject([{ status: 'open', openedBy: 'r1' }]);
    for (const { observation } of world.simulated.peer.events()) await world.workers[0]?.observe(observation);
    expect(await run(world, 'r3')).toMatchObject({ matched: 1, exceptions: [], closed: 1 });
    expect(await list()).toMatchObject([{ status: 'closed', closedBy: { run: 'r3' } }]);
  });

  it('is kept, names the one before it, and goes on where that ended', async () => {
    const world = await opened();
    const next = async (name: string) =>
      (await world.workers[0]?.reconcile({ sender: 'peer.main', run: name }))?._unsafeUnwrap();
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.sweep();
    world.pass(hours(2).ms);
    const first = await next('r1');
    expect(first).toMatchObject({ matched: 1, from: '2000-01-01T00:00:00.000Z' });
    expect(first).not.toHaveProperty('previous');
    world.pass(hours(24).ms);
    const second = await next('r2');
    expect(second).toMatchObject({ from: first?.to, previous: 'r1', matched: 0 });
    const { rows } = (await world.book.use(reconciliationRuns).list({ limit: 9 }))._unsafeUnwrap();
    expect(rows.map(({ id, state }) => [id, state?.isNewest, state?.previous])).toEqual([
      ['peer.main.r1', false, undefined],
      ['peer.main.r2', true, 'r1'],
    ]);
    expect(rows[1]?.state).toMatchObject({ from: second?.from, to: second?.to, sequence: second?.sequence });
  });

  it('asked for again by its name gives what it found then', async () => {
    const world = await opened();
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.sweep();
    const [object] = world.simulated.peer.objects();
    world.simulated.peer.reverse(object?.object ?? '', usd('10'));
    world.pass(hours(2).ms);
    const first = await run(world, 'r1');
    world.pass(hours(2).ms);
    expect(await run(world, 'r1')).toEqual(first);
    expect(first?.exceptions).toHaveLength(1);
  });

  it('by two workers at once has one after the other, and neither counts as the last of the same', async () => {
    const world = await opened();
    world.pass(hours(2).ms);
    const ends = await Promise.all(
      ['r1', 'r2'].map((name) => world.workers[0]?.reconcile({ sender: 'peer.main', run: name })),
    );
    expect(ends.filter((end) => end?.isOk()).length).toBe(1);
    const { rows } = (await world.book.use(reconciliationRuns).list({ limit: 9 }))._unsafeUnwrap();
    expect(rows.filter(({ state }) => state?.isNewest).length).toBe(1);
  });

  it('lets an operator close what no run will, with evidence', async () => {
    const world = await opened();
    const operation = { kind: 'transfer', reference: 'by-hand', amount: usd('5'), metadata: {} } as const;
    const { provider } = world.simulated;
    await provider.submit(
      { operation, key: 'by-hand', body: provider.encode(operation) },
      new AbortController().signal,
    );
    world.pass(hours(2).ms);
    expect((await run(world, 'r1'))?.exceptions).toMatchObject([{ reason: 'foreign' }]);
    const records = world.book.use(payoutExceptions);
    const [row] = (await records.list({ limit: 9 }))._unsafeUnwrap().rows;
    const close = { type: 'CloseException', evidence: 'case-12', entry: 'unit-99' } as const;
    const end = await records.execute(row?.id ?? '', close, { actor: operator, key: 'close' });
    expect(end.isOk()).toBe(true);
    const again = await records.execute(row?.id ?? '', close, { actor: operator, key: 'again' });
    expect(again._unsafeUnwrapErr().code).toBe('exception_closed');
    const none = await records.execute('none', close, { actor: operator, key: 'none' });
    expect(none._unsafeUnwrapErr().code).toBe('exception_unknown');
  });
});

describe('a book that was restored', () => {
  it('sends nothing until the list was adopted, and never what was sent before', async () => {
    const lost = await opened();
    for (const id of ['b0', 'b1']) await lost.done('obligation', id, earn(usd('80')));
    await lost.sweep();
    const { provider, peer } = lost.simulated;
    // The backup knows of the first earning only.
    const world = await openPayouts({ senders: [provider] });
    await world.done('obligation', 'b0', earn(usd('80')));
    const worker = createPayoutWorker({
      book: world.book,
      payouts: world.payouts,
      providers: [provider],
      clock: world.now,
    });
    await world.done('sender', 'peer.main', { type: 'BeginEpoch', epoch: 1, from });
    await worker.sweep();
    expect(peer.objects()).toHaveLength(2);
    const pass = (ms: number) => {
      world.pass(ms);
      lost.pass(ms);
    };
    pass(1_000);
    expect((await worker.adoptList('peer.main'))._unsafeUnwrap()).toEqual({ adopted: 2, foreign: 0, open: false });
    pass(hours(6).ms);
    expect((await worker.adoptList('peer.main'))._unsafeUnwrap()).toMatchObject({ open: true });
    await world.done('obligation', 'b1', earn(usd('80')));
    await world.done('obligation', 'b2', earn(usd('80')));
    pass(hours(2).ms);
    await worker.sweep();
    expect(peer.objects()).toHaveLength(3);
    expect(await world.balance('suspense:peer')).toBe(0n);
    expect(await world.balance('payouts:b1:owed')).toBe(0n);
    expect((await checkPayouts(world.book, world.payouts))._unsafeUnwrap()).toEqual([]);
    const list = (await world.book.use(world.payouts.payout).list({ limit: 9 }))._unsafeUnwrap();
    expect(list.rows.map(({ state }) => state && payoutStatus(state))).toEqual(['paid', 'paid', 'paid']);
  });

  it('closes sending when a webhook tells of an attempt that it does not know', async () => {
    const lost = await opened();
    await lost.done('obligation', 'b0', earn(usd('80')));
    await lost.sweep();
    const [event] = lost.simulated.peer.events();
    const world = await openPayouts({ senders: [lost.simulated.provider] });
    await world.done('obligation', 'b0', earn(usd('80')));
    const { book, payouts, now: clock } = world;
    const worker = createPayoutWorker({ book, payouts, providers: [lost.simulated.provider], clock });
    if (event) await worker.observe(event.observation);
    await worker.sweep();
    expect(lost.simulated.peer.objects()).toHaveLength(1);
    const { state } = (await book.use(payouts.sender).read('peer.main'))._unsafeUnwrap();
    expect(state?.gate.closed?.because).toBe('unknown_attempt');
  });
});

describe('what waits for a person', () => {
  it('is listed with its category', async () => {
    const world = await opened();
    world.simulated.next('bad_destination', 'other_amount', 'declined', 'declined', 'declined', 'declined');
    for (const id of ['b0', 'b1', 'b2']) {
      await world.done('obligation', id, earn(usd('80')));
      await world.sweep();
      await world.done('payee', 'ann', { type: 'ChangeDestination', destination: `acct_${id}` });
      world.pass(hours(25).ms);
    }
    await world.settle(3);
    const letters = (await operatorQueue(world.book, world.payouts))._unsafeUnwrap();
    expect(letters.map(({ category, attempt, detail }) => [category, attempt, detail])).toEqual([
      ['destination', 1, 'destination_unknown'],
      ['retries_spent', 4, 'declined'],
      ['conflict', 1, 'amount: 79.99 USD'],
    ]);
  });
});
