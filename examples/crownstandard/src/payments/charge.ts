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
export function chargeStatus({ attempt }: Charge): ChargeStatus {
  switch (attempt.state.status) {
    case 'paid':
    case 'returned':
      return 'succeeded';
    case 'due':
    case 'failed':
      return attempt.state.advice === 'retry_later' ? 'sending' : 'declined';
    case 'sending':
      return 'sending';
    case 'unknown':
      return 'unknown';
    case 'waiting':
    case 'conflict':
      return 'waiting';
  }
}
