import type { Attempt } from '@holdfast/providers';

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
  | { readonly what: 'tip'; readonly booking: string; readonly tip: string }
  | { readonly what: 'refund'; readonly booking: string; readonly of: string };

/** One payment of a customer, or one refund to a customer: stored before anything is sent, like every attempt. */
export interface Charge {
  readonly for: ChargeFor;
  readonly attempt: Attempt;
}

/** How a charge stands, for lists and for the seed's shapes. */
export type ChargeStatus = 'sending' | 'unknown' | 'succeeded' | 'declined' | 'waiting';

/** Says how a charge stands. */
export function chargeStatus({ for: about, attempt }: Charge): ChargeStatus {
  switch (attempt.state.status) {
    case 'paid':
    case 'returned':
      return 'succeeded';
    case 'due':
    case 'failed':
      return attempt.state.advice === 'retry_later' && !isOver(about, attempt) ? 'sending' : 'declined';
    case 'sending':
      return 'sending';
    case 'unknown':
      return 'unknown';
    case 'waiting':
    case 'conflict':
      return 'waiting';
  }
}

/** A payment whose card was declined, or that was given up, is not tried again: the customer pays anew, or not at all. */
function isOver({ what }: ChargeFor, { sends, objects }: Attempt): boolean {
  const isDeclined = sends.some(({ answer }) => answer?.kind === 'stored_no' && answer.advice === 'stop');
  return isDeclined || (what !== 'refund' && objects.some(({ failed }) => failed));
}
