import { createPrivateKey, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { instantAt } from '@holdfast/kernel';
import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { defineEndpoint, type EndpointOptions, type EndpointSecret } from './endpoint.ts';
import { standardSecret } from './secret.ts';
import { signStandardWebhook } from './sign-standard-webhook.ts';
import { verifyStandardWebhook } from './verify-standard-webhook.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 100) };
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const otherSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const publicKey = 'whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const timestamp = 1_614_265_330;
const payload = '{"test": 2432232314}';
const v1 = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const v1a = 'v1a,fldxM4gAKugP6nnt1hdz3sgGfZ6d99nzrMFnZOELIxbzEHoVmAb2ADpkJK7zgPePmPsle0zV9jSeGlHFG2NVAw==';
const received = instantAt(timestamp * 1_000);
const headers = { 'webhook-id': id, 'webhook-timestamp': `${timestamp}`, 'webhook-signature': v1 };

function endpointOf(...secrets: readonly (string | EndpointSecret)[]) {
  const options: EndpointOptions = {
    id: 'hook-1',
    provider: 'acme',
    account: 'acct-1',
    mode: 'live',
    secrets: secrets.map((one) => (typeof one === 'string' ? { secret: one } : one)),
  };
  return defineEndpoint(options, standardSecret)._unsafeUnwrap();
}

interface Given {
  readonly headers?: Record<string, unknown>;
  readonly body?: unknown;
  readonly receivedAt?: string;
  readonly secrets?: readonly (string | EndpointSecret)[];
}

function verified({ headers: given = headers, body = payload, receivedAt = received, secrets = [secret] }: Given = {}) {
  const rawBody = (typeof body === 'string' ? Buffer.from(body) : body) as Uint8Array;
  return verifyStandardWebhook(endpointOf(...secrets), { headers: given as never, rawBody, receivedAt });
}

function refused(given: Given): string {
  const answer = verified(given);
  if (answer.isOk()) return 'verified';
  return answer.error.code === 'signature_invalid' ? answer.error.reason : answer.error.code;
}

describe('a webhook by Standard Webhooks', () => {
  it('is verified by the vector of the standard', () => {
    const delivery = verified()._unsafeUnwrap();
    expect(delivery).toMatchObject({ endpoint: 'hook-1', event: id, signedAt: received, mode: 'live' });
    expect(Buffer.from(delivery.body).toString()).toBe(payload);
    const signing = { event: id, signedAtSeconds: timestamp, body: Buffer.from(payload), secret };
    expect(signStandardWebhook(signing)).toEqual(headers);
  });

  it('is verified by the ed25519 vector', () => {
    expect(refused({ headers: { ...headers, 'webhook-signature': v1a }, secrets: [publicKey] })).toBe('verified');
    const changed = v1a.replace('fldx', 'fldy');
    expect(refused({ headers: { ...headers, 'webhook-signature': changed }, secrets: [publicKey] })).toBe('mismatch');
  });

  it('may carry several signatures, of which one fits', () => {
    const wrong = 'Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=';
    const several = `v1,${wrong} v2,${wrong} ${v1} v1,${wrong}`;
    expect(refused({ headers: { ...headers, 'webhook-signature': several } })).toBe('verified');
    expect(refused({ headers: { ...headers, 'webhook-signature': `v1,${wrong} v2,${wrong}` } })).toBe('mismatch');
  });

  it('is verified under the names of Svix when they are asked for', () => {
    const svix = { 'Svix-Id': id, 'Svix-Timestamp': `${timestamp}`, 'Svix-Signature': v1 };
    const rawBody = Buffer.from(payload);
    const answer = verifyStandardWebhook(endpointOf(secret), { headers: svix, rawBody, receivedAt: received }, 'svix');
    expect(answer.isOk()).toBe(true);
    expect(refused({ headers: svix })).toBe('missing');
  });

  it('may have an empty body', () => {
    const body = new Uint8Array();
    const signed = signStandardWebhook({ event: id, signedAtSeconds: timestamp, body, secret });
    expect(refused({ headers: signed, body })).toBe('verified');
  });

  const signature = 'webhook-signature';
  it.each<[string, Record<string, unknown>, string]>([
    ['no id', { ...headers, 'webhook-id': undefined }, 'missing'],
    ['no timestamp', { ...headers, 'webhook-timestamp': undefined }, 'missing'],
    ['no signature', { ...headers, [signature]: undefined }, 'missing'],
    ['an empty signature', { ...headers, [signature]: '' }, 'missing'],
    ['a header twice', { ...headers, [signature]: [v1, v1] }, 'several'],
    ['a header in two cases', { ...headers, 'Webhook-Signature': v1 }, 'several'],
    ['a header of a megabyte', { ...headers, [signature]: 'v1,'.padEnd(1_000_000, 'A') }, 'malformed'],
    ['a header that is a number', { ...headers, 'webhook-timestamp': timestamp }, 'malformed'],
    ['a header that is only inherited', Object.create(headers), 'missing'],
    ['a thousand signatures', { ...headers, [signature]: `${'v1,AAAA '.repeat(500)}`.trim() }, 'too_many'],
    ['another scheme alone', { ...headers, [signature]: v1.replace('v1,', 'v0,') }, 'scheme'],
    ['a signature that is no base64', { ...headers, [signature]: 'v1,dawfeoifkpqwoekfpqoekf' }, 'mismatch'],
    ['a part of the signature', { ...headers, [signature]: v1.slice(0, 11) }, 'mismatch'],
    ['an empty signature of a scheme', { ...headers, [signature]: 'v1,' }, 'mismatch'],
    ['a signature without padding', { ...headers, [signature]: v1.slice(0, -1) }, 'mismatch'],
    ['base64 that is not canonical', { ...headers, [signature]: v1.replace('OE=', 'OF=') }, 'mismatch'],
    ['the url-safe alphabet', { ...headers, [signature]: v1.replaceAll('+', '-').replaceAll('/', '_') }, 'mismatch'],
    ['base64 with junk behind it', { ...headers, [signature]: `${v1}!` }, 'mismatch'],
    ['a white space within', { ...headers, [signature]: v1.replace('g0h', 'g0h ') }, 'mismatch'],
    ['hex for base64', { ...headers, [signature]: 'v1,zz' }, 'mismatch'],
    ['an id with a dot', { ...headers, 'webhook-id': 'msg.1' }, 'malformed'],
    ['another id', { ...headers, 'webhook-id': 'msg_2' }, 'mismatch'],
    ['a timestamp that is no number', { ...headers, 'webhook-timestamp': 'hello' }, 'mismatch'],
    ['another timestamp', { ...headers, 'webhook-timestamp': `${timestamp + 1}` }, 'mismatch'],
  ])('is refused with %s', (_, given, reason) => {
    expect(refused({ headers: given })).toBe(reason);
  });

  it.each([
    ['written again with other spaces', '{"test":2432232314}'],
    ['written again with an escape', '{"\\u0074est": 2432232314}'],
    ['with other line ends', `${payload}\r\n`],
    ['compressed', gzipSync(payload)],
    ['with a byte order mark', `\ufeff${payload}`],
    ['with a line feed at the end', `${payload}\n`],
    ['in another encoding', Buffer.from(payload, 'utf16le')],
  ])('is refused with a body %s', (_, body) => {
    expect(refused({ body })).toBe('mismatch');
  });

  it.each([
    ['a parsed body', { test: 2_432_232_314 }],
    ['nothing', undefined],
    ['a list of bytes', [1, 2, 3]],
  ])('asks for the raw bytes where it gets %s', (_, body) => {
    const answer = verifyStandardWebhook(endpointOf(secret), {
      headers,
      rawBody: body as never,
      receivedAt: received,
    });
    expect(answer._unsafeUnwrapErr()).toMatchObject({ code: 'raw_body_required' });
  });

  it('asks for the raw bytes where it gets a text', () => {
    const answer = verifyStandardWebhook(endpointOf(secret), {
      headers,
      rawBody: payload as never,
      receivedAt: received,
    });
    expect(answer._unsafeUnwrapErr()).toMatchObject({ code: 'raw_body_required' });
  });

  it('is refused above half a megabyte, before anything is computed', () => {
    expect(refused({ body: new Uint8Array(524_289) })).toBe('body_too_large');
    expect(refused({ body: new Uint8Array(524_288) })).toBe('mismatch');
  });

  it.each([
    ['exactly as old as allowed', 300, 'verified'],
    ['a second older', 301, 'signature_stale'],
    ['exactly as far ahead as allowed', -300, 'verified'],
    ['a second further ahead', -301, 'signature_stale'],
  ])('is judged by its age: %s', (_, age, end) => {
    expect(refused({ receivedAt: instantAt((timestamp + age) * 1_000) })).toBe(end);
  });

  it.each([
    '1e9',
    '-1',
    '0x60',
    '1614265330.5',
    '+1614265330',
    '01614265330',
    '1614265330000',
    `${'9'.repeat(30)}`,
    'NaN',
  ])('is refused with the signed timestamp %j', (text) => {
    const body = Buffer.from(payload);
    const signed = signStandardWebhook({ event: id, signedAtSeconds: text as never, body, secret });
    expect(refused({ headers: signed })).toBe('malformed');
  });

  it('keeps a copy of the body and no header that could be a secret', () => {
    const body = Buffer.from(payload);
    const given = { ...headers, authorization: 'Bearer x', 'X-Api-Key': 'y', cookie: 'z', 'User-Agent': 'Acme/1' };
    const delivery = verified({ headers: given, body })._unsafeUnwrap();
    body.fill(0);
    expect(Buffer.from(delivery.body).toString()).toBe(payload);
    expect(delivery.headers).toEqual({
      'webhook-id': id,
      'webhook-timestamp': `${timestamp}`,
      'user-agent': 'Acme/1',
    });
  });
});

describe('the secrets of an endpoint', () => {
  it('are exchanged: both fit until the old one ends, then it says that its time is over', () => {
    const both = [{ secret, endsAt: '2021-02-26T00:00:00.000Z' }, otherSecret];
    const late = Date.parse('2021-02-26T00:00:00.000Z') / 1_000;
    const by = (signer: string, seconds: number) => {
      const body = Buffer.from(payload);
      return refused({
        headers: signStandardWebhook({ event: id, signedAtSeconds: seconds, body, secret: signer }),
        receivedAt: instantAt(seconds * 1_000),
        secrets: both,
      });
    };
    expect([by(secret, late - 1), by(otherSecret, late - 1)]).toEqual(['verified', 'verified']);
    expect([by(secret, late), by(otherSecret, late)]).toEqual(['secret_ended', 'verified']);
  });

  it('end for ed25519 as well', () => {
    const secrets = [{ secret: publicKey, endsAt: received }];
    expect(refused({ headers: { ...headers, 'webhook-signature': v1a }, secrets })).toBe('secret_ended');
  });

  it('belong to one endpoint: those of another do not fit', () => {
    expect(refused({ secrets: [otherSecret] })).toBe('mismatch');
  });

  it('keep their scheme: a public key is no secret for HMAC, and the reverse', () => {
    expect(refused({ secrets: [publicKey] })).toBe('mismatch');
    expect(refused({ headers: { ...headers, 'webhook-signature': v1a } })).toBe('mismatch');
  });

  it('show nothing of themselves when they are printed', () => {
    const printed = JSON.stringify(endpointOf(secret, publicKey)) + String(endpointOf(secret).keys[0]?.key);
    expect(printed).not.toMatch(/MfKQ|MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|11qYAY/);
  });

  const refusedAs = (secrets: unknown) => {
    const options = { id: 'h', provider: 'p', account: 'a', mode: 'live', secrets } as EndpointOptions;
    const end = defineEndpoint(options, standardSecret);
    return end.isOk() ? 'defined' : `${end.error.code} ${end.error.field}`;
  };
  it.each<[string, unknown, string]>([
    ['an empty one', [{ secret: '' }], 'secrets[0].secret'],
    ['none', undefined, 'secrets'],
    ['an empty list', [], 'secrets'],
    ['a list of nothing', [undefined], 'secrets[0].secret'],
    ['a space', [{ secret: ' ' }], 'secrets[0].secret'],
    ['the prefix alone', [{ secret: 'whsec_' }], 'secrets[0].secret'],
    ['fewer than 24 bytes', [{ secret: `whsec_${Buffer.alloc(23).toString('base64')}` }], 'secrets[0].secret'],
    ['more than 64 bytes', [{ secret: `whsec_${Buffer.alloc(65).toString('base64')}` }], 'secrets[0].secret'],
    ['another alphabet', [{ secret: `whsec_${'_'.repeat(32)}` }], 'secrets[0].secret'],
    ['a second one that is none', [{ secret }, { secret: 'x' }], 'secrets[1].secret'],
    ['the signing half of a key', [{ secret: `whsk_${Buffer.alloc(32).toString('base64')}` }], 'secrets[0].secret'],
    ['eleven', Array(11).fill({ secret }), 'secrets'],
    ['one with a space behind it', [{ secret: `${secret} ` }], 'secrets[0].secret'],
  ])('are refused as %s', (_, secrets, field) => {
    expect(refusedAs(secrets)).toBe(`secret_invalid ${field}`);
  });

  it.each([0, -1, 999, 3_600_001, Number.NaN, Number.POSITIVE_INFINITY, '300'])('take no tolerance of %j ms', (ms) => {
    const options = { id: 'h', provider: 'p', account: 'a', mode: 'live', secrets: [{ secret }] } as const;
    expect(() => defineEndpoint({ ...options, tolerance: { ms: ms as number } }, standardSecret)).toThrow(/tolerance/);
  });
});

describe('beside the library of the standard', { timeout: 30_000 + runs.numRuns * 100 }, () => {
  const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });

  it('law: what it signs we verify, and what we sign it verifies', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), fc.string({ unit: 'binary' }), (bytes, body) => {
        const key = `whsec_${Buffer.from(bytes).toString('base64')}`;
        const seconds = Math.floor(Date.now() / 1_000);
        const theirs = new Webhook(key);
        const given = {
          'webhook-id': id,
          'webhook-timestamp': `${seconds}`,
          'webhook-signature': theirs.sign(id, new Date(seconds * 1_000), body),
        };
        const receivedAt = instantAt(seconds * 1_000);
        expect(refused({ headers: given, body, receivedAt, secrets: [key] })).toBe('verified');
        const ours = signStandardWebhook({ event: id, signedAtSeconds: seconds, body: Buffer.from(body), secret: key });
        expect(ours).toEqual(given);
      }),
      runs,
    );
  });

  it('law: changing any one character of what was signed refuses it, as the library does', () => {
    const part = fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'body');
    fc.assert(
      fc.property(part, fc.nat(), fc.constantFrom(...'azAZ09+/=,. {}"'), (which, at, character) => {
        const seconds = Math.floor(Date.now() / 1_000);
        const body = Buffer.from(payload);
        const signed = { ...signStandardWebhook({ event: id, signedAtSeconds: seconds, body, secret }), body: payload };
        const text = signed[which];
        const place = at % text.length;
        if (text[place] === character) return;
        const { body: changedBody, ...changed } = {
          ...signed,
          [which]: text.slice(0, place) + character + text.slice(place + 1),
        };
        const theirs = () => new Webhook(secret).verify(changedBody, changed);
        expect(refused({ headers: changed, body: changedBody, receivedAt: instantAt(seconds * 1_000) })).not.toBe(
          'verified',
        );
        expect(theirs).toThrow();
      }),
      runs,
    );
  });

  it('law: what an ed25519 key signs is verified by its public half', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 0, max: 9_999_999_999 }), (body, seconds) => {
        const content = Buffer.concat([Buffer.from(`${id}.${seconds}.`), body]);
        const made = sign(null, content, privateKey).toString('base64');
        const given = { 'webhook-id': id, 'webhook-timestamp': `${seconds}`, 'webhook-signature': `v1a,${made}` };
        const receivedAt = instantAt(seconds * 1_000);
        expect(refused({ headers: given, body, receivedAt, secrets: [publicKey] })).toBe('verified');
        expect(
          refused({
            headers: given,
            body: Buffer.concat([body, body, Buffer.from('x')]),
            receivedAt,
            secrets: [publicKey],
          }),
        ).toBe('mismatch');
      }),
      runs,
    );
  });
});
