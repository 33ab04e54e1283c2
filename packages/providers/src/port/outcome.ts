import type { Instant } from '@holdfast/kernel';
import type { Observation } from './observation.ts';

/** What a definite no asks for before anything is sent again. */
export type RejectionAdvice =
  /** Send again later, with back-off. */
  | 'retry_later'
  /** Our balance at the provider is short: raise the alarm once, spend no retry. */
  | 'fund_platform'
  /** The payee's destination has to be mended. */
  | 'fix_destination'
  /** The payee may not receive: hold the payee. */
  | 'hold_payee'
  /** Our credentials are refused: send nothing more to this provider. */
  | 'close_provider'
  /** It will never work as asked. */
  | 'stop';

/** The provider has it and says how it stands. */
export interface Accepted {
  readonly outcome: 'accepted';
  readonly observation: Observation;
  /** Whether the answer was marked as one given before. */
  readonly replayed: boolean;
}

/** The provider has it, and somebody must act first. */
export interface ActionRequired {
  readonly outcome: 'action_required';
  readonly observation: Observation;
  readonly action: { readonly kind: 'redirect' | 'client_secret' | 'sign'; readonly value: string };
  readonly expiresAt?: Instant;
  readonly replayed: boolean;
}

/** A definite no. It speaks for the send that got it, and for no other. */
export interface Rejected {
  readonly outcome: 'rejected';
  /** The provider's own code. */
  readonly code: string;
  readonly advice: RejectionAdvice;
  /** Whether the provider keeps this answer under the key: given after the idempotency layer. A throttle, a refused credential or an invalid body is not kept. */
  readonly kept: boolean;
  readonly replayed: boolean;
  /** Not before this instant, where the provider said so. */
  readonly retryAt?: Instant;
}

/** No byte of it reached the provider. */
export interface NotSent {
  readonly outcome: 'not_sent';
  readonly reason:
    | 'name_not_found'
    | 'connection_refused'
    | 'handshake_failed'
    | 'breaker_open'
    | 'bulkhead_full'
    | 'not_capable'
    /** The caller's signal had fired before anything was written. */
    | 'given_up';
  readonly retryAt?: Instant;
}

/** It may have been executed, now or later. */
export interface Unknown {
  readonly outcome: 'unknown';
  readonly reason: /** No answer. */
    | 'silence'
    /** A 5xx, replayed ones too: the provider may repair it. */
    | 'server_error'
    /** A success that cannot be read. */
    | 'unreadable'
    /** The key is in use: another send of it is still running. */
    | 'key_in_use';
  /** The provider's or the transport's words, for a log. */
  readonly detail: string;
}

/** What came back is not what was asked for, or the key was used for something else. */
export interface Conflict {
  readonly outcome: 'conflict';
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  /** What did move, where the provider tells. */
  readonly observation?: Observation;
}

/** How one send ended. */
export type SubmitOutcome = Accepted | ActionRequired | Rejected | NotSent | Unknown | Conflict;
