import type {
  Actor,
  Ask,
  Book,
  Instant,
  ReadTrouble,
  Receipt,
  Records,
  Refusal,
  StoreFault,
  TaskEnd,
  WriterFault,
} from '@holdfast/kernel';
import type { Provider } from '@holdfast/providers';
import type { Result } from 'neverthrow';
import type { Payouts } from '../define-payouts.ts';
import type { ObligationDecider } from '../records/obligation/decider.ts';
import type { EarnedObligation } from '../records/obligation/obligation.ts';
import type { PayeeDecider } from '../records/payee/decider.ts';
import type { PayoutDecider } from '../records/payout/decider.ts';
import type { Payout } from '../records/payout/payout.ts';
import type { SenderDecider } from '../records/sender/decider.ts';
import type { PayoutAlarm } from './alarms.ts';

/** How a payout worker works. */
export interface PayoutWorkerOptions {
  readonly book: Book;
  readonly payouts: Payouts;
  /** One for each sender of the payouts. */
  readonly providers: readonly Provider[];
  /** Gives the present instant; the book's own clock. */
  readonly clock: () => Instant;
  /** Says which sender pays an obligation, by its id; the only one where it is absent. */
  readonly senderFor?: (obligation: EarnedObligation) => string;
  /** How long a send may take, in milliseconds; 20,000 where it is absent. With a look-up it has to be less than half a lease. */
  readonly sendTimeoutMs?: number;
  /** How long a look-up may take, in milliseconds; 8,000 where it is absent. */
  readonly lookupTimeoutMs?: number;
  /** How long something that waits for a person is left alone, in milliseconds; an hour where it is absent. */
  readonly recheckMs?: number;
  /** Hears what a person has to look at. May be told the same twice. */
  readonly onAlarm?: (alarm: PayoutAlarm) => void;
  /** Who works; `payout-worker` where it is absent. */
  readonly actor?: Actor;
}

/** What the parts of a worker share. */
export interface Desk {
  readonly book: Book;
  readonly payouts: Payouts;
  readonly payee: Records<PayeeDecider>;
  readonly obligation: Records<ObligationDecider>;
  readonly payout: Records<PayoutDecider>;
  readonly sender: Records<SenderDecider>;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly clock: () => Instant;
  readonly senderFor: (obligation: EarnedObligation) => string;
  readonly sendTimeoutMs: number;
  readonly lookupTimeoutMs: number;
  readonly recheckMs: number;
  readonly actor: Actor;
  alarm(alarm: PayoutAlarm): void;
}

/** How the book answered: done, a business no, or a fault of the outside world. */
export type Answer = Result<Receipt, Refusal | StoreFault | WriterFault>;

/** Executes several commands as one unit, as the worker. */
export function asOne(desk: Desk, asks: readonly Ask[], key: string): Promise<Answer> {
  return desk.book.together(asks, { actor: desk.actor, key }) as Promise<Answer>;
}

/** Says that something failed: a fault of the outside world that may pass is tried again and never parked; anything else is for a person, once it was tried often enough. */
export function failed(trouble: { readonly code: string; readonly retryable?: boolean }): TaskEnd {
  return trouble.retryable ? later(FAULT_MS) : { end: 'failed', code: trouble.code };
}

/** Says that a task is to be looked at again. */
export function later(afterMs: number): TaskEnd {
  return { end: 'later', afterMs: Math.max(1, Math.min(afterMs, LONGEST)) };
}

/** Reads a payout with the number of its changes; its state as of a sequence, where one is given. */
export async function readPayout(
  desk: Desk,
  id: string,
  asOf?: number,
): Promise<Result<{ readonly state: Payout | undefined; readonly version: number }, ReadTrouble>> {
  return desk.payout.read(id, asOf === undefined ? {} : { asOf });
}

export const DONE: TaskEnd = { end: 'done' };
export const STALE: TaskEnd = { end: 'stale' };

const LONGEST = 86_400_000;
const FAULT_MS = 30_000;
