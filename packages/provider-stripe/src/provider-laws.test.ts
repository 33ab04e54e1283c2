import { instantAt } from '@holdfast/kernel';
import { jpy, type Money, usd } from '@holdfast/money';
import { type StripePeer, startStripePeer, type PeerFault as WireFault } from '@holdfast/stripe-peer';
import { type OpenedProvider, type PeerFault, type ProviderHarness, providerLaws, testLaws } from '@holdfast/testkit';
import { describe, it } from 'vitest';
import { clientOf } from '../test/peer-world.ts';
import { createStripeProvider, fromStripeAmount, type StripeClient } from './index.ts';

const error = (code: string, more: object = {}) => ({ type: 'invalid_request_error', code, message: code, ...more });
const no = (status: number, code: string, kept: boolean, more: object = {}): WireFault => ({
  fault: 'answer',
  status,
  error: error(code, more),
  kept,
});

/** Each fault as the peer makes it; a refused connection is the client's. */
const faults: { readonly [Fault in Exclude<PeerFault, 'connection_refused' | 'other_amount'>]: WireFault } = {
  throttled: no(429, 'rate_limit', false),
  bad_credentials: no(401, 'api_key_expired', false),
  key_in_use: no(409, 'idempotency_key_in_use', false),
  declined: no(400, 'transfers_not_allowed', true),
  bad_destination: no(400, 'resource_missing', true, { param: 'destination' }),
  payee_restricted: no(400, 'insufficient_capabilities_for_transfer', true),
  server_error: { fault: 'answer', status: 500, effect: 'none', kept: true },
  server_error_done: { fault: 'answer', status: 500, effect: 'now', kept: true },
  lost_answer: { fault: 'hang', effect: 'now' },
  unreadable: { fault: 'body', status: 200, text: '<html>' },
};

/** The real client, with a wire that can be cut before and after each call. */
function wireOf(peer: StripePeer) {
  const [client, refused] = [clientOf(peer), clientOf({ host: '127.0.0.1', port: 1 })];
  const wire = { count: 0, broken: undefined as number | undefined, refuse: false, met: [] as PeerFault[] };
  const trip = () => {
    wire.count += 1;
    if (wire.count === wire.broken)
      throw { type: 'StripeConnectionError', message: 'cut', detail: { code: 'ECONNRESET' } };
  };
  const stripe: StripeClient = {
    on: (event, listener) => client.on(event, listener),
    rawRequest: async (method, path, params, options) => {
      trip();
      const to = wire.refuse ? refused : client;
      wire.refuse = false;
      const fault = to === client && method === 'POST' ? wire.met.shift() : undefined;
      // Only an answer that is lost is not waited for long.
      const timeout = fault === 'lost_answer' ? 300 : 60_000;
      const answer: unknown = await to.rawRequest(method, path, params, { ...options, timeout });
      trip();
      return answer;
    },
  };
  return { wire, stripe };
}

async function open(): Promise<OpenedProvider> {
  let now = Date.parse('2026-03-07T10:00:00.000Z');
  const peer = await startStripePeer({ clock: () => now });
  await peer.fund('usd', 9_007_199_254_740_991n);
  await peer.fund('jpy', 1_000_000n);
  const { wire, stripe } = wireOf(peer);
  const provider = createStripeProvider({ stripe, account: 'acct_platform', mode: 'sandbox' });
  const posts = { method: 'POST' } as const;
  return {
    provider,
    operation: ({ reference, amount, attempt }) => ({
      kind: 'transfer',
      reference,
      amount,
      destination: 'acct_ann',
      metadata: { book: 'laws', payout: reference, attempt: `${attempt}`, epoch: '0' },
    }),
    moved: async () => (await peer.transfers()).map((one) => ({ object: one.id, ...movedBy(one) })),
    now: () => instantAt(now),
    meet: (...next) => {
      for (const fault of next) {
        if (fault !== 'connection_refused') wire.met.push(fault);
        if (fault === 'connection_refused') wire.refuse = true;
        else if (fault === 'other_amount')
          void peer.script({ ...posts, meets: { fault: 'mishear', set: { amount: '7502' } } });
        else void peer.script({ ...posts, meets: faults[fault] });
      }
    },
    passTime: async ({ ms }) => {
      now += ms;
    },
    requests: async () => (await peer.requests()).filter(({ method }) => method === 'POST').length,
    interruptAt: (nth) => {
      wire.count = 0;
      wire.broken = nth;
    },
    awaits: () => wire.count,
    reverse: async (object, amount) => {
      await peer.reverse(object, amount.minor);
    },
    runDry: async () => peer.fund('usd', -9_007_199_254_740_991n),
    close: () => peer.close(),
  };
}

function movedBy(one: { amount: number; currency: string; transfer_group: string | null }) {
  const amount = fromStripeAmount(one.amount, one.currency) as Money;
  return { reference: one.transfer_group ?? '', amount };
}

const harness: ProviderHarness = {
  name: 'Stripe adapter, by the real client on the peer',
  amounts: [usd('75.01'), jpy('1000'), usd('900719925474.09')],
  severalPages: 103,
  lacks: { unsupported_kind: 'it does every kind of operation' },
  open,
};

describe(`providerLaws on the ${harness.name}`, () => {
  testLaws(it, { laws: providerLaws, harness });
});
