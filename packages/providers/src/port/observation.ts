import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Mode, OperationKind } from './descriptor.ts';

/** How the provider's object stands. A success may be taken back within the provider's revocable time. */
export type ObservedStatus = 'pending' | 'action_required' | 'succeeded' | 'failed' | 'cancelled' | 'unrecognised';

/** One return of money that a provider's object tells of. */
export interface ObservedReturn {
  /** The provider's own name of the return; each is posted once. */
  readonly id: string;
  readonly amount: Money;
  readonly at: Instant;
  /** Ours, where we asked for it; absent where somebody else took the money back. */
  readonly reference?: string;
  /** What we wrote into it, where we asked for it and the provider tells: the mark of the attempt that it is of. */
  readonly metadata?: { readonly [name: string]: string };
}

/** A payment that the payer has disputed at the bank. It moves no money of an attempt: what follows from it is for whoever the payment was for. */
export interface ObservedDispute {
  /** The provider's own name of the dispute. */
  readonly id: string;
  readonly amount: Money;
  /** While it is open nothing of it should be released. A lost one has taken the money back; an ended one has not, or has given it back. */
  readonly standing: 'open' | 'lost' | 'ended';
  /** Why, in the provider's words. */
  readonly reason?: string;
}

/** What a provider says of one of its objects: the answer to a send, a webhook, a look-up or a line of its list. All four mean the same and are applied the same way. */
export interface Observation {
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  readonly kind: OperationKind;
  /** The provider's name of the object. */
  readonly object: string;
  readonly status: ObservedStatus;
  /** What the provider itself calls the status. */
  readonly rawStatus: string;
  /** Ours; absent where the object was not made by us. */
  readonly reference?: string;
  readonly metadata: { readonly [name: string]: string };
  readonly amount: Money;
  readonly destination?: string;
  readonly returns: readonly ObservedReturn[];
  /** Of a payment, where the provider was asked for them: disputes at the bank. */
  readonly disputes?: readonly ObservedDispute[];
  /** What the provider took for it, where it says so. */
  readonly fee?: Money;
  /** Why it failed, in the provider's words. */
  readonly failure?: string;
  /** When the provider made the object, by its clock. */
  readonly createdAt: Instant;
}
