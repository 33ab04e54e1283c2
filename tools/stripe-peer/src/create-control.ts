import { missing } from './answer.ts';
import { emit } from './api/emit.ts';
import { moveFunds } from './api/move-funds.ts';
import { settlePayout } from './api/payouts.ts';
import { failRefund } from './api/refunds.ts';
import { reverseTransfer } from './api/transfers.ts';
import { bookOf } from './book.ts';
import type { RecordedRequest, StripePeerControl } from './control.ts';
import type { ScriptedRule } from './faults.ts';
import type { PeerDispute, PeerTables } from './objects.ts';
import { nextId, type PeerState, put, seconds } from './state.ts';

/** What the control works on. */
export interface PeerParts {
  readonly state: PeerState;
  readonly script: ScriptedRule[];
  readonly requests: readonly RecordedRequest[];
  readonly clock: { shiftMs: number };
  readonly deliver: () => Promise<number>;
  readonly waiting: () => number;
  readonly runLater: () => void;
}

/** Makes the control of a peer in this process. */
export function createControl(parts: PeerParts): StripePeerControl {
  const { state, script, clock } = parts;
  const all = <Table extends keyof PeerTables>(table: Table) => Promise.resolve([...state.tables[table].values()]);
  return {
    script: async (...rules) => {
      script.push(...rules.map((rule) => ({ rule, left: rule.times ?? 1, skip: rule.skip ?? 0 })));
    },
    clearScript: async () => {
      script.length = 0;
    },
    requests: async () => [...parts.requests],
    paymentIntents: () => all('payment_intent'),
    transfers: () => all('transfer'),
    reversals: () => all('transfer_reversal'),
    refunds: () => all('refund'),
    payouts: () => all('payout'),
    disputes: () => all('dispute'),
    balanceTransactions: () => all('balance_transaction'),
    events: () => all('event'),
    book: async () => bookOf(state),
    setAccount: async (id, standing) => {
      const before = state.accounts.get(id) ?? { transfers: 'active', closed: false, exists: true };
      state.accounts.set(id, { ...before, ...standing });
      state.write(['account', id, state.accounts.get(id)]);
    },
    fund: async (currency, amount) => {
      moveFunds(state, { amount: Number(amount), currency, type: 'topup', source: null });
    },
    reverse: async (transfer, amount) =>
      reverseTransfer(state, transfer, new Map(amount === undefined ? [] : [['amount', `${amount}`]])),
    settlePayout: async (payout, status) => settlePayout(state, payout, status),
    failRefund: async (refund) => failRefund(state, refund),
    dispute: async (intent, status = 'needs_response') => disputeOf(state, intent, status),
    pruneKeys: async () => {
      for (const key of state.keys.keys()) state.write(['key', key, { at: 0, path: '', body: '' }]);
      state.keys.clear();
    },
    advance: async (ms) => {
      clock.shiftMs += ms;
      parts.runLater();
    },
    setTime: async (at) => {
      clock.shiftMs += Date.parse(at) - state.now();
      parts.runLater();
    },
    deliver: parts.deliver,
    waiting: async () => parts.waiting(),
  };
}

/** Opens a dispute of a payment, or moves the one that it has; a lost one takes the money back. */
function disputeOf(state: PeerState, intentId: string, status: PeerDispute['status']): PeerDispute {
  const intent = state.tables.payment_intent.get(intentId);
  if (intent === undefined) throw missing('payment_intent', intentId);
  const before = [...state.tables.dispute.values()].find((one) => one.payment_intent === intentId);
  const { currency, livemode, amount_received: amount } = intent;
  const id = before?.id ?? nextId(state, 'dispute', 'dp');
  const made = put(state, 'dispute', {
    id,
    object: 'dispute',
    amount,
    charge: String(intent.latest_charge),
    created: before?.created ?? seconds(state),
    currency,
    livemode,
    metadata: {},
    payment_intent: intentId,
    reason: 'fraudulent',
    status,
  });
  const charge = state.tables.charge.get(String(intent.latest_charge));
  if (charge) put(state, 'charge', { ...charge, disputed: true });
  if (before === undefined) moveFunds(state, { amount: -amount, currency, type: 'adjustment', source: id });
  if (before !== undefined && status === 'won') moveFunds(state, { amount, currency, type: 'adjustment', source: id });
  const isOver = ['won', 'lost', 'warning_closed', 'prevented'].includes(status);
  emit(
    state,
    before === undefined ? 'charge.dispute.created' : `charge.dispute.${isOver ? 'closed' : 'updated'}`,
    made,
  );
  return made;
}
