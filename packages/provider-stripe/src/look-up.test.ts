import type { OperationKind } from '@holdfast/providers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, minor, never, openPeerWorld, type PeerWorld, sendOf, transferOf } from '../test/peer-world.ts';
import { createStripeProvider } from './index.ts';

const noon = Date.parse('2026-11-21T12:00:00.000Z');
const since = '2026-11-21T12:00:00.000Z';
let world: PeerWorld;
beforeEach(async () => {
  world = await openPeerWorld({
    peer: { clock: () => noon },
    provider: {
      parameters: ({ kind }) => (kind === 'collect' ? { payment_method: 'pm_card_visa', confirm: 'true' } : {}),
    },
  });
});
afterEach(() => world.close());

const look = async (kind: OperationKind, reference: string, object?: string) =>
  (
    await world.provider.lookup({ kind, reference, since, ...(object === undefined ? {} : { object }) }, never())
  )._unsafeUnwrap();

async function submit(changes: Parameters<typeof transferOf>[0], key: string): Promise<string> {
  const outcome = await world.provider.submit(sendOf(world.provider, transferOf(changes), key), never());
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.observation.object;
}

describe('a look-up', () => {
  it('finds what was executed though its answer was lost', async () => {
    await world.peer.script({ method: 'POST', times: 2, meets: { fault: 'cut', effect: 'now' } });
    const send = sendOf(world.provider, transferOf(), 'key-1');
    expect(await world.provider.submit(send, never())).toMatchObject({ outcome: 'unknown', reason: 'silence' });
    expect((await look('transfer', 'payout-7')).found).toMatchObject([{ kind: 'transfer', reference: 'payout-7' }]);
  });

  it('finds every attempt on every page, to whatever destination', async () => {
    for (let at = 0; at < 103; at += 1) {
      await submit({ destination: at % 2 === 0 ? 'acct_bob' : 'acct_eve', amount: minor(1n) }, `key-${at}`);
    }
    await submit({ reference: 'payout-70' }, 'key-other');
    const { found } = await look('transfer', 'payout-7');
    expect(new Set(found.map(({ object }) => object)).size).toBe(103);
    const asked = (await world.peer.requests()).filter(({ url }) => url.startsWith('/v1/transfers?'));
    expect(asked.map(({ url }) => url.includes('starting_after'))).toEqual([false, true]);
  });

  it('finds all reversals of a transfer, more than it carries', async () => {
    const sent = await submit({}, 'key-1');
    for (let at = 0; at < 12; at += 1) await world.peer.reverse(sent, 10n);
    const { found } = await look('transfer', 'payout-7');
    expect(found[0]?.returns).toHaveLength(12);
    expect(found[0]?.returns[0]).not.toHaveProperty('reference');
  });

  it('finds a payment with what went back, by whomever', async () => {
    const paid = await submit({ kind: 'collect', reference: 'charge-1', amount: minor(500n) }, 'key-1');
    expect((await look('collect', 'charge-1')).found).toMatchObject([{ object: paid, returns: [] }]);
    await submit({ kind: 'refund', reference: 'refund-1', amount: minor(100n), object: paid }, 'key-2');
    await world.stripe.refunds.create({ payment_intent: paid, amount: 50 });
    const failed = await world.stripe.refunds.create({ payment_intent: paid, amount: 7 });
    await world.peer.failRefund(failed.id);
    const { found } = await look('collect', 'charge-1');
    expect(found[0]?.returns.map(({ amount, reference }) => [amount.minor, reference])).toEqual([
      [100n, 'refund-1'],
      [50n, undefined],
    ]);
  });

  it('finds a payment that is named, however long ago it was made, with its disputes', async () => {
    const paid = await submit({ kind: 'collect', reference: 'charge-1', amount: minor(500n) }, 'key-1');
    await world.peer.dispute(paid, 'under_review');
    const query = { kind: 'collect', reference: 'charge-1', since: '2027-11-21T12:00:00.000Z' } as const;
    const ask = async (object?: string) =>
      (await world.provider.lookup({ ...query, ...(object === undefined ? {} : { object }) }, never()))._unsafeUnwrap();
    expect(await ask()).toMatchObject({ found: [], conclusive: true });
    const dispute = { id: 'dp_00000001', amount: minor(500n), standing: 'open', reason: 'fraudulent' };
    expect((await ask(paid)).found).toMatchObject([{ object: paid, status: 'succeeded', disputes: [dispute] }]);
    await world.peer.dispute(paid, 'lost');
    expect((await ask(paid)).found[0]?.disputes).toMatchObject([{ standing: 'lost' }]);
    expect((await look('collect', 'charge-1')).found[0]?.disputes).toMatchObject([{ standing: 'lost' }]);
  });

  it('by another name than the payment’s finds what carries the reference all the same', async () => {
    const other = await submit({ kind: 'collect', reference: 'charge-2', amount: minor(5n) }, 'key-2');
    const paid = await submit({ kind: 'collect', reference: 'charge-1', amount: minor(500n) }, 'key-1');
    expect((await look('collect', 'charge-1', other)).found).toMatchObject([{ object: paid }]);
    expect((await look('collect', 'charge-1', 'pi_none')).found).toMatchObject([{ object: paid }]);
  });

  it('finds payments, refunds, reversals and payouts', async () => {
    const paid = await submit({ kind: 'collect', reference: 'charge-1', amount: minor(500n) }, 'key-1');
    await submit({ kind: 'refund', reference: 'refund-1', amount: minor(100n), object: paid }, 'key-2');
    const sent = await submit({}, 'key-3');
    await submit({ kind: 'reverse_transfer', reference: 'reversal-1', amount: minor(1n), object: sent }, 'key-4');
    await submit({ kind: 'payout', reference: 'bank-1', amount: minor(7n), destination: 'ba_1' }, 'key-5');
    expect((await look('collect', 'charge-1')).found).toMatchObject([{ object: paid, amount: minor(500n) }]);
    expect((await look('refund', 'refund-1')).found).toMatchObject([{ amount: minor(100n) }]);
    expect((await look('refund', 'refund-1', paid)).found).toMatchObject([{ amount: minor(100n) }]);
    // An inbox names the refund itself.
    expect((await look('refund', 'refund-1', 're_00000001')).found).toMatchObject([{ amount: minor(100n) }]);
    expect((await look('reverse_transfer', 'reversal-1', sent)).found).toMatchObject([{ amount: minor(1n) }]);
    expect((await look('payout', 'bank-1')).found).toMatchObject([{ amount: minor(7n), destination: 'ba_1' }]);
    expect(await look('refund', 'refund-2', paid)).toMatchObject({ found: [], conclusive: true });
    expect(await look('reverse_transfer', 'reversal-2', sent)).toMatchObject({ found: [], conclusive: true });
  });

  it('sees a capture, a void and a cancelled payout on what they changed', async () => {
    const paid = await submit({ kind: 'collect', reference: 'charge-1', amount: minor(500n) }, 'key-1');
    const bank = await submit({ kind: 'payout', reference: 'bank-1', amount: minor(7n), destination: 'ba_1' }, 'key-2');
    expect((await look('capture', 'capture-1', paid)).found).toMatchObject([
      { kind: 'capture', reference: 'capture-1' },
    ]);
    expect(await look('void', 'void-1', paid)).toMatchObject({ found: [], conclusive: true });
    expect(await look('cancel_payout', 'cancel-1', bank)).toMatchObject({ found: [], conclusive: true });
    await submit({ kind: 'cancel_payout', reference: 'cancel-1', object: bank }, 'key-3');
    expect((await look('cancel_payout', 'cancel-1', bank)).found).toMatchObject([{ status: 'succeeded' }]);
    expect(await look('capture', 'capture-1', 'pi_none')).toMatchObject({ found: [], conclusive: true });
  });

  it('proves nothing of a reversal whose transfer is not named', async () => {
    expect(await look('reverse_transfer', 'reversal-1')).toMatchObject({ found: [], conclusive: false });
  });
});

describe('absence', () => {
  it('is conclusive once Stripe has said whose key it is, which is asked once', async () => {
    expect(await look('transfer', 'payout-7')).toMatchObject({ found: [], conclusive: true });
    expect(await look('transfer', 'payout-8')).toMatchObject({ found: [], conclusive: true });
    const asked = (await world.peer.requests()).filter(({ url }) => url === '/v1/account');
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['account', { account: 'acct_other' as string, mode: 'sandbox' as 'sandbox' | 'live' }],
    ['mode', { account: 'acct_platform' as string, mode: 'live' as 'sandbox' | 'live' }],
  ])('proves nothing with a key of another %s', async (what, seat) => {
    const provider = createStripeProvider({ stripe: clientOf(world.peer), ...seat });
    const answer = await provider.lookup({ kind: 'transfer', reference: 'payout-7', since }, never());
    expect(answer._unsafeUnwrap()).toMatchObject({ found: [], conclusive: false, why: expect.stringContaining(what) });
  });

  it('proves nothing when Stripe does not say whose key it is', async () => {
    const error = { type: 'invalid_request_error', message: 'no' };
    await world.peer.script({ path: '/v1/account', meets: { fault: 'answer', status: 403, error } });
    expect(await look('transfer', 'payout-7')).toMatchObject({ found: [], conclusive: false });
    expect(await look('transfer', 'payout-7')).toMatchObject({ found: [], conclusive: true });
  });
});

describe('a look-up that fails', () => {
  it.each([
    ['401', { fault: 'answer', status: 401 }, 'provider_refused', false],
    ['429', { fault: 'answer', status: 429 }, 'provider_unavailable', true],
    ['500', { fault: 'answer', status: 500 }, 'provider_unavailable', true],
    ['HTML', { fault: 'body', status: 200, text: '<html>' }, 'provider_unreadable', true],
    [
      'an object for a list',
      { fault: 'body', status: 200, text: '{"object":"transfer"}' },
      'provider_unreadable',
      true,
    ],
    ['silence', { fault: 'hang', effect: 'none' }, 'provider_timeout', true],
    ['a truncated answer', { fault: 'truncate' }, 'provider_unavailable', true],
  ] as const)('is a fault: %s', async (_, meets, code, retryable) => {
    await submit({}, 'key-1');
    const provider = createStripeProvider({
      stripe: world.stripe,
      account: 'acct_platform',
      mode: 'sandbox',
      timeoutMs: meets.fault === 'hang' ? 300 : 60_000,
    });
    await world.peer.script({ method: 'GET', meets });
    const answer = await provider.lookup({ kind: 'transfer', reference: 'payout-7', since }, never());
    expect(answer._unsafeUnwrapErr()).toMatchObject({ fault: true, code, retryable, effect: 'none' });
  });

  it('is a fault when an object of the list cannot be read, which is left out never', async () => {
    const error = {
      object: 'list',
      has_more: false,
      url: '',
      data: [{ id: 'tr_1', object: 'transfer', transfer_group: 'payout-7' }],
    };
    await world.peer.script({
      method: 'GET',
      meets: { fault: 'body', status: 200, type: 'application/json', text: JSON.stringify(error) },
    });
    const answer = await world.provider.lookup({ kind: 'transfer', reference: 'payout-7', since }, never());
    expect(answer._unsafeUnwrapErr()).toMatchObject({
      code: 'provider_unreadable',
      message: expect.stringContaining('tr_1'),
    });
  });

  it('is a fault when an object is of the other mode', async () => {
    await submit({}, 'key-1');
    const live = createStripeProvider({ stripe: world.stripe, account: 'acct_platform', mode: 'live' });
    const answer = await live.lookup({ kind: 'transfer', reference: 'payout-7', since }, never());
    expect(answer._unsafeUnwrapErr()).toMatchObject({ code: 'provider_refused' });
  });
});

it('a probe moves nothing and says when', async () => {
  expect((await world.provider.probe(never()))._unsafeUnwrap().at).toMatch(/Z$/);
  await world.peer.script({ path: '/v1/balance', meets: { fault: 'answer', status: 503 } });
  expect((await world.provider.probe(never()))._unsafeUnwrapErr().code).toBe('provider_unavailable');
});
