import type { Money } from '@holdfast/money';
import type { OperationKind } from './descriptor.ts';

/** One movement of money that a provider is asked for. */
export interface Operation {
  readonly kind: OperationKind;
  /** Ours, and the same for every attempt at the same thing: what a look-up goes by. */
  readonly reference: string;
  readonly amount: Money;
  /** Who receives, by the provider's own name. */
  readonly destination?: string;
  /** The provider's object that is captured, refunded, reversed or cancelled. */
  readonly object?: string;
  /** Comes back with every observation: book, payout, attempt, epoch. */
  readonly metadata: { readonly [name: string]: string };
}

/** One send of an attempt: the key and the exact body were stored before. */
export interface Send {
  readonly operation: Operation;
  /** Derived from the attempt, never random; the same for every send of it. */
  readonly key: string;
  /** What {@link Provider.encode} made of the operation, byte for byte. */
  readonly body: string;
}
