import { addDuration, type Instant, type Store, type TasksRun } from '@holdfast/kernel';
import type { ChartRules } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import {
  createSimulatedProvider,
  type FaultRandom,
  type FaultRates,
  roughFaults,
  type SimulatedProvider,
  seededFaults,
  simulatedDescriptor,
  webhookDeliveries,
} from '@holdfast/providers';
import { checkPayouts } from '../check-payouts.ts';
import type { PayoutsOptions } from '../define-payouts.ts';
import { type Payout, payoutStatus } from '../records/payout/payout.ts';
import type { PayoutAlarm } from '../worker/alarms.ts';
import { createPayoutWorker, type PayoutWorker } from '../worker/create-payout-worker.ts';
import { earn, type OpenedPayouts, openPayouts } from './open-payouts.ts';

/** A book, a provider with a book of its own, and workers between them. */
export interface Simulation extends OpenedPayouts {
  readonly simulated: SimulatedProvider;
  readonly workers: readonly PayoutWorker[];
  readonly alarms: readonly PayoutAlarm[];
  /** Lets every worker sweep once, one after the other. */
  sweep(): Promise<readonly TasksRun[]>;
  /** Delivers the webhooks that are due: late, twice, or never. */
  deliver(): Promise<void>;
  /** No fault happens any more. */
  heal(): void;
  /** Sweeps on until nothing is left to do, or the days are over. */
  settle(mostDays: number): Promise<void>;
}

/** How a simulation is set up; what is not said of payouts is as by default. */
export interface SimulationOptions extends Partial<PayoutsOptions> {
  /** How often each fault happens; rough where it is absent. */
  readonly rates?: FaultRates;
  /** How many workers there are; one where it is absent. */
  readonly workers?: number;
  /** In memory where it is absent. On a server leases end by its clock: there `handle` does what is due, and a sweep only what is free. */
  readonly store?: Store;
  /** What the chart has besides, such as the accounts of a process that earns. */
  readonly accounts?: ChartRules;
}

/** Opens a simulation. The same random gives the same run. */
export async function simulatePayouts(random: FaultRandom, options: SimulationOptions = {}): Promise<Simulation> {
  const { rates = roughFaults, workers: count = 1, store, accounts, ...payouts } = options;
  const descriptor = simulatedDescriptor({ id: 'peer', account: 'main' });
  let healed = false;
  let world: OpenedPayouts | undefined;
  const now = (): Instant => world?.now() ?? '2026-03-07T10:00:00.000Z';
  const faults = seededFaults(random, rates);
  const simulated = createSimulatedProvider({
    descriptor,
    clock: now,
    random,
    faults: () => (healed ? undefined : faults()),
  });
  const { provider, peer } = simulated;
  const opened = await openPayouts({ senders: [provider], ...payouts }, store, accounts);
  world = opened;
  const alarms: PayoutAlarm[] = [];
  const workers = Array.from({ length: count }, (_one, index) =>
    createPayoutWorker({
      book: opened.book,
      payouts: opened.payouts,
      providers: [provider],
      clock: now,
      onAlarm: (alarm) => alarms.push(alarm),
      actor: { id: `worker-${index}`, role: 'worker', scope: 'payout-worker' },
    }),
  );
  let told = 0;
  let waiting: ReturnType<typeof webhookDeliveries>[number][] = [];
  const simulation: Simulation = {
    ...opened,
    simulated,
    workers,
    alarms,
    sweep: async () => {
      const ends: TasksRun[] = [];
      for (const worker of workers) ends.push((await worker.sweep())._unsafeUnwrap());
      return ends;
    },
    deliver: async () => {
      const events = peer.events();
      for (const event of events.slice(told)) waiting.push(...webhookDeliveries(event, random));
      told = events.length;
      const due = waiting.filter(({ at }) => at <= now());
      waiting = waiting.filter(({ at }) => at > now());
      for (const { event } of due) await workers[0]?.observe(event.observation);
    },
    heal: () => {
      healed = true;
    },
    settle: async (mostDays) => {
      const until = addDuration(now(), { ms: mostDays * 86_400_000 });
      while (now() < until) {
        await simulation.deliver();
        await simulation.sweep();
        opened.pass(STEP_MS);
      }
    },
  };
  return simulation;
}

/** Has the payee earn some obligations in groups of their own. */
export async function earnSome(world: OpenedPayouts, count: number): Promise<void> {
  for (let index = 0; index < count; index++)
    await world.done('obligation', `b${index}`, earn(usd('10'), { completedAt: '2026-03-05T10:00:00.000Z' }));
}

/** Tells what is wrong between the two books; empty where each obligation was paid once, each debt was taken back once, and both agree. */
export async function compareBooks(world: Simulation): Promise<readonly string[]> {
  const problems: string[] = [];
  const differences = (await checkPayouts(world.book, world.payouts))._unsafeUnwrap();
  problems.push(...differences.map(({ of, law, expected, found }) => `${law} of ${of}: ${found}, not ${expected}`));
  const byReference = new Map<string, bigint>();
  let moved = 0n;
  for (const { operation, amount, status, returns } of world.simulated.peer.objects()) {
    if (operation.kind !== 'transfer' || status === 'failed') continue;
    const back = returns.reduce((sum, one) => sum + one.amount.minor, 0n);
    moved += amount.minor - back;
    byReference.set(operation.reference, (byReference.get(operation.reference) ?? 0n) + 1n);
  }
  for (const [reference, count] of byReference) if (count > 1n) problems.push(`${reference} was paid ${count} times`);
  const earned = (await world.book.use(world.payouts.obligation).list({ limit: 1_000 }))
    ._unsafeUnwrap()
    .rows.reduce((sum, { state }) => sum + (state && state.status !== 'promised' ? state.earned.minor : 0n), 0n);
  const payouts = (await world.book.use(world.payouts.payout).list({ limit: 1_000 }))._unsafeUnwrap().rows;
  const open = payouts.some(
    ({ state }) => state && [state, ...(state.reversals ?? [])].some((one) => !ENDED.has(payoutStatus(one))),
  );
  if (!open) problems.push(...compareReversals(world, payouts));
  // What was earned came from there, so what is left there is that less what moved.
  const there = -(await world.balance('world:peer:main'));
  if (!open && there !== earned - moved)
    problems.push(`of ${earned} ${moved} moved, and the book says ${there} are left`);
  return problems;
}

/** What the provider took back for us is what was put against debts, reversal by reversal, and no more than was asked for. */
function compareReversals(
  { simulated }: Simulation,
  payouts: readonly { readonly id: string; readonly state: Payout | undefined }[],
): readonly string[] {
  const taken = new Map<string, bigint>();
  for (const { operation, amount, status } of simulated.peer.objects()) {
    if (operation.kind !== 'reverse_transfer' || status === 'failed') continue;
    taken.set(operation.reference, (taken.get(operation.reference) ?? 0n) + amount.minor);
  }
  return payouts.flatMap(({ id, state }) =>
    (state?.reversals ?? []).flatMap(({ number, asked, attempts }) => {
      const there = taken.get(`${id}~${number}`) ?? 0n;
      const posted = attempts.flatMap((one) => one.taken).reduce((sum, { amount }) => sum + amount.minor, 0n);
      const isRight = there === posted && there <= asked.minor;
      return isRight
        ? []
        : [`reversal ${number} of ${id} took ${there}, ${posted} went for debts, ${asked} were asked`];
    }),
  );
}

const ENDED: ReadonlySet<string> = new Set(['paid', 'returned', 'settled', 'cancelled', 'failed', 'due']);
const STEP_MS = 1_200_000;
