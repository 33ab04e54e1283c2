import { PeerError } from './answer.ts';
import { apiVersion } from './api/emit.ts';
import {
  cancelPaymentIntent,
  capturePaymentIntent,
  confirmPaymentIntent,
  createPaymentIntent,
} from './api/payment-intents.ts';
import { cancelPayout, createPayout } from './api/payouts.ts';
import { balance, list, retrieve } from './api/read.ts';
import { createRefund } from './api/refunds.ts';
import { createTransfer, reverseTransfer } from './api/transfers.ts';
import type { Params } from './form.ts';
import type { PeerState } from './state.ts';

/** Executes one request on the state; refusals are thrown as {@link PeerError}. */
export function route(state: PeerState, { method, path, params, account }: RoutedRequest): unknown {
  for (const [verb, pattern, handle] of routes) {
    const match = verb === method ? pattern.exec(path) : null;
    if (match) return handle(state, params, match[1] ?? '', { path, account });
  }
  const message = `Unrecognized request URL (${method}: ${path}).`;
  throw new PeerError(404, { type: 'invalid_request_error', message }, false);
}

/** A request, taken apart. */
export interface RoutedRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Params;
  /** The account that the key is of. */
  readonly account: string;
}

type Handle = (
  state: PeerState,
  params: Params,
  id: string,
  more: { readonly path: string; readonly account: string },
) => unknown;

const object = '([A-Za-z0-9_]+)';
const at = (path: string) => new RegExp(`^/v1/${path}$`);
const tables = {
  payment_intents: 'payment_intent',
  charges: 'charge',
  transfers: 'transfer',
  refunds: 'refund',
  payouts: 'payout',
  balance_transactions: 'balance_transaction',
  disputes: 'dispute',
  events: 'event',
} as const;

const routes: readonly (readonly ['GET' | 'POST', RegExp, Handle])[] = [
  ['POST', at('payment_intents'), createPaymentIntent],
  ['POST', at(`payment_intents/${object}/confirm`), (state, params, id) => confirmPaymentIntent(state, id, params)],
  ['POST', at(`payment_intents/${object}/capture`), (state, params, id) => capturePaymentIntent(state, id, params)],
  ['POST', at(`payment_intents/${object}/cancel`), (state, _, id) => cancelPaymentIntent(state, id)],
  ['POST', at('refunds'), createRefund],
  ['POST', at('transfers'), createTransfer],
  ['POST', at(`transfers/${object}/reversals`), (state, params, id) => reverseTransfer(state, id, params)],
  ['POST', at('payouts'), createPayout],
  ['POST', at(`payouts/${object}/cancel`), (state, _, id) => cancelPayout(state, id)],
  [
    'GET',
    at(`transfers/${object}/reversals`),
    (state, params, id, { path }) => list(state, 'transfer_reversal', { params, url: path, fixed: { transfer: id } }),
  ],
  ['GET', at('balance'), (state) => balance(state)],
  ['GET', at('account'), (_, __, ___, { account }) => ({ id: account, object: 'account', api_version: apiVersion })],
  ...Object.entries(tables).flatMap(([name, table]): readonly (readonly ['GET', RegExp, Handle])[] => [
    ['GET', at(name), (state, params, _, { path }) => list(state, table, { params, url: path })],
    ['GET', at(`${name}/${object}`), (state, params, id) => retrieve(state, table, id, params)],
  ]),
];
