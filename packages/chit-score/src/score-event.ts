import type { Money } from '@holdfast/money';
import type { Day } from './calendar.ts';

/** What every event of a history has. */
interface Happened {
  /** Names the event for ever: a second one of the same id and content is ignored. */
  readonly id: string;
}

/** An instalment of a ticket is to be paid on a day. */
export interface InstalmentDue extends Happened {
  readonly type: 'InstalmentDue';
  readonly instalment: string;
  readonly ticket: string;
  readonly dueOn: Day;
  /** What is to be paid; how much it is does not touch the score. */
  readonly amount: Money;
}

/** All or a part of an instalment was paid. */
export interface InstalmentPaid extends Happened {
  readonly type: 'InstalmentPaid';
  readonly instalment: string;
  readonly on: Day;
  readonly amount: Money;
}

/** Money that was counted for an instalment turned out not to be there: it bounced, or was charged back. From that day on it does not count, on no day before. */
export interface PaymentReversed extends Happened {
  readonly type: 'PaymentReversed';
  readonly instalment: string;
  readonly on: Day;
  /** What is open again; with others at most what was paid. */
  readonly amount: Money;
}

/** An instalment no longer counts: it was replaced by another, or cancelled. */
export interface InstalmentSuperseded extends Happened {
  readonly type: 'InstalmentSuperseded';
  readonly instalment: string;
  readonly on: Day;
}

/** An instalment was given up. */
export interface InstalmentWrittenOff extends Happened {
  readonly type: 'InstalmentWrittenOff';
  readonly instalment: string;
  readonly on: Day;
}

/** What happens to a ticket as a whole. */
export interface TicketChanged extends Happened {
  /**
   * `TicketPrized`: its instalments after that day weigh more. `TicketAccelerated`, `TicketReinstated`: all that is to
   * come was made due at once, or that was taken back. `SubscriberRemoved`: struck off for default (s. 28).
   */
  readonly type: 'TicketPrized' | 'TicketAccelerated' | 'TicketReinstated' | 'SubscriberRemoved';
  readonly ticket: string;
  readonly on: Day;
}

/** A member's scheme began, or was completed. */
export interface SchemeChanged extends Happened {
  readonly type: 'SchemeCommenced' | 'SchemeCompleted';
  readonly scheme: string;
  readonly on: Day;
}

/** A document was handed in, verified or rejected. The latest event of a document counts; of one day the largest id. */
export interface DocumentChanged extends Happened {
  readonly type: 'DocumentChanged';
  readonly document: string;
  /** Such as `PAN`; the model names the kinds that count. */
  readonly kind: string;
  readonly status: 'PENDING' | 'VERIFIED' | 'REJECTED';
  readonly on: Day;
  /** The last day on which it is valid; for ever unless given. */
  readonly validTo?: Day;
}

/** A field of the profile was filled in, changed or emptied. The latest event counts. */
export interface ProfileFieldChanged extends Happened {
  readonly type: 'ProfileFieldChanged';
  /** The name of the field, never what is in it; the model names those that count, and no other is read. */
  readonly field: string;
  /** Whether it is there and verified. */
  readonly verified: boolean;
  readonly on: Day;
}

/** What a score is computed from. */
export type ScoreEvent =
  | InstalmentDue
  | InstalmentPaid
  | PaymentReversed
  | InstalmentSuperseded
  | InstalmentWrittenOff
  | TicketChanged
  | SchemeChanged
  | DocumentChanged
  | ProfileFieldChanged;
