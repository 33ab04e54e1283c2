import type { Money } from '@holdfast/money';
import type { Mode, Observation, ObservedReturn, ObservedStatus, OperationKind } from '@holdfast/providers';
import type { z } from 'zod';
import {
  type PaymentIntentObject,
  type PayoutObject,
  paymentIntent,
  payout,
  type RefundObject,
  type ReversalObject,
  refund,
  type TransferObject,
  transfer,
  transferReversal,
} from './objects.ts';
import { redact } from './redact.ts';
import { fromStripeAmount } from './stripe-amount.ts';

/** Whose objects are read. */
export interface Seat {
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
}

/** What is read of an object: how it stands, or why it cannot be read. */
export type Reading =
  | { readonly observation: Observation; readonly livemode: boolean | undefined; readonly on: string | undefined }
  | { readonly unreadable: string };

/**
 * Reads an object of Stripe's as an observation of a kind of operation. `on` is the object that it was made for.
 *
 * @source docs/rules/provider-stripe.md, ST-6
 */
export function observe(seat: Seat, kind: OperationKind, object: unknown): Reading {
  switch (kind) {
    case 'collect':
    case 'capture':
    case 'void':
      return read(paymentIntent, object, (one) => ofPaymentIntent(seat, kind, one));
    case 'refund':
      return read(refund, object, (one) => ofRefund(seat, one));
    case 'transfer':
      return read(transfer, object, (one) => ofTransfer(seat, one));
    case 'reverse_transfer':
      return read(transferReversal, object, (one) => ofReversal(seat, one));
    case 'payout':
    case 'cancel_payout':
      return read(payout, object, (one) => ofPayout(seat, kind, one));
  }
}

function read<Schema extends z.ZodType>(
  schema: Schema,
  object: unknown,
  make: (one: z.infer<Schema>) => Reading | undefined,
): Reading {
  const parsed = schema.safeParse(object);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { unreadable: redact(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`) };
  }
  return make(parsed.data) ?? { unreadable: 'an amount that cannot be read exactly' };
}

const ofIntent: { readonly [status: string]: ObservedStatus } = {
  requires_payment_method: 'action_required',
  requires_confirmation: 'action_required',
  requires_action: 'action_required',
  processing: 'pending',
  requires_capture: 'pending', // Authorised is not collected.
  succeeded: 'succeeded',
  canceled: 'cancelled',
};
const ofVoid: { readonly [status: string]: ObservedStatus } = {
  ...ofIntent,
  requires_payment_method: 'pending',
  requires_confirmation: 'pending',
  requires_action: 'pending',
  succeeded: 'failed',
  canceled: 'succeeded',
};
const ofRefundStatus: { readonly [status: string]: ObservedStatus } = {
  pending: 'pending',
  requires_action: 'action_required',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
};
const ofPayoutStatus: { readonly [status: string]: ObservedStatus } = {
  pending: 'pending',
  in_transit: 'pending',
  paid: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
};
const ofCancelledPayout: { readonly [status: string]: ObservedStatus } = {
  ...ofPayoutStatus,
  paid: 'failed',
  canceled: 'succeeded',
};

function statusIn(table: { readonly [status: string]: ObservedStatus }, status: string): ObservedStatus {
  return Object.hasOwn(table, status) ? (table[status] ?? 'unrecognised') : 'unrecognised';
}

function ofPaymentIntent(
  seat: Seat,
  kind: 'collect' | 'capture' | 'void',
  one: PaymentIntentObject,
): Reading | undefined {
  const moved = one.status === 'succeeded' && kind !== 'void' ? (one.amount_received ?? one.amount) : one.amount;
  const amount = fromStripeAmount(moved, one.currency);
  if (amount === undefined) return undefined;
  const trouble = one.last_payment_error;
  return made(one, {
    ...seat,
    kind,
    amount,
    status: statusIn(kind === 'void' ? ofVoid : ofIntent, one.status),
    rawStatus: one.status,
    ...referenceOf(one),
    returns: [],
    ...(trouble ? failureOf(trouble.decline_code ?? trouble.code, trouble.message) : {}),
  });
}

function ofTransfer(seat: Seat, one: TransferObject): Reading | undefined {
  const amount = fromStripeAmount(one.amount, one.currency);
  const returns = returnsOf(one.reversals?.data ?? []);
  if (amount === undefined || returns === undefined) return undefined;
  const partly = one.amount_reversed > 0 ? 'partially_reversed' : 'created';
  return made(one, {
    ...seat,
    kind: 'transfer',
    amount,
    // A transfer has no status: it is there or it is not, and reversals take it back.
    status: 'succeeded',
    rawStatus: one.reversed ? 'reversed' : partly,
    ...referenceOf(one),
    ...(one.destination ? { destination: one.destination } : {}),
    returns,
    ...feeOf(one),
  });
}

/** Reads single reversals or refunds of a list, which is newest first, oldest first; nothing where one cannot be read. */
export function returnsOf(
  reversals: readonly (ReversalObject | RefundObject)[],
): readonly ObservedReturn[] | undefined {
  const returns = reversals.flatMap((one) => {
    const amount = fromStripeAmount(one.amount, one.currency);
    return amount === undefined ? [] : [{ id: one.id, amount, at: one.created, ...referenceOf(one), ...ownOf(one) }];
  });
  return returns.length === reversals.length ? returns.reverse() : undefined;
}

/** What we wrote into a reversal of ours: whose attempt it is of. */
function ownOf({ metadata }: ReversalObject | RefundObject): Pick<ObservedReturn, 'metadata'> {
  return Object.keys(metadata).length > 0 ? { metadata } : {};
}

function ofReversal(seat: Seat, one: ReversalObject): Reading | undefined {
  const amount = fromStripeAmount(one.amount, one.currency);
  if (amount === undefined) return undefined;
  const observed = { amount, status: 'succeeded', rawStatus: 'created', returns: [] } as const;
  return made(one, { ...seat, kind: 'reverse_transfer', ...observed, ...referenceOf(one) }, one.transfer);
}

function ofRefund(seat: Seat, one: RefundObject): Reading | undefined {
  const amount = fromStripeAmount(one.amount, one.currency);
  if (amount === undefined) return undefined;
  const status = one.status ?? '';
  return made(
    one,
    {
      ...seat,
      kind: 'refund',
      amount,
      status: statusIn(ofRefundStatus, status),
      rawStatus: status,
      ...referenceOf(one),
      returns: [],
      ...failureOf(one.failure_reason, undefined),
    },
    one.payment_intent ?? one.charge,
  );
}

function ofPayout(seat: Seat, kind: 'payout' | 'cancel_payout', one: PayoutObject): Reading | undefined {
  const amount = fromStripeAmount(one.amount, one.currency);
  if (amount === undefined) return undefined;
  return made(one, {
    ...seat,
    kind,
    amount,
    status: statusIn(kind === 'payout' ? ofPayoutStatus : ofCancelledPayout, one.status),
    rawStatus: one.reversed_by ? 'reversed' : one.status,
    ...referenceOf(one),
    ...(one.destination ? { destination: one.destination } : {}),
    returns: one.reversed_by ? [{ id: one.reversed_by, amount, at: one.created }] : [],
    ...feeOf(one),
    ...failureOf(one.failure_code, one.failure_message),
  });
}

interface Made {
  readonly id: string;
  readonly created: string;
  readonly metadata: { readonly [name: string]: string };
  readonly livemode?: boolean | undefined;
}

function made(
  one: Made,
  observed: Omit<Observation, 'object' | 'createdAt' | 'metadata'>,
  on?: string | null,
): Reading {
  const observation = { ...observed, object: one.id, createdAt: one.created, metadata: one.metadata };
  return { observation, livemode: one.livemode, on: on ?? undefined };
}

/** Our reference: we write it into the metadata of everything that we make, and into the group of transfers. */
export function referenceOf(one: {
  readonly metadata: { readonly [name: string]: string };
  readonly transfer_group?: string | null | undefined;
}): { readonly reference?: string } {
  const reference = Object.hasOwn(one.metadata, 'reference') ? one.metadata.reference : one.transfer_group;
  return reference ? { reference } : {};
}

function feeOf({
  balance_transaction,
}: {
  readonly balance_transaction?: { readonly fee: number; readonly currency: string } | undefined;
}): { readonly fee?: Money } {
  const fee = balance_transaction && fromStripeAmount(balance_transaction.fee, balance_transaction.currency);
  return fee ? { fee } : {};
}

function failureOf(code: string | null | undefined, message: string | null | undefined): { readonly failure?: string } {
  const said = [code, message].filter(Boolean).join(': ');
  return said === '' ? {} : { failure: redact(said) };
}
