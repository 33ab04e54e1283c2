import { createHmac, createSecretKey } from 'node:crypto';
import { instantAt, minutes } from '@holdfast/kernel';
import { defineEndpoint, type EndpointOptions, type EndpointSecret, verifyHmac } from '@holdfast/providers';
import * as fc from 'fast-check';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { stripeEndpoint } from './stripe-endpoint.ts';
import { verifyStripeWebhook } from './verify-stripe-webhook.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const stripe = new Stripe('sk_test_generator');
const secret = 'whsec_5Hq2o8sXDvVYr0mPz3nW7cKe1LtJ9bAf';
const other = 'whsec_Zz9y8x7w6v5u4t3s2r1q0pOnMlKjIhGf';
const payload = '{\n  "id": "evt_test_webhook",\n  "object": "event"\n}';
const at = 1_700_000_000;

const base: Omit<EndpointOptions, 'secrets'> = { id: 'hook-1', provider: 'stripe', account: 'acct_1', mode: 'live' };
const endpointOf = (secrets: readonly EndpointSecret[], more: Partial<EndpointOptions> = {}) =>
  stripeEndpoint({ ...base, secrets, ...more })._unsafeUnwrap();

function signed(body = payload, { by = secret, timestamp = at }: { by?: string; timestamp?: number } = {}): string {
  return stripe.webhooks.generateTestHeaderString({ payload: body, secret: by, timestamp });
}

interface Given {
  readonly header?: unknown;
  readonly headers?: Record<string, unknown>;
  readonly body?: unknown;
  readonly now?: number;
  readonly secrets?: readonly EndpointSecret[];
  readonly toleranceMs?: number;
}

function end(given: Given = {}): string {
  const { header = signed(), headers = { 'stripe-signature': header }, body = payload, now = at } = given;
  const { secrets = [{ secret }], toleranceMs } = given;
  const endpoint = endpointOf(secrets, toleranceMs === undefined ? {} : { tolerance: { ms: toleranceMs } });
  const rawBody = (typeof body === 'string' ? Buffer.from(body) : body) as Uint8Array;
  const receivedAt = instantAt(now * 1000);
  const answer = verifyStripeWebhook(endpoint, { headers: headers as never, rawBody, receivedAt });
  if (answer.isOk()) return 'verified';
  return answer.error.code === 'signature_invalid' ? answer.error.reason : answer.error.code;
}

describe("a webhook that Stripe's own client signed", () => {
  it('is verified over its bytes', () => {
    const endpoint = endpointOf([{ secret }]);
    const received = {
      headers: { 'Stripe-Signature': signed() },
      rawBody: Buffer.from(payload),
      receivedAt: instantAt(at * 1000),
    };
    expect(verifyStripeWebhook(endpoint, received)._unsafeUnwrap()).toMatchObject({
      endpoint: 'hook-1',
      provider: 'stripe',
      account: 'acct_1',
      mode: 'live',
      event: 'evt_test_webhook',
      signedAt: instantAt(at * 1000),
      body: new Uint8Array(Buffer.from(payload)),
    });
  });

  it('law: is verified whatever its bytes are, and not with one of them changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (text, place) => {
        const bytes = Buffer.from(text);
        expect(end({ header: signed(text), body: bytes })).toBe('verified');
        const changed = Buffer.from(bytes);
        const index = place % bytes.length;
        changed[index] = (changed[index] ?? 0) ^ 1;
        expect(end({ header: signed(text), body: changed })).toBe('mismatch');
      }),
      runs,
    );
  });
});

describe('the vectors', () => {
  // From stripe-node's test/crypto/helpers.ts: the bare HMAC.
  it.each([
    ['nothing', '', 'f7f9bd47fb987337b5796fdc1fdb9ba221d0d5396814bfcaf9521f43fd8927fd'],
    ['JSON', '{"obj1":"hello","obj2":"world"}', 'bebb1a643997f419b315ddba19e6f5411e1ce7f810ba6d3617ce72823092f363'],
    ['an emoji', '😀', '837da296d05c4fe31f61d5d7ead035099d9585a5bcde87de952012a78f0b0c43'],
  ])('of the HMAC fit: %s', (_, content, hex) => {
    const reader = (text: string) => ({ scheme: 'hmac', key: createSecretKey(Buffer.from(text)) }) as const;
    const endpoint = defineEndpoint({ ...base, secrets: [{ secret: 'test_secret' }] }, reader)._unsafeUnwrap();
    const given = { algorithm: 'sha256', content: [content], signatures: [hex], encoding: 'hex', header: 'x' } as const;
    expect(verifyHmac(endpoint, given, instantAt(0)).isOk()).toBe(true);
  });

  it('of a whole header fits', () => {
    const header = 't=12345,v1=2672d138c9a412830f3bfe2ecc5bfb3277cf6f5b49d0119d77dd6cb64da1257e';
    expect(end({ header, now: 12_345, secrets: [{ secret: 'whsec_test_secret' }] })).toBe('verified');
  });
});

describe('the age of a webhook', () => {
  it.each([
    [1000, 1300, 'verified'],
    [1000, 1301, 'signature_stale'],
    [1300, 1000, 'verified'],
    // Stripe's own client takes this one.
    [1301, 1000, 'signature_stale'],
    [99_999, 1, 'signature_stale'],
  ])('signed at %d and received at %d is %s', (timestamp, now, expected) => {
    expect(end({ header: signed(payload, { timestamp }), now })).toBe(expected);
  });

  it.each([
    [19_985, 'signature_stale'],
    [19_991, 'verified'],
  ])(
    "is counted as in stripe-node's tests: signed at %d, ten seconds allowed, received at 20,000",
    (timestamp, expected) => {
      expect(end({ header: signed(payload, { timestamp }), now: 20_000, toleranceMs: 10_000 })).toBe(expected);
    },
  );

  it('cannot be left unchecked', () => {
    expect(() => endpointOf([{ secret }], { tolerance: { ms: 0 } })).toThrow('tolerance');
    expect(() => endpointOf([{ secret }], { tolerance: minutes(24 * 60) })).toThrow('tolerance');
  });

  it.each(['1e9', '-1', '+1', '0x10', 'NaN', '1700000000000', '01700000000', ' 1700000000', '1700000000.0', ''])(
    'is no timestamp as %o',
    (text) => {
      const mac = createHmac('sha256', secret).update(`${text}.${payload}`).digest('hex');
      expect(end({ header: `t=${text},v1=${mac}` })).toBe('malformed');
    },
  );
});

describe('a header', () => {
  const good = signed();
  const mac = good.split('v1=')[1] ?? '';
  it.each<[string, unknown, string]>([
    ['a scheme that is not v1', `t=${at},v0=${mac}`, 'scheme'],
    ['no scheme at all', `t=${at}`, 'scheme'],
    ['words', 'bad_header', 'malformed'],
    ['no timestamp', `v1=${mac}`, 'malformed'],
    ['two timestamps', `t=${at},t=${at + 1},v1=${mac}`, 'malformed'],
    ['a second v1 that is none', `${good},v1=potato`, 'verified'],
    ['a first v1 that is none', `t=${at},v1=potato,v1=${mac}`, 'verified'],
    ['v0 beside v1', `${good},v0=${mac}`, 'verified'],
    ['eleven signatures', `${good}${`,v1=${'0'.repeat(64)}`.repeat(10)}`, 'too_many'],
    ['a thousand signatures', `${good}${`,v1=${mac}`.repeat(999)}`, 'malformed'],
    ['a megabyte', `${good},v1=${'0'.repeat(1_000_000)}`, 'malformed'],
    ['a list', [good], 'several'],
    ['a list of two', [good, good], 'several'],
    ['nothing', '', 'missing'],
    ['half a signature', `t=${at},v1=${mac.slice(0, 32)}`, 'mismatch'],
    ['a signature and a half', `t=${at},v1=${mac}00`, 'mismatch'],
    ['no hex', `t=${at},v1=zz`, 'mismatch'],
    ['an empty signature', `t=${at},v1=`, 'mismatch'],
    ['capital hex', `t=${at},v1=${mac.toUpperCase()}`, 'mismatch'],
    ['a space before a name', `t=${at}, v1=${mac}`, 'scheme'],
  ])('with %s', (_, header, expected) => {
    expect(end({ header })).toBe(expected);
  });

  it('that is not there is missing, in two cases is several', () => {
    expect(end({ headers: {} })).toBe('missing');
    expect(end({ headers: { 'stripe-signature': good, 'Stripe-Signature': good } })).toBe('several');
  });
});

describe('a body', () => {
  it.each<[string, unknown, string]>([
    ['written again', JSON.stringify(JSON.parse(payload)), 'mismatch'],
    ['with other line ends', payload.replaceAll('\n', '\r\n'), 'mismatch'],
    ['with a byte order mark', `\ufeff${payload}`, 'mismatch'],
    ['in UTF-16', Buffer.from(payload, 'utf16le'), 'mismatch'],
    ['with a line at its end', `${payload}\n`, 'mismatch'],
    ['parsed', JSON.parse(payload), 'raw_body_required'],
    ['none', null, 'raw_body_required'],
    ['of a megabyte', Buffer.alloc(1_048_576, 32), 'body_too_large'],
  ])('%s', (_, body, expected) => {
    expect(end({ body })).toBe(expected);
  });

  it('as a text is refused, for its bytes are not known', () => {
    const received = {
      headers: { 'stripe-signature': signed() },
      rawBody: payload as never,
      receivedAt: instantAt(at * 1000),
    };
    expect(verifyStripeWebhook(endpointOf([{ secret }]), received)._unsafeUnwrapErr().code).toBe('raw_body_required');
  });

  it('that is no JSON is verified all the same, and names no event', () => {
    const answer = verifyStripeWebhook(endpointOf([{ secret }]), {
      headers: { 'stripe-signature': signed('no json') },
      rawBody: Buffer.from('no json'),
      receivedAt: instantAt(at * 1000),
    });
    expect(answer._unsafeUnwrap()).not.toHaveProperty('event');
  });
});

describe('a secret', () => {
  it('that is rolled is believed until its end, beside the new one', () => {
    const secrets = [{ secret, endsAt: instantAt((at + 60) * 1000) }, { secret: other }];
    expect(end({ secrets })).toBe('verified');
    expect(end({ secrets, header: signed(payload, { by: other }) })).toBe('verified');
    expect(end({ secrets, now: at + 59 })).toBe('verified');
    expect(end({ secrets, now: at + 60 })).toBe('secret_ended');
  });

  it('of another endpoint opens nothing', () => {
    expect(end({ header: signed(payload, { by: other }) })).toBe('mismatch');
  });

  it.each([
    ['nothing', ''],
    ['a space', ' '],
    ['short', 'whsec_abc'],
    ['a space at its end', `${secret} `],
    ['another prefix', 'sk_test_51H8abcdefghijklmnop'],
  ])('cannot be %s', (_, text) => {
    expect(stripeEndpoint({ ...base, secrets: [{ secret: text }] })._unsafeUnwrapErr().code).toBe('secret_invalid');
  });

  it('is needed', () => {
    expect(stripeEndpoint({ ...base, secrets: [] })._unsafeUnwrapErr().code).toBe('secret_invalid');
    expect(stripeEndpoint({ ...base, secrets: [{ secret: undefined as never }] }).isErr()).toBe(true);
  });
});
