import { amountOf, currencyOf, declined, known, missing, required } from '../answer.ts';
import { metadataOf, type Params } from '../form.ts';
import type { PeerReversal, PeerTransfer } from '../objects.ts';
import { fundsNow, nextId, type PeerState, put, seconds } from '../state.ts';
import { emit } from './emit.ts';
import { moveFunds } from './move-funds.ts';

/** Makes a transfer, where the destination may receive and the available balance suffices. */
export function createTransfer(state: PeerState, params: Params): PeerTransfer {
  known(params, [
    'amount',
    'currency',
    'description',
    'destination',
    'metadata',
    'source_transaction',
    'transfer_group',
  ]);
  const [amount, currency, destination] = [amountOf(params), currencyOf(params), required(params, 'destination')];
  const standing = state.accounts.get(destination);
  if (!destination.startsWith('acct_') || standing?.exists === false) {
    throw missing('destination', destination, 'destination', 400);
  }
  if (standing?.closed) throw declined('account_closed', 'The destination account has been closed.');
  if (standing?.transfers === 'inactive') {
    const message =
      'Your destination account needs to have at least one of the following capabilities enabled: transfers';
    throw declined('insufficient_capabilities_for_transfer', message);
  }
  const fromCharge = params.get('source_transaction');
  if (fromCharge === undefined && fundsNow(state, currency).available < BigInt(amount)) {
    throw declined('balance_insufficient', 'You have insufficient available funds in your Stripe account.');
  }
  const id = nextId(state, 'transfer', 'tr');
  const made: PeerTransfer = {
    id,
    object: 'transfer',
    amount,
    amount_reversed: 0,
    balance_transaction: moveFunds(state, { amount: -amount, currency, type: 'transfer', source: id }),
    created: seconds(state),
    currency,
    description: params.get('description') ?? null,
    destination,
    livemode: state.livemode,
    metadata: metadataOf(params),
    reversed: false,
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    source_transaction: fromCharge ?? null,
    transfer_group: params.get('transfer_group') ?? null,
  };
  put(state, 'transfer', made);
  emit(state, 'transfer.created', made);
  return made;
}

/** Reverses a transfer, or a part of it. */
export function reverseTransfer(state: PeerState, transferId: string, params: Params): PeerReversal {
  known(params, ['amount', 'description', 'metadata', 'refund_application_fee']);
  const transfer = state.tables.transfer.get(transferId);
  if (transfer === undefined) throw missing('transfer', transferId);
  const left = transfer.amount - transfer.amount_reversed;
  const amount = params.has('amount') ? amountOf(params) : left;
  if (amount > left) {
    throw declined('parameter_invalid_integer', `Reversal amount (${amount}) is greater than what is left (${left}).`);
  }
  const id = nextId(state, 'transfer_reversal', 'trr');
  const { currency } = transfer;
  const made: PeerReversal = {
    id,
    object: 'transfer_reversal',
    amount,
    balance_transaction: moveFunds(state, { amount, currency, type: 'transfer_refund', source: id }),
    created: seconds(state),
    currency,
    destination_payment_refund: null,
    metadata: metadataOf(params),
    source_refund: null,
    transfer: transferId,
  };
  put(state, 'transfer_reversal', made);
  const all = [...state.tables.transfer_reversal.values()].filter((one) => one.transfer === transferId).reverse();
  const amountReversed = transfer.amount_reversed + amount;
  const changed = put(state, 'transfer', {
    ...transfer,
    amount_reversed: amountReversed,
    reversed: amountReversed === transfer.amount,
    // As at Stripe, the transfer carries its last ten.
    reversals: { ...transfer.reversals, data: all.slice(0, 10) as never, has_more: all.length > 10 },
  });
  emit(state, 'transfer.reversed', changed);
  return made;
}
