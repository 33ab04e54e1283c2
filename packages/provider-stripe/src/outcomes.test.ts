import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import type { Operation, SubmitOutcome } from '@holdfast/providers';
import type { PeerErrorBody, PeerFault } from '@holdfast/stripe-peer';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { minor, never, openPeerWorld, type PeerWorld, sendOf, transferOf } from '../test/peer-world.ts';
import { selfSigned } from '../test/self-signed.ts';
import { createStripeProvider } from './index.ts';

const clock = () => '2026-11-21T12:00:00.000Z';
let world: PeerWorld;
let count = 0;
beforeAll(async () => {
  world = await openPeerWorld({ provider: { timeoutMs: 60_000, clock } });
});
afterAll(() => world.close());
beforeEach(async () => {
  count += 1;
  await world.peer.clearScript();
});

/** A send of its own reference and key, with a fault in its way. */
async function sent(meets: PeerFault | undefined, changes: Partial<Operation> = {}): Promise<SubmitOutcome> {
  if (meets !== undefined) await world.peer.script({ method: 'POST', times: 1, meets });
  const operation = transferOf({ reference: `payout-${count}`, ...changes });
  // Only where no answer comes is it not waited for long.
  const hasty = { stripe: world.stripe, account: 'acct_platform', mode: 'sandbox', clock, timeoutMs: 400 } as const;
  const provider = meets?.fault === 'hang' ? createStripeProvider(hasty) : world.provider;
  return provider.submit(sendOf(provider, operation, `key-${count}`), never());
}

function no(status: number, error: PeerErrorBody, headers: { readonly [name: string]: string } = {}): PeerFault {
  return { fault: 'answer', status, error, headers };
}

const invalid = (code: string, more: { readonly param?: string } = {}): PeerErrorBody => ({
  type: 'invalid_request_error',
  code,
  message: 'no',
  ...more,
});

describe('what a send comes to', () => {
  it.each<[string, PeerFault | undefined, object]>([
    ['200', undefined, { outcome: 'accepted', replayed: false }],
    ['400 of validation', no(400, invalid('parameter_unknown')), { outcome: 'rejected', advice: 'stop', kept: false }],
    ['400 balance_insufficient', no(400, invalid('balance_insufficient')), { advice: 'fund_platform', kept: true }],
    [
      '400 missing capability',
      no(400, invalid('insufficient_capabilities_for_transfer')),
      { advice: 'hold_payee', kept: true },
    ],
    ['400 account_closed', no(400, invalid('account_closed')), { advice: 'hold_payee', kept: true }],
    [
      '400 no such destination',
      no(400, invalid('resource_missing', { param: 'destination' })),
      { advice: 'fix_destination' },
    ],
    ['401', no(401, { type: 'invalid_request_error', message: 'no' }), { advice: 'close_provider', kept: false }],
    ['402', no(402, { type: 'card_error', code: 'card_declined', message: 'no' }), { advice: 'stop', kept: true }],
    ['403', no(403, { type: 'invalid_request_error', message: 'no' }), { advice: 'close_provider', kept: false }],
    ['404', no(404, invalid('resource_missing')), { outcome: 'rejected', advice: 'stop' }],
    ['409 key in use', no(409, invalid('idempotency_key_in_use')), { outcome: 'unknown', reason: 'key_in_use' }],
    ['409 otherwise', no(409, invalid('lock_timeout')), { outcome: 'rejected', advice: 'retry_later', kept: false }],
    [
      '429',
      no(429, invalid('rate_limit'), { 'retry-after': '7' }),
      { outcome: 'rejected', advice: 'retry_later', kept: false, retryAt: '2026-11-21T12:00:07.000Z' },
    ],
    [
      '429 that is marked as a replay',
      no(429, invalid('rate_limit'), { 'idempotent-replayed': 'true' }),
      { advice: 'retry_later', kept: false, replayed: true },
    ],
    ['429 lock_timeout', no(429, invalid('lock_timeout')), { advice: 'retry_later', kept: false }],
    ['500', no(500, { type: 'api_error', message: 'no' }), { outcome: 'unknown', reason: 'server_error' }],
    ['502', no(502, { type: 'api_error', message: 'no' }), { outcome: 'unknown', reason: 'server_error' }],
    ['503', no(503, { type: 'api_error', message: 'no' }), { outcome: 'unknown', reason: 'server_error' }],
    [
      '504 without a word',
      { fault: 'body', status: 504, type: 'application/json', text: '{}' },
      { reason: 'server_error' },
    ],
    ['idempotency_error', no(400, { type: 'idempotency_error', message: 'no' }), { outcome: 'conflict', field: 'key' }],
    ['a cut after executing', { fault: 'cut', effect: 'now' }, { outcome: 'accepted', replayed: true }],
    ['silence', { fault: 'hang', effect: 'now' }, { outcome: 'unknown', reason: 'silence' }],
    ['a truncated answer', { fault: 'truncate' }, { outcome: 'unknown', reason: 'silence' }],
    ['HTML with 200', { fault: 'body', status: 200, text: '<html>' }, { outcome: 'unknown', reason: 'unreadable' }],
    ['HTML with 502', { fault: 'body', status: 502, text: '<html>' }, { outcome: 'unknown', reason: 'unreadable' }],
    ['HTML with 403', { fault: 'body', status: 403, text: '<html>' }, { outcome: 'unknown', reason: 'unreadable' }],
    ['204', { fault: 'body', status: 204, text: '' }, { outcome: 'unknown', reason: 'unreadable' }],
    ['JSON null', { fault: 'body', status: 200, text: 'null' }, { outcome: 'unknown', reason: 'unreadable' }],
    ['a list for an object', { fault: 'body', status: 200, text: '[]' }, { outcome: 'unknown', reason: 'unreadable' }],
    ['200 with an error in it', { fault: 'body', status: 200, text: '{"error":{"type":"x"}}' }, { outcome: 'unknown' }],
    [
      '302',
      { fault: 'body', status: 302, type: 'application/json', text: '{}' },
      { outcome: 'unknown', reason: 'unreadable' },
    ],
    ['404 of a proxy', { fault: 'body', status: 404, type: 'application/json', text: '{}' }, { outcome: 'unknown' }],
    [
      'another amount',
      { fault: 'change', set: { amount: 1235 } },
      { outcome: 'conflict', field: 'amount', got: '12.35 USD' },
    ],
    ['another currency', { fault: 'change', set: { currency: 'eur' } }, { outcome: 'conflict', field: 'amount' }],
    [
      'another destination',
      { fault: 'change', set: { destination: 'acct_eve' } },
      { outcome: 'conflict', field: 'destination' },
    ],
    [
      'another reference',
      { fault: 'change', set: { metadata: {}, transfer_group: 'payout-other' } },
      { outcome: 'conflict', field: 'reference', got: 'payout-other' },
    ],
    ['the other mode', { fault: 'change', set: { livemode: true } }, { outcome: 'conflict', field: 'livemode' }],
    [
      'an amount that JSON rounds',
      { fault: 'change', set: { amount: 2 ** 53 } },
      { outcome: 'unknown', reason: 'unreadable' },
    ],
    ['an amount as text', { fault: 'change', set: { amount: '1234' } }, { outcome: 'unknown', reason: 'unreadable' }],
    [
      'an amount below nothing',
      { fault: 'change', set: { amount: -1234 } },
      { outcome: 'unknown', reason: 'unreadable' },
    ],
    ['no id', { fault: 'change', set: { id: null } }, { outcome: 'unknown', reason: 'unreadable' }],
    ['a number for an id', { fault: 'change', set: { id: 7 } }, { outcome: 'unknown', reason: 'unreadable' }],
    [
      'an id of ten kilobytes',
      { fault: 'change', set: { id: 'x'.repeat(10_000) } },
      { outcome: 'unknown', reason: 'unreadable' },
    ],
    [
      'an object of another kind',
      { fault: 'change', set: { object: 'payout' } },
      { outcome: 'unknown', reason: 'unreadable' },
    ],
    [
      'a fee below nothing',
      { fault: 'change', set: { balance_transaction: { fee: -1, currency: 'usd' } } },
      { outcome: 'unknown', reason: 'unreadable' },
    ],
  ])('%s', async (_, fault, expected) => {
    expect(await sent(fault)).toMatchObject(expected);
  });

  it('takes a payee who has too little for a reversal for no shortage of ours', async () => {
    const accepted = await sent(undefined);
    if (accepted.outcome !== 'accepted') throw new Error(accepted.outcome);
    const { object, amount } = accepted.observation;
    const reversal = { kind: 'reverse_transfer', reference: 'r-1', amount, object, metadata: {} } as const;
    const meets = no(400, invalid('balance_insufficient'));
    await world.peer.script({ method: 'POST', path: '/reversals$', times: 1, meets });
    const answer = await world.provider.submit(sendOf(world.provider, reversal, 'key-r-1'), never());
    expect(answer).toMatchObject({ outcome: 'rejected', advice: 'retry_later', kept: true });
  });

  it('marks a stored no that comes again', async () => {
    await sent(no(400, invalid('balance_insufficient')));
    await world.peer.setAccount('acct_gone', { closed: true });
    const operation = transferOf({ reference: 'payout-gone', destination: 'acct_gone' });
    const send = sendOf(world.provider, operation, 'key-gone');
    const first = await world.provider.submit(send, never());
    expect(first).toEqual({
      outcome: 'rejected',
      code: 'account_closed',
      advice: 'hold_payee',
      kept: true,
      replayed: false,
    });
    expect(await world.provider.submit(send, never())).toEqual({ ...first, replayed: true });
  });

  it('stays a 500 for as long as the key is known', async () => {
    const fault: PeerFault = { fault: 'answer', status: 500, effect: 'now', kept: true };
    const operation = transferOf({ reference: 'payout-500' });
    const send = sendOf(world.provider, operation, 'key-500');
    await world.peer.script({ method: 'POST', meets: fault });
    for (const _ of [1, 2, 3]) {
      expect(await world.provider.submit(send, never())).toMatchObject({ outcome: 'unknown', reason: 'server_error' });
    }
    expect((await world.peer.transfers()).filter((one) => one.transfer_group === 'payout-500')).toHaveLength(1);
  });

  it('is a conflict when the key goes out with another body', async () => {
    const first = transferOf({ reference: 'payout-key' });
    await world.provider.submit(sendOf(world.provider, first, 'key-key'), never());
    const other = { ...first, amount: minor(1n) };
    expect(await world.provider.submit(sendOf(world.provider, other, 'key-key'), never())).toMatchObject({
      outcome: 'conflict',
      field: 'key',
    });
  });

  it.each([
    ['a number', '-1', '2026-11-21T12:00:00.000Z'],
    ['far too far', '999999999', '2026-11-21T13:00:00.000Z'],
    ['a date that is over', 'Sat, 21 Nov 2026 11:00:00 GMT', '2026-11-21T12:00:00.000Z'],
    ['a date', 'Sat, 21 Nov 2026 12:01:00 GMT', '2026-11-21T12:01:00.000Z'],
    ['a text', 'soon', undefined],
  ])('keeps Retry-After within an hour: %s', async (_, header, retryAt) => {
    const outcome = await sent(no(429, invalid('rate_limit'), { 'retry-after': header }));
    expect(outcome).toMatchObject({ outcome: 'rejected' });
    expect('retryAt' in outcome ? outcome.retryAt : undefined).toBe(retryAt);
  });

  it('says nothing of a key or a card in its words', async () => {
    const message = 'Invalid API Key sk_live_51H8abcDEF for card 4242 4242 4242 4242';
    const outcome = await sent(no(500, { type: 'api_error', message }));
    expect(JSON.stringify(outcome)).toContain('[secret]');
    expect(JSON.stringify(outcome)).not.toMatch(/sk_live_51H8|4242 4242/);
  });
});

describe('a send that the client repeats by itself', () => {
  it('stays unknown when the repeat meets a no, for the first one is still open', async () => {
    await world.peer.script(
      { method: 'POST', meets: { fault: 'cut', effect: { laterMs: 1000 } } },
      { method: 'POST', meets: no(429, invalid('rate_limit')) },
    );
    const outcome = await sent(undefined);
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'silence' });
    expect(outcome.outcome === 'unknown' && outcome.detail).toContain('rate_limit');
    expect((await world.peer.requests()).filter(({ key }) => key === `key-${count}`)).toHaveLength(2);
  });

  it('ends with the no where the repeat says that it was given before', async () => {
    await world.peer.setAccount('acct_shut', { closed: true });
    expect(await sent({ fault: 'cut', effect: 'now' }, { destination: 'acct_shut' })).toMatchObject({
      outcome: 'rejected',
      kept: true,
      replayed: true,
    });
  });
});

describe('a send that never reaches Stripe', () => {
  const submitTo = async (config: ConstructorParameters<typeof Stripe>[1]) => {
    const stripe = new Stripe('sk_test_peer', { telemetry: false, ...config });
    const provider = createStripeProvider({ stripe, account: 'acct_platform', mode: 'sandbox', timeoutMs: 60_000 });
    return provider.submit(sendOf(provider, transferOf()), never());
  };

  it('is not sent to a name that is none', async () => {
    expect(await submitTo({ host: 'stripe.invalid', protocol: 'http', port: 80 })).toMatchObject({
      outcome: 'not_sent',
      reason: 'name_not_found',
    });
  });

  it('is not sent to a port that is closed', async () => {
    const port = await closedPort();
    expect(await submitTo({ host: '127.0.0.1', protocol: 'http', port })).toEqual({
      outcome: 'not_sent',
      reason: 'connection_refused',
    });
  });

  it('is not sent where nobody trusts the certificate', async () => {
    let requests = 0;
    const server = createTlsServer(selfSigned, (_, response) => {
      requests += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = portOf(server);
    expect(await submitTo({ host: '127.0.0.1', protocol: 'https', port })).toEqual({
      outcome: 'not_sent',
      reason: 'handshake_failed',
    });
    await new Promise((resolve) => server.close(resolve));
    expect(requests).toBe(0);
  });

  it('stays unknown where a handshake breaks without saying when', async () => {
    expect(await submitTo({ host: '127.0.0.1', protocol: 'https', port: world.peer.port })).toMatchObject({
      outcome: 'unknown',
      reason: 'silence',
    });
  });

  it('is given up before a byte when the signal has fired', async () => {
    const before = (await world.peer.requests()).length;
    const send = sendOf(world.provider, transferOf());
    expect(await world.provider.submit(send, AbortSignal.abort())).toEqual({ outcome: 'not_sent', reason: 'given_up' });
    expect((await world.peer.requests()).length).toBe(before);
  });

  it('is unknown when the signal fires under way', async () => {
    await world.peer.script({ method: 'POST', meets: { fault: 'hang', effect: 'now' } });
    const send = sendOf(world.provider, transferOf({ reference: 'payout-late' }), 'key-late');
    const giving = new AbortController();
    const outcome = world.provider.submit(send, giving.signal);
    await expect.poll(async () => (await world.peer.requests()).some(({ key }) => key === 'key-late')).toBe(true);
    giving.abort();
    expect(await outcome).toMatchObject({ outcome: 'unknown', reason: 'silence' });
  });

  it('is refused here where a body is not one that was stored', async () => {
    const send = { ...sendOf(world.provider, transferOf()), body: 'b=1&a=2' };
    expect(await world.provider.submit(send, never())).toEqual({ outcome: 'not_sent', reason: 'not_capable' });
  });

  it.each<[string, Partial<Operation>, string, string]>([
    ['an amount that Stripe cannot move', { amount: minor(5124n, 'KWD') }, 'amount_not_payable', 'key'],
    ['a transfer to nobody', { destination: '' }, 'destination_invalid', 'key'],
    ['a destination that is a path', { destination: 'acct/../x' }, 'destination_invalid', 'key'],
    ['a reversal of nothing', { kind: 'reverse_transfer' }, 'object_invalid', 'key'],
    ['metadata that Stripe does not keep', { metadata: { 'a[b]': 'x' } }, 'metadata_invalid', 'key'],
    ['a key with a space', {}, 'key_invalid', 'a key'],
    ['a key of 256 characters', {}, 'key_invalid', 'k'.repeat(256)],
  ])('is refused here: %s', async (_, changes, code, key) => {
    const before = (await world.peer.requests()).length;
    const send = sendOf(world.provider, transferOf(changes), key);
    expect(await world.provider.submit(send, never())).toEqual({
      outcome: 'rejected',
      code,
      advice: 'stop',
      kept: false,
      replayed: false,
    });
    expect((await world.peer.requests()).length).toBe(before);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: { address(): ReturnType<Server['address']> }): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
