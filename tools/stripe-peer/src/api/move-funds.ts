import type { PeerBalanceTransaction } from '../objects.ts';
import { addFunds, nextId, type PeerState, put, seconds } from '../state.ts';

/** Posts a movement of the balance; a charge becomes available later, all else at once. */
export function moveFunds(
  state: PeerState,
  movement: {
    readonly amount: number;
    readonly currency: string;
    readonly type: PeerBalanceTransaction['type'];
    readonly source: string | null;
    readonly fee?: number;
    readonly settles?: boolean;
  },
): string {
  const { amount, currency, type, source, fee = 0, settles = false } = movement;
  const created = seconds(state);
  const available = settles ? Math.floor((state.now() + state.settleAfterMs) / 1000) : created;
  const made: PeerBalanceTransaction = {
    id: nextId(state, 'balance_transaction', 'txn'),
    object: 'balance_transaction',
    amount,
    available_on: available,
    created,
    currency,
    fee,
    net: amount - fee,
    source,
    status: available > created ? 'pending' : 'available',
    type,
  };
  put(state, 'balance_transaction', made);
  addFunds(state, made);
  return made.id;
}
