import { amountOf, declined, known, missing } from '../answer.ts';
import { metadataOf, type Params } from '../form.ts';
import type { PeerCharge, PeerRefund } from '../objects.ts';
import { nextId, type PeerState, put, seconds } from '../state.ts';
import { emit } from './emit.ts';
import { moveFunds } from './move-funds.ts';

/** Refunds a payment, or a part of it. The balance may fall below nothing, as it may at Stripe. */
export function createRefund(state: PeerState, params: Params): PeerRefund {
  known(params, ['amount', 'charge', 'metadata', 'payment_intent', 'reason']);
  const charge = chargeOf(state, params);
  const left = charge.amount_captured - charge.amount_refunded;
  const amount = params.has('amount') ? amountOf(params) : left;
  if (left === 0) throw declined('charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  if (amount > left) throw declined('invalid_charge_amount', `Refund amount (${amount}) is greater than ${left}.`);
  const id = nextId(state, 'refund', 're');
  const { currency, payment_intent } = charge;
  const made: PeerRefund = {
    id,
    object: 'refund',
    amount,
    balance_transaction: moveFunds(state, { amount: -amount, currency, type: 'refund', source: id }),
    charge: charge.id,
    created: seconds(state),
    currency,
    metadata: metadataOf(params),
    payment_intent,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  put(state, 'refund', made);
  const refunded = charge.amount_refunded + amount;
  const changed = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount_captured };
  put(state, 'charge', changed);
  emit(state, 'refund.created', made);
  emit(state, 'charge.refunded', changed);
  return made;
}

/** Lets a refund that had succeeded fail: its money comes back to the balance. */
export function failRefund(state: PeerState, id: string): PeerRefund {
  const refund = state.tables.refund.get(id);
  if (refund === undefined) throw missing('refund', id);
  moveFunds(state, { amount: refund.amount, currency: refund.currency, type: 'refund_failure', source: id });
  const failed = put(state, 'refund', { ...refund, status: 'failed', failure_reason: 'expired_or_canceled_card' });
  const charge = state.tables.charge.get(String(refund.charge));
  if (charge)
    put(state, 'charge', { ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false });
  emit(state, 'refund.failed', failed);
  return failed;
}

function chargeOf(state: PeerState, params: Params): PeerCharge {
  const intentId = params.get('payment_intent');
  const intent = intentId === undefined ? undefined : state.tables.payment_intent.get(intentId);
  if (intentId !== undefined && intent === undefined) throw missing('payment_intent', intentId, 'payment_intent');
  const id = String(intent?.latest_charge ?? params.get('charge') ?? '');
  const charge = state.tables.charge.get(id);
  if (charge === undefined) throw missing('charge', id, 'charge');
  return charge;
}
