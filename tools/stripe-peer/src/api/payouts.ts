import { amountOf, currencyOf, declined, known, missing } from '../answer.ts';
import { metadataOf, type Params } from '../form.ts';
import type { PeerPayout } from '../objects.ts';
import { fundsNow, nextId, type PeerState, put, seconds } from '../state.ts';
import { emit } from './emit.ts';
import { moveFunds } from './move-funds.ts';

/** Makes a payout to a bank account, where the available balance suffices. */
export function createPayout(state: PeerState, params: Params): PeerPayout {
  known(params, ['amount', 'currency', 'description', 'destination', 'metadata', 'method', 'statement_descriptor']);
  const [amount, currency] = [amountOf(params), currencyOf(params)];
  if (fundsNow(state, currency).available < BigInt(amount)) {
    throw declined('balance_insufficient', 'You have insufficient funds in your Stripe account.');
  }
  const id = nextId(state, 'payout', 'po');
  const made: PeerPayout = {
    id,
    object: 'payout',
    amount,
    arrival_date: seconds(state) + 172_800,
    automatic: false,
    balance_transaction: moveFunds(state, { amount: -amount, currency, type: 'payout', source: id }),
    created: seconds(state),
    currency,
    destination: params.get('destination') ?? 'ba_default',
    failure_code: null,
    failure_message: null,
    livemode: state.livemode,
    metadata: metadataOf(params),
    method: params.get('method') ?? 'standard',
    original_payout: null,
    reversed_by: null,
    status: 'pending',
  };
  put(state, 'payout', made);
  emit(state, 'payout.created', made);
  return made;
}

/** Cancels a payout that the bank has not got yet. */
export function cancelPayout(state: PeerState, id: string): PeerPayout {
  const payout = found(state, id);
  if (payout.status !== 'pending') throw declined('status_transition_invalid', 'The payout can no longer be canceled.');
  return settlePayout(state, id, 'canceled');
}

/** Moves a payout on, as a bank would; one that was paid may still fail. */
export function settlePayout(
  state: PeerState,
  id: string,
  status: 'in_transit' | 'paid' | 'failed' | 'canceled',
): PeerPayout {
  const payout = found(state, id);
  const back = status === 'failed' || status === 'canceled';
  const type = status === 'failed' ? 'payout_failure' : 'payout_cancel';
  if (back) moveFunds(state, { amount: payout.amount, currency: payout.currency, type, source: id });
  const why = { failure_code: 'account_closed', failure_message: 'The bank account has been closed.' };
  const changed = put(state, 'payout', { ...payout, status, ...(status === 'failed' ? why : {}) });
  emit(state, status === 'in_transit' ? 'payout.updated' : `payout.${status}`, changed);
  return changed;
}

function found(state: PeerState, id: string): PeerPayout {
  const payout = state.tables.payout.get(id);
  if (payout === undefined) throw missing('payout', id);
  return payout;
}
