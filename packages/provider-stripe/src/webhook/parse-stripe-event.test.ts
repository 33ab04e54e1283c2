import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instantAt } from '@holdfast/kernel';
import type { VerifiedDelivery } from '@holdfast/providers';
import { afterEach, describe, expect, it } from 'vitest';
import { minor, never, openPeerWorld, type PeerWorld, sendOf, transferOf } from '../../test/peer-world.ts';
import { parseStripeEvent } from './parse-stripe-event.ts';
import { stripeEndpoint } from './stripe-endpoint.ts';
import { stripeWebhookReader } from './stripe-webhook-reader.ts';
import { verifyStripeWebhook } from './verify-stripe-webhook.ts';

const at = '2026-11-21T12:00:00.000Z';

function delivered(body: unknown, changes: Partial<VerifiedDelivery> = {}): VerifiedDelivery {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const seat = { endpoint: 'hook-1', provider: 'stripe', account: 'acct_platform', mode: 'sandbox' } as const;
  return { ...seat, receivedAt: at, headers: {}, body: Buffer.from(text), ...changes };
}

const seconds = Date.parse(at) / 1000;

function eventOf(type: string, object: unknown, more: object = {}): object {
  return { id: 'evt_1', object: 'event', type, created: seconds, livemode: false, data: { object }, ...more };
}

const transfer = {
  id: 'tr_1',
  object: 'transfer',
  amount: 1234,
  amount_reversed: 0,
  created: seconds,
  currency: 'usd',
  destination: 'acct_bob',
  livemode: false,
  metadata: { book: 'main', reference: 'payout-7' },
  reversed: false,
  transfer_group: 'payout-7',
};

describe('an event', () => {
  it('gives the observation that a look-up gives', () => {
    const said = parseStripeEvent(delivered(eventOf('transfer.created', transfer)))._unsafeUnwrap();
    expect(said).toEqual({
      event: 'observed',
      id: 'evt_1',
      type: 'transfer.created',
      createdAt: at,
      lookUps: [],
      observations: [
        {
          provider: 'stripe',
          account: 'acct_platform',
          mode: 'sandbox',
          kind: 'transfer',
          object: 'tr_1',
          status: 'succeeded',
          rawStatus: 'created',
          reference: 'payout-7',
          metadata: { book: 'main', reference: 'payout-7' },
          amount: minor(1234n),
          destination: 'acct_bob',
          returns: [],
          createdAt: at,
        },
      ],
    });
  });

  it('of a connected account is of that account, not of ours', () => {
    const payout = {
      id: 'po_1',
      object: 'payout',
      amount: 500,
      created: seconds,
      currency: 'usd',
      livemode: false,
      metadata: {},
      status: 'failed',
      failure_code: 'account_closed',
    };
    const event = eventOf('payout.failed', payout, { account: 'acct_bob' });
    expect(parseStripeEvent(delivered(event))._unsafeUnwrap()).toMatchObject({
      observations: [{ account: 'acct_bob', kind: 'payout', status: 'failed', failure: 'account_closed' }],
    });
  });

  it.each([
    ['requires_payment_method', 'action_required'],
    ['requires_confirmation', 'action_required'],
    ['requires_action', 'action_required'],
    ['processing', 'pending'],
    ['requires_capture', 'pending'],
    ['succeeded', 'succeeded'],
    ['canceled', 'cancelled'],
    ['Succeeded', 'unrecognised'],
    ['succeeded ', 'unrecognised'],
    ['constructor', 'unrecognised'],
    ['a_status_of_2030', 'unrecognised'],
  ])('of a payment intent that is %s is %s', (raw, status) => {
    const intent = {
      id: 'pi_1',
      object: 'payment_intent',
      amount: 500,
      created: seconds,
      currency: 'usd',
      status: raw,
    };
    const said = parseStripeEvent(delivered(eventOf('payment_intent.succeeded', intent)))._unsafeUnwrap();
    expect(said).toMatchObject({ observations: [{ kind: 'collect', status, rawStatus: raw }] });
  });

  it.each([
    ['pending', 'pending'],
    ['requires_action', 'action_required'],
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'cancelled'],
    ['other', 'unrecognised'],
  ])('of a refund that is %s is %s', (raw, status) => {
    const refund = { id: 're_1', object: 'refund', amount: 500, created: seconds, currency: 'usd', status: raw };
    for (const type of ['refund.updated', 'charge.refund.updated']) {
      const said = parseStripeEvent(delivered(eventOf(type, refund)))._unsafeUnwrap();
      expect(said).toMatchObject({ observations: [{ kind: 'refund', status, rawStatus: raw }] });
    }
  });

  it.each([
    ['pending', 'pending'],
    ['in_transit', 'pending'],
    ['paid', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'cancelled'],
    ['other', 'unrecognised'],
  ])('of a payout that is %s is %s', (raw, status) => {
    const payout = { id: 'po_1', object: 'payout', amount: 500, created: seconds, currency: 'usd', status: raw };
    const said = parseStripeEvent(delivered(eventOf('payout.updated', payout)))._unsafeUnwrap();
    expect(said).toMatchObject({ observations: [{ kind: 'payout', status, rawStatus: raw }] });
  });

  it('says a payment that came in short with what came in', () => {
    const intent = {
      id: 'pi_1',
      object: 'payment_intent',
      amount: 500,
      amount_received: 300,
      created: seconds,
      currency: 'usd',
      status: 'succeeded',
    };
    const said = parseStripeEvent(delivered(eventOf('payment_intent.succeeded', intent)))._unsafeUnwrap();
    expect(said).toMatchObject({ observations: [{ status: 'succeeded', amount: minor(300n) }] });
  });

  it('of a reversal asks for a look-up where the transfer does not carry them all', () => {
    const reversed = { ...transfer, amount_reversed: 234 };
    const said = parseStripeEvent(delivered(eventOf('transfer.reversed', reversed)))._unsafeUnwrap();
    expect(said).toMatchObject({
      observations: [{ rawStatus: 'partially_reversed', returns: [] }],
      lookUps: [{ kind: 'transfer', object: 'tr_1' }],
    });
  });

  it.each([
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['warning_needs_response', 'open'],
    ['a_status_of_2030', 'open'],
    ['won', 'ended'],
    ['warning_closed', 'ended'],
    ['prevented', 'ended'],
    ['lost', 'lost'],
  ])('of a dispute that is %s says that it is %s', (status, standing) => {
    const dispute = {
      id: 'dp_1',
      object: 'dispute',
      amount: 500,
      created: seconds,
      currency: 'usd',
      status,
      charge: 'ch_1',
      payment_intent: 'pi_1',
      reason: 'fraudulent',
    };
    const said = parseStripeEvent(delivered(eventOf('charge.dispute.updated', dispute)))._unsafeUnwrap();
    expect(said).toMatchObject({
      observations: [],
      lookUps: [{ kind: 'collect', object: 'pi_1' }],
      dispute: { id: 'dp_1', object: 'pi_1', amount: minor(500n), standing, rawStatus: status, reason: 'fraudulent' },
    });
  });

  it.each(['__proto__', 'constructor', 'customer.created', 'charge.succeeded', ''])('named %o is ignored', (type) => {
    const said = parseStripeEvent(delivered(eventOf(type, { id: 'x' })))._unsafeUnwrap();
    expect(said).toEqual({ event: 'ignored', id: 'evt_1', type });
  });

  it('that is thin names its object, which is not fetched', () => {
    const thin = {
      id: 'evt_2',
      object: 'v2.core.event',
      type: 'v2.core.account.updated',
      related_object: { id: 'acct_1', type: 'v2.core.account', url: 'http://169.254.169.254/' },
    };
    expect(parseStripeEvent(delivered(thin))._unsafeUnwrap()).toEqual({
      event: 'thin',
      id: 'evt_2',
      type: 'v2.core.account.updated',
      related: { id: 'acct_1', type: 'v2.core.account' },
    });
  });
});

describe('an event that is not read', () => {
  it.each<[string, unknown, string]>([
    ['of the other mode', eventOf('transfer.created', transfer, { livemode: true }), 'stripe_mode_mismatch'],
    ['without an id', eventOf('transfer.created', transfer, { id: undefined }), 'stripe_event_unreadable'],
    ['with another object', eventOf('transfer.created', { ...transfer, object: 'payout' }), 'stripe_event_unreadable'],
    ['with an amount as text', eventOf('transfer.created', { ...transfer, amount: '100' }), 'stripe_event_unreadable'],
    [
      'with an amount below nothing',
      eventOf('transfer.created', { ...transfer, amount: -1 }),
      'stripe_event_unreadable',
    ],
    [
      'with a currency that is none',
      eventOf('transfer.created', { ...transfer, currency: 'zzz' }),
      'stripe_event_unreadable',
    ],
    ['a thin one without an id', { object: 'v2.core.event', type: 'x' }, 'stripe_event_unreadable'],
    ['null', 'null', 'stripe_event_unreadable'],
    ['a list', '[]', 'stripe_event_unreadable'],
    ['a text', '"x"', 'stripe_event_unreadable'],
    ['nothing', '', 'json_unreadable'],
    ['no JSON', '<html>', 'json_unreadable'],
    ['a field twice', '{"id":"evt_1","id":"evt_2"}', 'json_unreadable'],
    ['200,000 levels', '['.repeat(200_000), 'json_unreadable'],
  ])('%s', (_, body, code) => {
    expect(parseStripeEvent(delivered(body))._unsafeUnwrapErr().code).toBe(code);
  });

  it.each(['1e400', '9007199254740993', '100.0'])('with the amount %s', (amount) => {
    const text = JSON.stringify(eventOf('transfer.created', transfer)).replace(':1234,', `:${amount},`);
    expect(parseStripeEvent(delivered(text))._unsafeUnwrapErr().code).toBe('stripe_event_unreadable');
  });
});

describe('what an inbox reads', () => {
  const read = (body: object, account = 'acct_platform') =>
    stripeWebhookReader({ account, mode: 'sandbox' })({
      event: 'evt_1',
      endpoint: 'hook-1',
      receivedAt: at,
      body: Buffer.from(JSON.stringify(body)),
    });

  it('is the observation of an event that tells enough', () => {
    expect(read(eventOf('transfer.created', transfer))._unsafeUnwrap()).toMatchObject([
      { object: 'tr_1', status: 'succeeded', reference: 'payout-7' },
    ]);
  });

  it('is to be looked up where the event does not', () => {
    const reversed = eventOf('transfer.reversed', { ...transfer, amount_reversed: 234 });
    expect(read(reversed)._unsafeUnwrap()).toMatchObject([{ object: 'tr_1', status: 'unrecognised' }]);
    const charge = {
      id: 'ch_1',
      object: 'charge',
      amount: 500,
      amount_captured: 400,
      amount_refunded: 100,
      created: seconds,
      currency: 'usd',
      payment_intent: 'pi_1',
    };
    expect(read(eventOf('charge.refunded', charge))._unsafeUnwrap()).toMatchObject([
      { kind: 'collect', object: 'pi_1', status: 'unrecognised', rawStatus: 'partially_refunded', amount: minor(400n) },
    ]);
    const dispute = { id: 'dp_1', object: 'dispute', amount: 500, created: seconds, currency: 'usd', charge: 'ch_1' };
    expect(read(eventOf('charge.dispute.closed', { ...dispute, status: 'lost' }))._unsafeUnwrap()).toMatchObject([
      { object: 'ch_1', status: 'unrecognised', rawStatus: 'dispute.lost', returns: [{ id: 'dp_1' }] },
    ]);
  });

  it('is nothing of a connected account, a thin event or one that moves nothing', () => {
    expect(read(eventOf('transfer.created', transfer, { account: 'acct_bob' }))._unsafeUnwrap()).toEqual([]);
    expect(read({ id: 'evt_2', object: 'v2.core.event', type: 'x' })._unsafeUnwrap()).toEqual([]);
    expect(read(eventOf('customer.created', {}))._unsafeUnwrap()).toEqual([]);
  });

  it('says why an event cannot be read', () => {
    expect(read({})._unsafeUnwrapErr()).toMatchObject({
      code: 'delivery_unreadable',
      why: expect.stringContaining('stripe_event_unreadable id'),
    });
    expect(read(eventOf('transfer.created', transfer, { livemode: true }))._unsafeUnwrapErr().why).toBe(
      'stripe_mode_mismatch',
    );
  });
});

describe('the webhooks of a peer', () => {
  let world: PeerWorld | undefined;
  afterEach(async () => {
    await world?.close();
  });

  it('verify and read, twice and in any order, to what a look-up finds', async () => {
    const secret = 'whsec_5Hq2o8sXDvVYr0mPz3nW7cKe1LtJ9bAf';
    const options = { id: 'hook-1', provider: 'stripe', account: 'acct_platform', mode: 'sandbox' } as const;
    const endpoint = stripeEndpoint({ ...options, secrets: [{ secret }] })._unsafeUnwrap();
    const said: unknown[] = [];
    const host = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const received = { headers: request.headers, rawBody: Buffer.concat(parts), receivedAt: instantAt(Date.now()) };
        const delivery = verifyStripeWebhook(endpoint, received)._unsafeUnwrap();
        said.push(parseStripeEvent(delivery)._unsafeUnwrap());
        response.end();
      });
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/webhooks`;
    world = await openPeerWorld({ peer: { webhooks: { url, secret, duplicated: 1, shuffled: true } } });
    const { peer, provider } = world;
    const outcome = await provider.submit(sendOf(provider, transferOf()), never());
    expect(await peer.deliver()).toBe(2);
    const observation = outcome.outcome === 'accepted' ? outcome.observation : undefined;
    expect(said).toMatchObject([
      { event: 'observed', type: 'transfer.created', observations: [observation] },
      { event: 'observed', type: 'transfer.created', observations: [observation] },
    ]);
    host.closeAllConnections();
    await new Promise((resolve) => host.close(resolve));
  });
});
