import type Stripe from 'stripe';

// What the peer keeps of each object: a part of the SDK's own types, so that the compiler holds the peer to them.

/** A payment intent. */
export type PeerPaymentIntent = Pick<
  Stripe.PaymentIntent,
  | 'id'
  | 'object'
  | 'amount'
  | 'amount_capturable'
  | 'amount_received'
  | 'canceled_at'
  | 'cancellation_reason'
  | 'capture_method'
  | 'client_secret'
  | 'created'
  | 'currency'
  | 'last_payment_error'
  | 'latest_charge'
  | 'livemode'
  | 'metadata'
  | 'next_action'
  | 'status'
  | 'transfer_group'
>;

/** A charge: what a payment intent that took money has. */
export type PeerCharge = Pick<
  Stripe.Charge,
  | 'id'
  | 'object'
  | 'amount'
  | 'amount_captured'
  | 'amount_refunded'
  | 'balance_transaction'
  | 'captured'
  | 'created'
  | 'currency'
  | 'disputed'
  | 'livemode'
  | 'metadata'
  | 'payment_intent'
  | 'refunded'
  | 'status'
  | 'transfer_group'
>;

/** A transfer to a connected account. */
export type PeerTransfer = Pick<
  Stripe.Transfer,
  | 'id'
  | 'object'
  | 'amount'
  | 'amount_reversed'
  | 'balance_transaction'
  | 'created'
  | 'currency'
  | 'description'
  | 'destination'
  | 'livemode'
  | 'metadata'
  | 'reversed'
  | 'reversals'
  | 'source_transaction'
  | 'transfer_group'
>;

/** A reversal of a transfer. */
export type PeerReversal = Pick<
  Stripe.TransferReversal,
  | 'id'
  | 'object'
  | 'amount'
  | 'balance_transaction'
  | 'created'
  | 'currency'
  | 'destination_payment_refund'
  | 'metadata'
  | 'source_refund'
  | 'transfer'
>;

/** A refund. */
export type PeerRefund = Pick<
  Stripe.Refund,
  | 'id'
  | 'object'
  | 'amount'
  | 'balance_transaction'
  | 'charge'
  | 'created'
  | 'currency'
  | 'metadata'
  | 'payment_intent'
  | 'reason'
  | 'receipt_number'
  | 'source_transfer_reversal'
  | 'status'
  | 'transfer_reversal'
> & { readonly failure_reason?: string };

/** A payout to a bank account. */
export type PeerPayout = Pick<
  Stripe.Payout,
  | 'id'
  | 'object'
  | 'amount'
  | 'arrival_date'
  | 'automatic'
  | 'balance_transaction'
  | 'created'
  | 'currency'
  | 'destination'
  | 'failure_code'
  | 'failure_message'
  | 'livemode'
  | 'metadata'
  | 'method'
  | 'original_payout'
  | 'reversed_by'
  | 'status'
>;

/** A movement of the balance. */
export type PeerBalanceTransaction = Pick<
  Stripe.BalanceTransaction,
  'id' | 'object' | 'amount' | 'available_on' | 'created' | 'currency' | 'fee' | 'net' | 'status' | 'type'
> & { readonly source: string | null };

/** A dispute of a charge. */
export type PeerDispute = Pick<
  Stripe.Dispute,
  'id' | 'object' | 'amount' | 'charge' | 'created' | 'currency' | 'livemode' | 'metadata' | 'payment_intent' | 'status'
> & { readonly reason: string };

/** An event. */
export interface PeerEvent {
  readonly id: string;
  readonly object: 'event';
  readonly type: Stripe.Event['type'];
  readonly api_version: string;
  readonly created: number;
  readonly livemode: boolean;
  readonly pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly data: { readonly object: unknown };
}

/** What the peer keeps, by the table that it is in. */
export interface PeerTables {
  readonly payment_intent: PeerPaymentIntent;
  readonly charge: PeerCharge;
  readonly transfer: PeerTransfer;
  readonly transfer_reversal: PeerReversal;
  readonly refund: PeerRefund;
  readonly payout: PeerPayout;
  readonly balance_transaction: PeerBalanceTransaction;
  readonly dispute: PeerDispute;
  readonly event: PeerEvent;
}
