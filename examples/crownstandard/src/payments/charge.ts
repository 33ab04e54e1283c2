import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Attempt, AttemptStatus, ObservedDispute } from '@holdfast/providers';

/** What a charge is for, or what is given back of it. */
export type ChargeFor =
  | {
      readonly what: 'booking';
      readonly booking: string;
      readonly customer: string;
      readonly provider: string;
      /** Of the code that the customer gives once the work is done. */
      readonly otpHash: string;
    }
  | {
      readonly what: 'tip';
      readonly booking: string;
      readonly tip: string;
      readonly converted?: ConvertedTip;
    }
  | {
      readonly what: 'refund';
      readonly booking: string;
      readonly of: string;
      /** The refund that came back and is sent once more by this one. */
      readonly again?: string;
    }
  /** What a charge has moved beside what settled it, given back. */
  | { readonly what: 'surplus'; readonly charge: string };

/** What a tip in another currency comes to in that of its booking: frozen when it is asked for. */
export interface ConvertedTip {
  readonly amount: Money;
  /** Names the quote that it rests on. */
  readonly quote: string;
}

/** One payment of a customer, or one refund to a customer: stored before anything is sent, like every attempt. */
export interface Charge {
  readonly for: ChargeFor;
  /** Every key that it was ever sent under, by number: what is heard of an old one is still understood. */
  readonly attempts: readonly Attempt[];
  /** The provider's object by which it succeeded: the first one that was proven. */
  readonly settledBy?: string;
  /** What else moved. */
  readonly surplus: readonly Surplus[];
  /** Disputes of it at the customer's bank. */
  readonly disputes: readonly BankDispute[];
  /** What an operator has said it was made as, until what follows from that is booked. */
  readonly asserted?: AssertedObject;
  /** Of a refund: that it failed after it had succeeded, so that its money is with us again and owed to the customer. */
  readonly cameBack?: CameBack;
  /** Whether it was met at the provider alone, by a book that goes on from a backup, and nobody can tell from here what it was for. */
  readonly isAdopted?: true;
}

/** What an operator has said a charge that waited was made as. */
export interface AssertedObject {
  /** The number of the attempt. */
  readonly attempt: number;
  readonly object: string;
  readonly at: Instant;
}

/** A refund that failed after it had succeeded. */
export interface CameBack {
  readonly object: string;
  readonly amount: Money;
  readonly at: Instant;
  /** The charge that sends it once more. */
  readonly again?: string;
}

/** A dispute of a payment at the customer's bank. */
export interface BankDispute extends ObservedDispute {
  /** When it was heard that it stands so. */
  readonly at: Instant;
  /** How it stood when the booking was last told of it. */
  readonly told?: ObservedDispute['standing'];
  /** What it has taken, by whom it was borne, where it was told as lost. */
  readonly took?: TakenByBank;
}

/** What a dispute that was lost has taken, and from whom: together its amount. */
export type TakenByBank =
  /** Of what was paid out: the debt of the booking that has its name knows who bears how much. */
  | { readonly outOf: 'debt'; readonly loss: Money }
  /** Of what was not handed over yet, or of a tip that is no debt of the booking's. `loss`: what nobody had any more. */
  | { readonly outOf: 'earnings'; readonly payee: Money; readonly platform: Money; readonly loss: Money };

/** Money that moved beside what settled a charge: a second success. It lies in suspense until it was given back. */
export interface Surplus {
  /** The provider's object. */
  readonly object: string;
  readonly amount: Money;
  readonly at: Instant;
  /** Whether it is what was asked for, once too often. Where it is not, a person looks at it. */
  readonly isExact: boolean;
  /** The charge that gives it back. */
  readonly refund?: string;
  /** Of a refund that was made once too often: that it failed afterwards, so that nothing of it is left. */
  readonly cameBack?: true;
}

/** How a charge stands, for lists and for the seed's shapes. */
export type ChargeStatus =
  | 'sending'
  | 'unknown'
  | 'succeeded'
  /** A payment that did not come about. It is not tried again: the customer pays anew, or not at all. */
  | 'declined'
  /** A refund that the provider will not make: for a person. */
  | 'failed'
  /** A refund that came back after it had succeeded: for a person, who has it sent once more. */
  | 'returned'
  /** A refund that came back and was sent once more, by another charge. */
  | 'replaced'
  /** Only a person can say what came of it. */
  | 'waiting';

/** Says how a charge stands. */
export function chargeStatus(charge: Charge): ChargeStatus {
  if (charge.cameBack) return charge.cameBack.again === undefined ? 'returned' : 'replaced';
  if (charge.settledBy !== undefined) return 'succeeded';
  const attempt = leadingAttempt(charge);
  if (charge.isAdopted && isGivenBack(charge)) return 'declined';
  // What it moved all the same lies in suspense, and is a matter of its own.
  if (isPayment(charge) && isDeniedByOperator(attempt)) return 'declined';
  switch (attempt.state.status) {
    case 'due':
      return isPayment(charge) && isDeclined(attempt) ? 'declined' : 'sending';
    case 'failed':
      return isPayment(charge) ? 'declined' : 'failed';
    case 'sending':
      return 'sending';
    case 'unknown':
      return 'unknown';
    // What moved and settled nothing is not what was asked for.
    case 'paid':
    case 'returned':
    case 'waiting':
    case 'conflict':
      return 'waiting';
  }
}

/** Gives the attempt that counts: one that is open or moved money before one that is over, and the last of several. */
export function leadingAttempt({ attempts }: Charge): Attempt {
  return attempts.reduce((leading, one) => (weightOf(one) >= weightOf(leading) ? one : leading));
}

/** Says whether a charge takes money from a customer. */
export function isPayment({ for: about }: Pick<Charge, 'for'>): boolean {
  return about.what === 'booking' || about.what === 'tip';
}

/** Says whether a payment has met a no that stands: the card was declined, or what was open of it was cancelled. */
export function isDeclined({ state, sends, objects }: Attempt): boolean {
  const met = sends.some(({ answer }) => answer?.kind === 'stored_no' && answer.advice === 'stop');
  const told = objects.some(({ failed, failure }) => failed || failure !== undefined);
  return met || told || ('advice' in state && state.advice !== 'retry_later');
}

/** Says whether an operator has said of an attempt that it was certainly not made. */
function isDeniedByOperator({ resolution }: Attempt): boolean {
  return resolution?.says === 'absent';
}

/** All that was met of it is on its way back. */
function isGivenBack({ surplus }: Charge): boolean {
  return surplus.length > 0 && surplus.every(({ refund, cameBack }) => refund !== undefined || cameBack);
}

function weightOf({ state }: Attempt): number {
  return WEIGHTS.indexOf(state.status);
}

const WEIGHTS: readonly AttemptStatus[] = [
  'due',
  'failed',
  'returned',
  'paid',
  'waiting',
  'unknown',
  'sending',
  'conflict',
];
