import type { Refusal } from '@holdfast/kernel';
import type { Mode } from '../port/descriptor.ts';
import type { DeliveryStatus } from './delivery-state.ts';

/**
 * The intake has no delivery of this id.
 *
 * @severity mistake
 * @retry no
 */
export interface DeliveryUnknown extends Refusal<'delivery_unknown'> {
  readonly delivery: string;
}

/**
 * The delivery does not wait for anything: it is about to be routed, or it has come to an end.
 *
 * @severity answer
 * @retry no
 */
export interface DeliveryNotWaiting extends Refusal<'delivery_not_waiting'> {
  readonly delivery: string;
  readonly status: DeliveryStatus;
}

/**
 * The delivery is of another account, provider or mode than this intake.
 *
 * @severity alarm
 * @retry no; at the intake of its own account
 */
export interface IntakeMismatch extends Refusal<'intake_mismatch'> {
  readonly field: 'provider' | 'account' | 'mode';
  readonly expected: string | Mode;
  readonly given: string | Mode;
}

/**
 * What was delivered cannot be read as what the provider says that it sends.
 *
 * @severity alarm
 * @retry once the reader is mended
 */
export interface DeliveryUnreadable extends Refusal<'delivery_unreadable'> {
  /** For an operator. */
  readonly why: string;
}

/** For each command about deliveries, why it is refused. What reports a fact is refused only where there is nothing that it could be a fact about. */
export interface DeliveryRefusals {
  readonly StoreDelivery: never;
  readonly ReportRouting: DeliveryUnknown;
  readonly RetryDelivery: DeliveryUnknown | DeliveryNotWaiting;
  readonly AlarmDelivery: DeliveryUnknown | DeliveryNotWaiting;
}
