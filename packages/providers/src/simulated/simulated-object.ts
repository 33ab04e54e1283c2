import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Descriptor } from '../port/descriptor.ts';
import type { Observation, ObservedReturn, ObservedStatus } from '../port/observation.ts';
import type { Operation } from '../port/operation.ts';

/** An object in the simulated provider's own book: what really moved. */
export interface SimulatedObject {
  readonly object: string;
  /** The key under which it was made. */
  readonly key: string;
  readonly operation: Operation;
  /** What moved, which a fault may make another amount than was asked for. */
  readonly amount: Money;
  readonly destination?: string;
  readonly status: ObservedStatus;
  readonly failure?: string;
  readonly returns: readonly ObservedReturn[];
  readonly createdAt: Instant;
}

/** Tells of an object as the provider does in answers, webhooks, look-ups and lists. */
export function observeSimulated({ id, account }: Descriptor<'simulated'>, one: SimulatedObject): Observation {
  const { object, operation, amount, destination, status, failure, returns, createdAt } = one;
  return {
    provider: id,
    account,
    mode: 'simulated',
    kind: operation.kind,
    object,
    status,
    rawStatus: status,
    reference: operation.reference,
    metadata: operation.metadata,
    amount,
    ...(destination === undefined ? {} : { destination }),
    returns,
    ...(failure === undefined ? {} : { failure }),
    createdAt,
  };
}
