import { describe, expect, it } from 'vitest';
import { checkTolerance } from './check-tolerance.ts';
import { defineEndpoint } from './endpoint.ts';
import { literalSecret } from './secret.ts';
import { type HmacSigned, verifyHmac } from './verify-hmac.ts';

const at = '2026-03-07T10:00:00.000Z';

function endpoint(secret: string) {
  const options = { id: 'h', provider: 'p', account: 'a', mode: 'sandbox', secrets: [{ secret }] } as const;
  return defineEndpoint(options, literalSecret)._unsafeUnwrap();
}

function end(secret: string, signed: Partial<HmacSigned>): string {
  const whole = {
    algorithm: 'sha256',
    content: [],
    signatures: [],
    encoding: 'hex',
    header: 'x-signature',
    ...signed,
  } as const;
  const answer = verifyHmac(endpoint(secret), whole, at);
  return answer.isOk() ? 'fits' : answer.error.reason;
}

describe('a signature by HMAC', () => {
  it.each([
    [
      'a header with a timestamp in front of the body',
      'whsec_test_secret',
      ['12345', '.', '{\n  "id": "evt_test_webhook",\n  "object": "event"\n}'],
      '2672d138c9a412830f3bfe2ecc5bfb3277cf6f5b49d0119d77dd6cb64da1257e',
    ],
    [
      'a wallet that signs its callbacks',
      'nApijGv8djih7ozY',
      ['1711111111.', Buffer.from('{"invoice_id":"123","status":"paid"}')],
      'ad89731bff3cc5c81bee227b2d7178e8fb2b03abbd44d40ac1861274f346b387',
    ],
    [
      'a body alone',
      'f3c189a4b5e6d7f8a9b0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6a7b8c9d0e1f2',
      [
        '{"event":"payment.confirmed","requestId":"0151b394e3c482c5aebaa04eb04508a8db70595470760293f1b258ed96d1fafa93","paymentReference":"0x2c3366941274c34c","amount":"100.0","totalAmountPaid":"100.0","expectedAmount":"100.0","txHash":"0xabcdef1234567890abcdef1234567890abcdef1234567890abcdef1234567890","network":"ethereum","currency":"USDC","paymentCurrency":"USDC"}',
      ],
      'bc2564957f8a08361873e412c76370abc4941e4c8f5e5d38ed0c363bea86300d',
    ],
  ])('fits the published vector of %s', (_, secret, content, signature) => {
    expect(end(secret, { content, signatures: [signature] })).toBe('fits');
    expect(end(secret, { content: [...content, ' '], signatures: [signature] })).toBe('mismatch');
    expect(end(`${secret}0`, { content, signatures: [signature] })).toBe('mismatch');
  });

  const secret = 'nApijGv8djih7ozY';
  const content = ['1711111111.', '{"invoice_id":"123","status":"paid"}'];
  const signature = 'ad89731bff3cc5c81bee227b2d7178e8fb2b03abbd44d40ac1861274f346b387';
  it.each<[string, readonly string[], string]>([
    ['none', [], 'missing'],
    ['eleven', Array(11).fill(signature), 'too_many'],
    ['upper-case hex', [signature.toUpperCase()], 'mismatch'],
    ['no hex at all', ['zz'], 'mismatch'],
    ['an empty one', [''], 'mismatch'],
    ['half of it', [signature.slice(0, 32)], 'mismatch'],
    ['more than all of it', [`${signature}00`], 'mismatch'],
    ['base64 for hex', [Buffer.from(signature, 'hex').toString('base64')], 'mismatch'],
  ])('does not fit with %s', (_, signatures, reason) => {
    expect(end(secret, { content, signatures })).toBe(reason);
  });

  it('fits as one of ten', () => {
    expect(end(secret, { content, signatures: [...Array(9).fill('00'), signature] })).toBe('fits');
  });

  it('takes a literal secret only of 16 to 256 printable characters', () => {
    for (const bad of ['', ' ', 'short', 'a'.repeat(257), `${secret} `, `${secret}\n`, `${secret}é`])
      expect(typeof literalSecret(bad)).toBe('string');
    expect(literalSecret(secret)).toMatchObject({ scheme: 'hmac' });
  });
});

describe('the signed instant', () => {
  const tolerance = { toleranceMs: 300_000 };
  const age = (signedAt: string, receivedAt: string) => {
    const answer = checkTolerance(tolerance, { signedAt, receivedAt, header: 't' });
    return answer.isOk() ? answer.value : answer.error.code;
  };
  it('is given back as an instant', () => {
    expect(age('1772877600', '2026-03-07T10:00:00.999Z')).toBe('2026-03-07T10:00:00.000Z');
  });

  it('is counted in whole seconds, both ways', () => {
    expect(age('1772877600', '2026-03-07T10:05:00.999Z')).toBe('2026-03-07T10:00:00.000Z');
    expect(age('1772877600', '2026-03-07T10:05:01.000Z')).toBe('signature_stale');
    expect(age('1772877600', '2026-03-07T09:55:00.000Z')).toBe('2026-03-07T10:00:00.000Z');
    expect(age('1772877600', '2026-03-07T09:54:59.999Z')).toBe('signature_stale');
  });
});
