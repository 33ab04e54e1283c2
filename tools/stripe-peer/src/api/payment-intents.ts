import { amountOf, currencyOf, declined, invalid, known, missing, PeerError } from '../answer.ts';
import { metadataOf, type Params } from '../form.ts';
import type { PeerCharge, PeerPaymentIntent } from '../objects.ts';
import { nextId, type PeerState, put, seconds } from '../state.ts';
import { emit } from './emit.ts';
import { moveFunds } from './move-funds.ts';

/** Makes a payment intent, and confirms it where that is asked. */
export function createPaymentIntent(state: PeerState, params: Params): PeerPaymentIntent {
  known(params, [
    'amount',
    'automatic_payment_methods',
    'capture_method',
    'confirm',
    'currency',
    'customer',
    'description',
    'metadata',
    'off_session',
    'payment_method',
    'return_url',
    'transfer_group',
  ]);
  const id = nextId(state, 'payment_intent', 'pi');
  const made: PeerPaymentIntent = {
    id,
    object: 'payment_intent',
    amount: amountOf(params),
    amount_capturable: 0,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: params.get('capture_method') === 'manual' ? 'manual' : 'automatic_async',
    client_secret: `${id}_secret_peer`,
    created: seconds(state),
    currency: currencyOf(params),
    last_payment_error: null,
    latest_charge: null,
    livemode: state.livemode,
    metadata: metadataOf(params),
    next_action: null,
    status: params.has('payment_method') ? 'requires_confirmation' : 'requires_payment_method',
    transfer_group: params.get('transfer_group') ?? null,
  };
  put(state, 'payment_intent', made);
  emit(state, 'payment_intent.created', made);
  return params.get('confirm') === 'true' ? confirm(state, made, params.get('payment_method')) : made;
}

/** Confirms a payment intent. */
export function confirmPaymentIntent(state: PeerState, id: string, params: Params): PeerPaymentIntent {
  return confirm(state, found(state, id), params.get('payment_method'));
}

function confirm(state: PeerState, intent: PeerPaymentIntent, method: string | undefined): PeerPaymentIntent {
  if (method === undefined)
    throw invalid('payment_method', 'parameter_missing', 'A payment method is needed to confirm.');
  if (method === 'pm_card_chargeDeclined' || method === 'pm_card_chargeDeclinedInsufficientFunds') {
    const decline = method.endsWith('Funds') ? 'insufficient_funds' : 'generic_decline';
    const body = {
      type: 'card_error',
      code: 'card_declined',
      decline_code: decline,
      message: 'Your card was declined.',
    } as const;
    const refused: PeerPaymentIntent = { ...intent, status: 'requires_payment_method', last_payment_error: body };
    put(state, 'payment_intent', refused);
    emit(state, 'payment_intent.payment_failed', refused);
    throw new PeerError(402, body, true);
  }
  if (method === 'pm_card_authenticationRequired') {
    const url = 'https://hooks.stripe.test/authenticate';
    const acted: PeerPaymentIntent = {
      ...intent,
      status: 'requires_action',
      next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url: null } },
    };
    emit(state, 'payment_intent.requires_action', acted);
    return put(state, 'payment_intent', acted);
  }
  if (intent.capture_method === 'manual') {
    const authorised: PeerPaymentIntent = {
      ...intent,
      status: 'requires_capture',
      amount_capturable: intent.amount,
    };
    emit(state, 'payment_intent.amount_capturable_updated', authorised);
    return put(state, 'payment_intent', authorised);
  }
  return take(state, intent, intent.amount);
}

/** Captures what was authorised, or a part of it. */
export function capturePaymentIntent(state: PeerState, id: string, params: Params): PeerPaymentIntent {
  known(params, ['amount_to_capture', 'metadata']);
  const intent = found(state, id);
  const amount = params.has('amount_to_capture') ? amountOf(params, 'amount_to_capture') : intent.amount_capturable;
  if (intent.status !== 'requires_capture') throw unexpected(intent, 'captured');
  if (amount > intent.amount_capturable) throw declined('amount_too_large', 'More than is capturable.');
  // As at Stripe, metadata that comes with a capture is written over that of the payment intent.
  return take(state, { ...intent, metadata: { ...intent.metadata, ...metadataOf(params) } }, amount);
}

/** Cancels a payment intent. */
export function cancelPaymentIntent(state: PeerState, id: string): PeerPaymentIntent {
  const intent = found(state, id);
  if (['succeeded', 'canceled', 'processing'].includes(intent.status)) throw unexpected(intent, 'canceled');
  const cancelled: PeerPaymentIntent = {
    ...intent,
    status: 'canceled',
    amount_capturable: 0,
    canceled_at: seconds(state),
  };
  emit(state, 'payment_intent.canceled', cancelled);
  return put(state, 'payment_intent', cancelled);
}

function take(state: PeerState, intent: PeerPaymentIntent, amount: number): PeerPaymentIntent {
  const id = nextId(state, 'charge', 'ch');
  const fee = Math.floor((amount * state.fee.basisPoints) / 10_000) + state.fee.fixed;
  const { currency, metadata, livemode, transfer_group } = intent;
  const moved = moveFunds(state, { amount, currency, type: 'charge', source: id, fee, settles: true });
  const charge: PeerCharge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: amount,
    amount_refunded: 0,
    balance_transaction: moved,
    captured: true,
    created: seconds(state),
    currency,
    disputed: false,
    livemode,
    metadata,
    payment_intent: intent.id,
    refunded: false,
    status: 'succeeded',
    transfer_group,
  };
  put(state, 'charge', charge);
  const paid: PeerPaymentIntent = {
    ...intent,
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: amount,
    latest_charge: id,
    next_action: null,
  };
  put(state, 'payment_intent', paid);
  emit(state, 'payment_intent.succeeded', paid);
  return paid;
}

function found(state: PeerState, id: string): PeerPaymentIntent {
  const intent = state.tables.payment_intent.get(id);
  if (intent === undefined) throw missing('payment_intent', id, 'intent');
  return intent;
}

function unexpected({ status }: PeerPaymentIntent, done: string): PeerError {
  return declined(
    'payment_intent_unexpected_state',
    `This PaymentIntent could not be ${done}: its status is ${status}.`,
  );
}
