import {
  Defect,
  type ExecuteFault,
  type LeasedTask,
  type RunTasksOptions,
  type TaskEnd,
  type TaskHandler,
  type TasksRun,
} from '@holdfast/kernel';
import type { InboxTarget, Observation } from '@holdfast/providers';
import type { Result } from 'neverthrow';
import { adoptProviderList } from '../reconcile/adopt-provider-list.ts';
import { type ReconcileOptions, reconcilePayouts } from '../reconcile/reconcile-payouts.ts';
import { readTask } from '../records/payout/task-names.ts';
import { senderId } from '../records/sender/sender.ts';
import { type Answer, type Desk, failed, type PayoutWorkerOptions, readPayout, STALE } from './desk.ts';
import { handOver } from './hand-over.ts';
import { lookUpPayout } from './look-up-payout.ts';
import { inboxTarget, observe } from './observe.ts';
import { planObligation } from './plan-obligation.ts';
import { type RedriveOptions, redrivePayout } from './redrive-payout.ts';
import { sendPayout } from './send-payout.ts';

/** What a queue may say: which record to look at. It may come early, late, twice or never; the record says what is to be done. */
export interface TaskHint {
  /** `payout/…` or `obligation/…`, as in a task. */
  readonly record: string;
}

/** Does the outside work of payouts: plans, sends, looks up, hands over. Any number of them may work on one book. */
export interface PayoutWorker {
  /** For `book.runDueTasks`, beside the handlers of others. */
  readonly handlers: { readonly payout: TaskHandler; readonly obligation: TaskHandler };
  /** Does what is due in the whole book, once. */
  sweep(options?: Omit<RunTasksOptions, 'handlers'>): Promise<Result<TasksRun, ExecuteFault>>;
  /** Does what is due of one record, on a hint of a queue. */
  handle(hint: TaskHint): Promise<TaskEnd>;
  /** For `openInbox`: webhooks are stored before anything reads them, and applied here. */
  readonly inbox: InboxTarget;
  /** Applies what a provider said, such as in a webhook that was verified. */
  observe(observation: Observation): Promise<Answer>;
  /** Has a failed payout, or a failed reversal of one, tried again, after a look at the provider. */
  redrive(payout: string, options: RedriveOptions): Promise<Answer>;
  /** Compares a provider's list with the ledger, and keeps what does not agree. */
  reconcile(options: ReconcileOptions): ReturnType<typeof reconcilePayouts>;
  /** Adopts a provider's list after a restore; sending opens once nothing forgotten can be under way. */
  adoptList(sender: string): ReturnType<typeof adoptProviderList>;
}

/**
 * Makes a worker. A lease, a queue or a crash decides nothing: whatever happens, the book says what may be done, and only the worker whose unit was committed acts.
 *
 * @throws Defect where a send and a look-up take more than half a lease, or a sender has no provider.
 * @source docs/rules/payouts.md, P-23
 * @example
 * {@includeCode ../../examples/pay-once.example.ts#worker}
 */
export function createPayoutWorker(options: PayoutWorkerOptions): PayoutWorker {
  const desk = deskOf(options);
  const named = (leased: LeasedTask) => leased.task.id.slice(leased.task.record.length + 1);
  const idOf = (record: string) => record.slice(record.indexOf('/') + 1);
  const handlers = {
    payout: (leased: LeasedTask) => doNamed(desk, idOf(leased.task.record), named(leased)),
    obligation: (leased: LeasedTask) => planObligation(desk, idOf(leased.task.record)),
  };
  return {
    handlers,
    inbox: inboxTarget(desk),
    sweep: (run = {}) => {
      const { leaseMs = 60_000 } = run;
      if (2 * (desk.sendTimeoutMs + desk.lookupTimeoutMs) > leaseMs)
        throw new Defect(`a send and a look-up may take more than half a lease of ${leaseMs} ms`);
      return desk.book.runDueTasks({ ...run, leaseMs, handlers });
    },
    handle: ({ record }) =>
      record.startsWith('obligation/') ? planIfDue(desk, idOf(record)) : doWhatIsDue(desk, idOf(record)),
    observe: (observation) => observe(desk, observation),
    redrive: (payout, redriving) => redrivePayout(desk, payout, redriving),
    reconcile: (run) => reconcilePayouts(desk, run),
    adoptList: (account) => adoptProviderList(desk, account),
  };
}

function deskOf(options: PayoutWorkerOptions): Desk {
  const { book, payouts, providers, clock, senderFor, onAlarm } = options;
  const bySender = new Map(providers.map((provider) => [senderId(provider.descriptor), provider]));
  const [only, another] = bySender.keys();
  if (only === undefined) throw new Defect('a payout worker needs a provider');
  if (another !== undefined && !senderFor) throw new Defect('with several providers, senderFor says which one pays');
  return {
    book,
    payouts,
    payee: book.use(payouts.payee),
    obligation: book.use(payouts.obligation),
    payout: book.use(payouts.payout),
    sender: book.use(payouts.sender),
    providers: bySender,
    clock,
    senderFor: senderFor ?? (() => only),
    sendTimeoutMs: options.sendTimeoutMs ?? 20_000,
    lookupTimeoutMs: options.lookupTimeoutMs ?? 8_000,
    recheckMs: options.recheckMs ?? 3_600_000,
    actor: options.actor ?? { id: 'payout-worker', role: 'worker' },
    alarm: (alarm) => onAlarm?.(alarm),
  };
}

function doNamed(desk: Desk, id: string, name: string): Promise<TaskEnd> {
  const task = readTask(name);
  switch (task.what) {
    case 'send':
      return sendPayout(desk, id, task.reversal);
    case 'hand_over':
      return handOver(desk, id);
    case 'look_up':
      return lookUpPayout(desk, id, task);
  }
}

/** Does what the record itself says is due: a hint is only a hint. */
async function doWhatIsDue(desk: Desk, id: string): Promise<TaskEnd> {
  const read = await readPayout(desk, id);
  if (read.isErr()) return failed(read.error);
  const { state } = read.value;
  const due = state ? desk.payouts.payout.standing(state).deadlines.filter(({ dueAt }) => dueAt <= desk.clock()) : [];
  let end: TaskEnd = STALE;
  for (const { name } of due) end = await doNamed(desk, id, name);
  return end;
}

async function planIfDue(desk: Desk, id: string): Promise<TaskEnd> {
  const read = await desk.obligation.read(id);
  if (read.isErr()) return failed(read.error);
  const { state } = read.value;
  const [deadline] = state ? desk.payouts.obligation.standing(state).deadlines : [];
  return deadline && deadline.dueAt <= desk.clock() ? planObligation(desk, id) : STALE;
}
