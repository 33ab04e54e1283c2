import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { afterEach, describe, expect, it } from 'vitest';
import {
  connectStripePeer,
  type PeerWebhooks,
  type StripePeer,
  type StripePeerOptions,
  spawnStripePeer,
  startStripePeer,
} from './index.ts';

const open: { close(): Promise<void> }[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(options: StripePeerOptions = {}): Promise<{ peer: StripePeer; stripe: Stripe }> {
  const peer = await startStripePeer(options);
  open.push(peer);
  return { peer, stripe: clientOf(peer) };
}

function clientOf({ host, port }: { host: string; port: number }): Stripe {
  return new Stripe('sk_test_peer', { host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
}

const card = { payment_method: 'pm_card_visa', confirm: true } as const;
const toBob = { amount: 1000, currency: 'usd', destination: 'acct_bob', transfer_group: 'payout-1' } as const;

function codeOf(error: unknown): unknown {
  return error instanceof Stripe.errors.StripeError ? [error.statusCode, error.code ?? error.rawType] : error;
}

describe('the peer, by the real SDK', () => {
  it('collects, settles, transfers, reverses and pays out, and its sums agree with its balance', async () => {
    const { peer, stripe } = await start({ settleAfterMs: 60_000, fee: { basisPoints: 290, fixed: 30 } });
    const intent = await stripe.paymentIntents.create({ amount: 10_500, currency: 'usd', ...card });
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 10_500 });
    expect((await stripe.balance.retrieve()).pending).toEqual([{ currency: 'usd', amount: 10_166, source_types: {} }]);
    expect(codeOf(await stripe.transfers.create(toBob).catch((error: unknown) => error))).toEqual([
      400,
      'balance_insufficient',
    ]);
    await peer.advance(60_000);
    const transfer = await stripe.transfers.create(toBob);
    await stripe.transfers.createReversal(transfer.id, { amount: 200 });
    await stripe.refunds.create({ payment_intent: intent.id, amount: 500 });
    const payout = await stripe.payouts.create({ amount: 1000, currency: 'usd' });
    await peer.settlePayout(payout.id, 'failed');
    await stripe.payouts.create({ amount: 700, currency: 'usd' });
    const { usd } = await peer.book();
    expect(usd).toEqual({
      collected: 10_500n,
      refunded: 500n,
      transferred: 1000n,
      reversed: 200n,
      paidOut: 700n,
      fees: 334n,
      funded: 0n,
      available: 8166n,
      pending: 0n,
      accounts: { acct_bob: 800n },
    });
    expect(8166n).toBe(10_500n - 500n - 1000n + 200n - 700n - 334n);
  });

  it('authorises, captures a part, voids, and declines', async () => {
    const { stripe } = await start();
    const held = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      capture_method: 'manual',
      ...card,
    });
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 900 });
    const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 400 });
    expect(taken).toMatchObject({ status: 'succeeded', amount_received: 400 });
    const other = await stripe.paymentIntents.create({ amount: 900, currency: 'usd' });
    expect(await stripe.paymentIntents.cancel(other.id)).toMatchObject({ status: 'canceled' });
    const bad = { amount: 900, currency: 'usd', confirm: true, payment_method: 'pm_card_chargeDeclined' };
    expect(codeOf(await stripe.paymentIntents.create(bad).catch((error: unknown) => error))).toEqual([
      402,
      'card_declined',
    ]);
    const asked = { ...bad, payment_method: 'pm_card_authenticationRequired' };
    expect(await stripe.paymentIntents.create(asked)).toMatchObject({ status: 'requires_action' });
  });

  it('pages a list both ways', async () => {
    const { peer, stripe } = await start();
    await peer.fund('usd', 10_000n);
    for (let at = 1; at <= 7; at += 1) await stripe.transfers.create({ ...toBob, amount: at });
    const first = await stripe.transfers.list({ limit: 3, transfer_group: 'payout-1' });
    expect([first.data.map(({ amount }) => amount), first.has_more]).toEqual([[7, 6, 5], true]);
    const next = await stripe.transfers.list({ limit: 3, starting_after: first.data[2]?.id ?? '' });
    expect([next.data.map(({ amount }) => amount), next.has_more]).toEqual([[4, 3, 2], true]);
    const back = await stripe.transfers.list({ limit: 3, ending_before: next.data[0]?.id ?? '' });
    expect([back.data.map(({ amount }) => amount), back.has_more]).toEqual([[7, 6, 5], false]);
    const all: number[] = [];
    for await (const one of stripe.transfers.list({ limit: 2 })) all.push(one.amount);
    expect(all).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect((await stripe.transfers.list({ transfer_group: 'payout-2' })).data).toEqual([]);
  });

  it.each([
    ['a parameter that it does not know', { ...toBob, colour: 'red' }, [400, 'parameter_unknown']],
    ['an amount of nothing', { ...toBob, amount: 0 }, [400, 'parameter_invalid_integer']],
    ['a fraction', { ...toBob, amount: 1.5 }, [400, 'parameter_invalid_integer']],
    ['no destination', { amount: 1, currency: 'usd' }, [400, 'parameter_missing']],
    ['a destination that is not there', { ...toBob, destination: 'acct_none' }, [400, 'resource_missing']],
    [
      'a destination without the capability',
      { ...toBob, destination: 'acct_new' },
      [400, 'insufficient_capabilities_for_transfer'],
    ],
    ['a closed account', { ...toBob, destination: 'acct_shut' }, [400, 'account_closed']],
  ])('refuses %s', async (_, params, expected) => {
    const { peer, stripe } = await start();
    await peer.fund('usd', 10_000n);
    await peer.setAccount('acct_none', { exists: false });
    await peer.setAccount('acct_new', { transfers: 'inactive' });
    await peer.setAccount('acct_shut', { closed: true });
    expect(codeOf(await stripe.transfers.create(params as never).catch((error: unknown) => error))).toEqual(expected);
    expect(await peer.transfers()).toEqual([]);
  });
});

describe('a key', () => {
  const key = { idempotencyKey: 'key-1' };

  it('replays what was answered, marked, for a day and no longer', async () => {
    const { peer, stripe } = await start({ clock: () => 1_700_000_000_000 });
    await peer.fund('usd', 10_000n);
    const first = await stripe.transfers.create(toBob, key);
    const again = await stripe.transfers.create(toBob, key);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await peer.advance(86_399_999);
    expect((await stripe.transfers.create(toBob, key)).id).toBe(first.id);
    await peer.advance(1);
    expect((await stripe.transfers.create(toBob, key)).id).not.toBe(first.id);
    await peer.pruneKeys();
    expect((await stripe.transfers.create(toBob, key)).lastResponse.headers['idempotent-replayed']).toBeUndefined();
  });

  it('is an error with other parameters, and in use while the first request runs', async () => {
    const { peer, stripe } = await start();
    await peer.fund('usd', 10_000n);
    await peer.script({ meets: { fault: 'delay', ms: 2_000 } });
    const slow = stripe.transfers.create(toBob, key);
    await expect.poll(async () => (await peer.requests()).length).toBe(1);
    const meanwhile = await stripe.transfers.create(toBob, key).catch((error: unknown) => error);
    expect(codeOf(meanwhile)).toEqual([409, 'idempotency_key_in_use']);
    await slow;
    const other = await stripe.transfers.create({ ...toBob, amount: 7 }, key).catch((error: unknown) => error);
    expect(codeOf(other)).toEqual([400, 'idempotency_error']);
    expect(await peer.transfers()).toHaveLength(1);
  });

  it('keeps what was found out by executing, and no validation, throttle or refused credential', async () => {
    const { peer, stripe } = await start();
    expect(codeOf(await stripe.transfers.create(toBob, key).catch((error: unknown) => error))).toEqual([
      400,
      'balance_insufficient',
    ]);
    await peer.fund('usd', 10_000n);
    expect(codeOf(await stripe.transfers.create(toBob, key).catch((error: unknown) => error))).toEqual([
      400,
      'balance_insufficient',
    ]);
    const other = { idempotencyKey: 'key-2' };
    for (const status of [401, 403, 409, 429]) {
      await peer.script({ meets: { fault: 'answer', status } });
      await stripe.transfers.create(toBob, other).catch(() => undefined);
    }
    await stripe.transfers.create({ ...toBob, amount: 0 }, other).catch(() => undefined);
    expect((await stripe.transfers.create(toBob, other)).lastResponse.headers['idempotent-replayed']).toBeUndefined();
  });
});

describe('a fault', () => {
  it('executes a request that arrives late once, where it was sent again under its key meanwhile', async () => {
    const { peer, stripe } = await start();
    await peer.fund('usd', 5000n);
    for (const key of ['once', 'again']) {
      // The SDK itself sends once more when a connection is closed.
      await peer.script({ path: '/v1/transfers', times: 2, meets: { fault: 'cut', effect: { laterMs: 1000 } } });
      await stripe.transfers.create(toBob, { idempotencyKey: key }).catch((error: unknown) => error);
      expect(await peer.transfers()).toHaveLength(key === 'once' ? 0 : 1);
      if (key === 'again') await stripe.transfers.create(toBob, { idempotencyKey: key });
      await peer.advance(1000);
    }
    expect(await peer.transfers()).toHaveLength(2);
  });

  it('by script: executed or not, at once or later', async () => {
    const { peer, stripe } = await start();
    await peer.fund('usd', 10_000n);
    const count = async () => (await peer.transfers()).length;
    const fail = (idempotencyKey: string) => stripe.transfers.create(toBob, { idempotencyKey }).catch(codeOf);
    await peer.script({ meets: { fault: 'answer', status: 500, kept: true } });
    expect(await fail('key-1')).toEqual([500, 'api_error']);
    expect([await fail('key-1'), await count()]).toEqual([[500, 'api_error'], 0]);
    await peer.script({ meets: { fault: 'answer', status: 500, effect: 'now', kept: true } });
    await fail('key-2');
    expect(await count()).toBe(1);
    await peer.script({ meets: { fault: 'answer', status: 500, effect: { laterMs: 1000 }, kept: true } });
    await fail('key-3');
    expect(await count()).toBe(1);
    await peer.advance(1000);
    expect(await count()).toBe(2);
    expect(await fail('key-3')).toEqual([500, 'api_error']);
  });

  it('by chance is the same for the same seed, key and send', async () => {
    const chances = { seed: '7', post: { failed: 0.3, throttled: 0.3 } };
    const run = async () => {
      const { peer, stripe } = await start({ chances });
      await peer.fund('usd', 1_000_000n);
      const ends: unknown[] = [];
      for (let at = 0; at < 20; at += 1) {
        const sent = await stripe.transfers.create(toBob, { idempotencyKey: `key-${at}` }).catch(codeOf);
        ends.push(Array.isArray(sent) ? sent[0] : 200);
      }
      return ends;
    };
    const ends = await run();
    expect(new Set(ends)).toEqual(new Set([200, 429, 500]));
    expect(await run()).toEqual(ends);
  });
});

describe('chances of later attempts', () => {
  it('stand in for the others once the metadata says that it is one', async () => {
    const { peer, stripe } = await start({ chances: { seed: '7', post: { throttled: 1 }, later: {} } });
    await peer.fund('usd', 10_000n);
    const send = (attempt: string) =>
      stripe.transfers
        .create({ ...toBob, metadata: { attempt } }, { idempotencyKey: `key-${attempt}` })
        .then(() => 'sent', codeOf);
    expect([await send('1'), await send('2')]).toEqual([[429, 'rate_limit'], 'sent']);
  });
});

describe('webhooks', () => {
  it('are of the types that were asked for, and of all where none was', async () => {
    const waiting = async (webhooks: Partial<PeerWebhooks>) => {
      const { peer, stripe } = await start({
        webhooks: { url: 'http://127.0.0.1:9/', secret: 'whsec_1', ...webhooks },
      });
      await peer.fund('usd', 10_000n);
      await stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        confirm: true,
        payment_method: 'pm_card_visa',
      });
      await stripe.transfers.create(toBob);
      return peer.waiting();
    };
    expect(await waiting({})).toBe(3);
    expect(await waiting({ events: ['transfer.created'] })).toBe(1);
  });
});

describe('a peer with a folder', () => {
  it('knows after a kill what it knew before', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'stripe-peer-'));
    folders.push(folder);
    const first = await spawnStripePeer({ folder });
    open.push(first);
    await first.fund('usd', 10_000n);
    await first.setAccount('acct_shut', { closed: true });
    const made = await clientOf(first).transfers.create(toBob, { idempotencyKey: 'key-1' });
    const book = await connectStripePeer(first.url).book();
    await first.kill();
    const { peer, stripe } = await start({ folder });
    expect(await peer.book()).toEqual(book);
    expect(book.usd).toMatchObject({ transferred: 1000n, available: 9000n });
    expect((await stripe.transfers.create(toBob, { idempotencyKey: 'key-1' })).id).toBe(made.id);
    const shut = { ...toBob, destination: 'acct_shut' };
    expect(codeOf(await stripe.transfers.create(shut).catch((error: unknown) => error))).toEqual([
      400,
      'account_closed',
    ]);
    expect((await stripe.transfers.create(toBob)).id).not.toBe(made.id);
  });
});
