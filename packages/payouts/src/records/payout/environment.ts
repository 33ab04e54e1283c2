import type { Descriptor, Operation } from '@holdfast/providers';
import type { PayoutPolicy } from '../../eligibility/policy.ts';

/** What a payout is sent by: what its provider is, and the exact bytes of what is asked of it. Pure. */
export interface SenderPort {
  readonly descriptor: Descriptor;
  /** Gives the exact bytes of what is asked of the provider. */
  encode(operation: Operation): string;
}

/** What decisions about payouts rest on beside what they see. */
export interface PayoutEnvironment {
  /** The book's name, which every attempt carries. */
  readonly book: string;
  readonly policy: PayoutPolicy;
  /** By the sender's id. */
  readonly senders: ReadonlyMap<string, SenderPort>;
  /** Roles whose word counts as an operator's. */
  readonly operators: readonly string[];
}
