import {
  type Actor,
  type Book,
  createMemoryStore,
  hours,
  type Instant,
  instantAt,
  minutes,
  openBook,
  type Receipt,
  type Refusal,
  type Store,
} from '@holdfast/kernel';
import { type ChartRules, defineChart, transferMoney } from '@holdfast/ledger';
import { type Money, usd } from '@holdfast/money';
import type { Attempt, Descriptor, Observation, ObservedReturn, Operation, OperationPower } from '@holdfast/providers';
import type { Result } from 'neverthrow';
import { definePayouts, type Payouts, type PayoutsOptions } from '../define-payouts.ts';
import { payoutsChart } from '../payouts-chart.ts';
import type { PayoutCommands } from '../records/payout/commands.ts';
import type { Payout } from '../records/payout/payout.ts';

/** What the provider of these tests promises: keys for a day, strong look-up, a day to repair a 5xx. */
const power: OperationPower = {
  currencies: 'any',
  idempotency: { mechanism: 'key', retention: hours(24), replaysErrors: true, marksReplays: true },
  lookup: { consistency: 'strong' },
  inFlightHorizon: minutes(10),
  repairHorizon: hours(24),
};

/** What the provider of these tests is. */
export const descriptor: Descriptor = {
  id: 'peer',
  account: 'main',
  mode: 'simulated',
  operations: { transfer: power, reverse_transfer: power },
};

/** A book with payouts, a payee and a clock that stands still. */
export interface OpenedPayouts {
  readonly store: Store;
  readonly book: Book;
  readonly payouts: Payouts;
  /** Moves the clock. */
  pass(ms: number): void;
  readonly now: () => Instant;
  /** Executes one command, or throws what it is refused for. */
  done(
    kind: 'payee' | 'obligation' | 'sender' | 'payout',
    id: string,
    command: object,
    actor?: Actor,
  ): Promise<Receipt>;
  /** Executes one command and gives its refusal's code, or `done`. */
  code(kind: 'payee' | 'obligation' | 'sender' | 'payout', id: string, command: object, actor?: Actor): Promise<string>;
  /** Plans a payout with its obligations, in one unit. */
  plan(payout: string, ...obligations: readonly string[]): Promise<Result<Receipt, Refusal>>;
  /** Hands over what is to be handed over, in one unit. */
  handOver(payout: string): Promise<void>;
  payout(id: string): Promise<Payout>;
  /** In minor units. */
  balance(account: string): Promise<bigint>;
}

/** Who works for the platform in these tests. */
export const worker: Actor = { id: 'worker', role: 'worker' };
/** Who decides in doubt in these tests. */
export const operator: Actor = { id: 'olga', role: 'operator' };

/**
 * Opens a book with payouts, our account at a provider, and a payee who may be sent to.
 *
 * @param given - The store; one in memory where it is absent. The leases of a store on a server end by the server's clock, not by the book's.
 * @param accounts - What the chart has besides, such as the accounts of a process that earns.
 */
export async function openPayouts(
  options: Partial<PayoutsOptions> = {},
  given?: Store,
  accounts: ChartRules = {},
): Promise<OpenedPayouts> {
  let nowMs = START;
  // One clock for both, so that leases and postponed tasks end when the book's time comes.
  const store = given ?? createMemoryStore({ nowMs: () => nowMs });
  let keys = 0;
  const senders = [{ descriptor, encode: (operation: Operation) => JSON.stringify(operation) }];
  const payouts = definePayouts({ book: 'main', senders, ...options });
  const chart = defineChart({ ...payoutsChart, 'buyers:{buyer}:refunds': { type: 'liability' }, ...accounts });
  const now = () => instantAt(nowMs);
  const book = openBook({ store, name: 'main', chart, clock: now, salt: (key, index) => `${key}.${index}` });
  book.use(transferMoney);
  const handles = {
    payee: book.use(payouts.payee),
    obligation: book.use(payouts.obligation),
    sender: book.use(payouts.sender),
    payout: book.use(payouts.payout),
  };
  const execute = (kind: keyof typeof handles, id: string, command: object, actor: Actor) =>
    (handles[kind] as AnyRecords).execute(id, command, { actor, key: `k${++keys}` });
  const done: OpenedPayouts['done'] = async (kind, id, command, actor = worker) =>
    (await execute(kind, id, command, actor))._unsafeUnwrap();
  const opened: OpenedPayouts = {
    store,
    book,
    payouts,
    now,
    pass: (ms) => {
      nowMs += ms;
    },
    done,
    code: async (kind, id, command, actor = worker) => {
      const end = await execute(kind, id, command, actor);
      return end.isOk() ? 'done' : end.error.code;
    },
    plan: (payout, ...obligations) =>
      book.together(
        [
          handles.payout.ask(payout, { type: 'PlanPayout', sender: 'peer.main', obligations }),
          ...obligations.map((id) => handles.obligation.ask(id, { type: 'TakeUp', payout })),
        ],
        { actor: worker, key: `k${++keys}` },
      ) as Promise<Result<Receipt, Refusal>>,
    handOver: async (payout) => {
      const leaving = (await opened.payout(payout)).items.filter(({ place }) => place === 'leaving');
      const asks = leaving.map(({ obligation }) => handles.obligation.ask(obligation, { type: 'Reopen' }));
      const options = { actor: worker, key: `k${++keys}` };
      (await book.together([handles.payout.ask(payout, { type: 'HandOver' }), ...asks], options))._unsafeUnwrap();
    },
    payout: async (id) => (await handles.payout.read(id))._unsafeUnwrap().state as Payout,
    balance: async (account) => (await book.balance(account, usd))._unsafeUnwrap().minor,
  };
  await done('sender', 'peer.main', { type: 'RegisterSender', provider: 'peer', account: 'main', mode: 'simulated' });
  await done('payee', 'ann', { type: 'RegisterPayee', destination: 'acct_ann', onboarded: true });
  return opened;
}

/** Has a payee earn something that the provider has captured. */
export function earn(amount: Money, more: object = {}) {
  const from = 'world:peer:main';
  return { type: 'Earn', payee: 'ann', amount, completedAt: '2026-03-05T10:00:00.000Z', from, ...more };
}

/** A payout or a reversal, for those who look at its attempts alone. */
interface Sent {
  readonly attempts: readonly { readonly attempt: Attempt }[];
}

/** What the provider says of the newest attempt of a payout or a reversal. */
export function observationOf(sent: Sent, change: Partial<Observation> = {}): Observation {
  const attempt = sent.attempts.at(-1)?.attempt;
  if (!attempt) throw new RangeError('There is no attempt to observe.');
  const { provider, account, mode, operation, number, intentAt } = attempt;
  const { kind, amount, destination, reference, metadata } = operation;
  return {
    provider,
    account,
    mode,
    kind,
    object: attempt.reversal === undefined ? `tr_${attempt.payout}_${number}` : `trr_${attempt.reversal}_${number}`,
    status: 'succeeded',
    rawStatus: 'paid',
    reference,
    metadata,
    amount,
    ...(destination === undefined ? {} : { destination }),
    returns: [],
    createdAt: intentAt,
    ...change,
  };
}

/** Gives what a transfer says of a reversal of ours: a return by its name, with what we wrote into it. */
export function returnOf({ object: id, amount, createdAt: at, reference, metadata }: Observation): ObservedReturn {
  return { id, amount, at, ...(reference === undefined ? {} : { reference }), metadata };
}

/** Reports how the newest send of the newest attempt of a payout or a reversal ended. */
export function outcomeOf(
  sent: Sent,
  outcome: PayoutCommands['ReportOutcome']['command']['outcome'],
): PayoutCommands['ReportOutcome']['command'] {
  const attempt = sent.attempts.at(-1)?.attempt;
  const of = attempt?.reversal === undefined ? {} : { reversal: attempt.reversal };
  const send = attempt?.sends.at(-1)?.number ?? 0;
  return { type: 'ReportOutcome', ...of, attempt: attempt?.number ?? 0, send, outcome };
}

interface AnyRecords {
  execute(
    id: string,
    command: object,
    options: { readonly actor: Actor; readonly key: string },
  ): Promise<Result<Receipt, { readonly code: string }>>;
}

const START = Date.parse('2026-03-07T10:00:00.000Z');
