import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Mode, OperationPower } from '../port/descriptor.ts';
import type { ObservedReturn } from '../port/observation.ts';
import type { Operation } from '../port/operation.ts';
import type { RejectionAdvice } from '../port/outcome.ts';

/**
 * One key under which a payout is sent, or taken back in a reversal, with everything that was stored before the first byte left and everything that was heard since.
 * Plain data; every change goes through the functions of this folder, and `state` always follows from the rest.
 *
 * @source docs/rules/providers.md, PR-1
 */
export interface Attempt {
  readonly book: string;
  readonly payout: string;
  /** The reversal of the payout that it is of; absent for the payout's own sending. */
  readonly reversal?: number;
  /** From 1 on; the next attempt of the payout, or of the same reversal, has the next number. */
  readonly number: number;
  /** Derived from book, payout, reversal and number; the same for every send. */
  readonly key: string;
  /** Of the book, when the attempt was made: raised by each restore. */
  readonly epoch: number;
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  /** What the provider promised of this kind of operation when the attempt was made. */
  readonly power: OperationPower;
  readonly operation: Operation;
  /** The exact bytes of every send. */
  readonly body: string;
  /** When the first send, or the first after all before it got their own noes, was stored: the age of the key counts from here. */
  readonly intentAt: Instant;
  /** How many more business retries the payout had when the attempt was made. */
  readonly retriesLeft: number;
  readonly sends: readonly AttemptSend[];
  /** What was seen at the provider for this attempt, in order of the provider's names. */
  readonly objects: readonly AttemptObject[];
  readonly lookups: AttemptLookups;
  /** What an operator said of an attempt that waited, was in conflict or had failed. */
  readonly resolution?: AttemptResolution;
  readonly state: AttemptState;
  /** When `state.status` last changed. */
  readonly changedAt: Instant;
}

/** One call under the attempt's key. Stored before it is made, so that one without an answer is known. */
export interface AttemptSend {
  /** From 1 on. */
  readonly number: number;
  readonly at: Instant;
  readonly answer?: SendAnswer;
  readonly answeredAt?: Instant;
}

/** What became of one send. The more is open after an answer, the more it weighs. */
export type SendAnswer =
  /** Nobody reported anything in time; an answer may still be reported. */
  | { readonly kind: 'presumed_silence' }
  /** A definite no that the provider does not keep: it speaks for this send alone. */
  | {
      readonly kind: 'own_no';
      readonly code: string;
      readonly advice: RejectionAdvice;
      readonly spendsRetry: boolean;
      readonly retryAt?: Instant;
    }
  /** A definite no that the provider keeps under the key. */
  | {
      readonly kind: 'stored_no';
      readonly code: string;
      readonly advice: RejectionAdvice;
      readonly replayed: boolean;
      readonly retryAt?: Instant;
    }
  /** A time-out, a reset after a byte was written, a success that cannot be read, a key in use. */
  | { readonly kind: 'silence'; readonly reason: 'silence' | 'unreadable' | 'key_in_use'; readonly detail: string }
  /** A 5xx, replayed ones too. */
  | { readonly kind: 'server_error'; readonly detail: string }
  /** The key was used for something else, or the answer is about something else. */
  | { readonly kind: 'conflict'; readonly field: string; readonly expected: string; readonly got: string }
  /** The provider has it; the object tells the rest. */
  | { readonly kind: 'accepted'; readonly object: string };

/** One object of the provider that carries this attempt. */
export interface AttemptObject {
  /** The provider's name of it. */
  readonly object: string;
  readonly amount: Money;
  readonly createdAt: Instant;
  /** Which ends were ever seen. Both: a success that was taken back, or a contradiction. */
  readonly succeeded: boolean;
  readonly failed: boolean;
  /** Why it failed, in the provider's words. */
  readonly failure?: string;
  /** The first field that is not what was asked for. */
  readonly mismatch?: Mismatch;
  /** Returns of money, each once, in order of their names. */
  readonly returns: readonly ObservedReturn[];
  /** What the provider took. */
  readonly fee?: Money;
}

/** A field that is not what was asked for. */
export interface Mismatch {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

/** The look-ups of an attempt: counted apart from sends and retries. */
export interface AttemptLookups {
  /** How many were answered. */
  readonly count: number;
  /** When the newest of them began. */
  readonly lastAt?: Instant;
  /** When the newest one that found nothing, conclusively, began. */
  readonly absentAt?: Instant;
}

/** What an operator said, with what it rests on. */
export type AttemptResolution =
  | { readonly says: 'paid'; readonly reference: string; readonly at: Instant }
  | { readonly says: 'absent'; readonly evidence: string; readonly at: Instant }
  | { readonly says: 'again'; readonly at: Instant };

/** Where an attempt stands. Money is in transit exactly while it is open: sending, unknown, waiting, or in a conflict of which something is left. */
export type AttemptState =
  /** Nothing is under way. `next_key`: this attempt is over for good, and the payout may be sent again under the next number. */
  | {
      readonly status: 'due';
      readonly next: 'same_key' | 'next_key';
      readonly code: string;
      readonly advice: RejectionAdvice;
      /** Whether this no counts against the business retries. */
      readonly spendsRetry: boolean;
      /** Not before this instant, where the provider said so. */
      readonly notBefore?: Instant;
    }
  | { readonly status: 'sending'; readonly send: number }
  /** `silence`: no answer. `server_error`: a 5xx, which the provider may repair. `pending`: the provider has it and has not finished. */
  | { readonly status: 'unknown'; readonly because: 'silence' | 'server_error' | 'pending' }
  /** For an operator. Look-ups go on. */
  | { readonly status: 'waiting'; readonly because: 'key_old' | 'lookup_weak' | 'no_key' }
  | { readonly status: 'paid'; readonly object: string }
  /** In part, unless `whole`. */
  | { readonly status: 'returned'; readonly object: string; readonly amount: Money; readonly whole: boolean }
  /** A no after which the destination must be mended, or retries are spent. */
  | { readonly status: 'failed'; readonly code: string; readonly advice: RejectionAdvice }
  | ({ readonly status: 'conflict' } & Mismatch);

/** The name of each place where an attempt can stand. */
export type AttemptStatus = AttemptState['status'];
