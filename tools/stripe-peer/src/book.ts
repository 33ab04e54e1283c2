import type { PeerBookRow } from './control.ts';
import { fundsNow, type PeerState } from './state.ts';

/** Sums what the peer executed, from its own objects and not from its balance. */
export function bookOf(state: PeerState): { readonly [currency: string]: PeerBookRow } {
  const currencies = new Set([...state.tables.balance_transaction.values()].map(({ currency }) => currency));
  return Object.fromEntries([...currencies].sort().map((currency) => [currency, rowOf(state, currency)]));
}

function rowOf(state: PeerState, currency: string): PeerBookRow {
  const { charge, refund, transfer, transfer_reversal, payout, balance_transaction } = state.tables;
  const of = <One extends { readonly currency: string }>(table: ReadonlyMap<string, One>) =>
    [...table.values()].filter((one) => one.currency === currency);
  const accounts: Record<string, bigint> = {};
  for (const one of of(transfer)) {
    const to = String(one.destination);
    accounts[to] = (accounts[to] ?? 0n) + BigInt(one.amount) - BigInt(one.amount_reversed);
  }
  const isGone = ({ status }: { readonly status: string | null }) => status === 'failed' || status === 'canceled';
  return {
    collected: total(of(charge).map((one) => one.amount_captured)),
    refunded: total(of(refund).flatMap((one) => (isGone(one) ? [] : [one.amount]))),
    transferred: total(of(transfer).map((one) => one.amount)),
    reversed: total(of(transfer_reversal).map((one) => one.amount)),
    paidOut: total(of(payout).flatMap((one) => (isGone(one) ? [] : [one.amount]))),
    fees: total(of(balance_transaction).map((one) => one.fee)),
    funded: total(of(balance_transaction).flatMap((one) => (one.type === 'topup' ? [one.amount] : []))),
    ...fundsNow(state, currency),
    accounts,
  };
}

function total(amounts: readonly number[]): bigint {
  return amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
}
