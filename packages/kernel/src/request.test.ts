import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { type Ask, type Asked, makeRequest, type Request } from './index.ts';
import { counters, plainTransfers } from './testing/index.ts';

const at = '2026-03-07T10:00:00.000Z';
const asked: Asked = { actor: { id: 'ann', role: 'customer' }, key: 'k1' };

function ask(command: unknown, id: unknown = '1'): Ask {
  return { decider: counters, id: id as string, command };
}

function requestOf(asks: readonly Ask[], by: Asked = asked): Request {
  return makeRequest(asks, by, at)._unsafeUnwrap();
}

function digestOf(...asks: readonly Ask[]): string {
  return requestOf(asks).digest;
}

describe('the key and the actor of a request', () => {
  const strange = [
    undefined,
    null,
    '',
    ' ',
    'a b',
    'é',
    'a"b',
    "a'b",
    'a\\b',
    'a\0b',
    'a\n',
    'a\ud800',
    'x'.repeat(201),
    5,
    ['a'],
    { $gt: '' },
    Object('a'),
  ];

  it.each(strange)('refuses the key %j', (key) => {
    const refused = makeRequest([ask({ type: 'Count', by: 1 })], { ...asked, key } as Asked, at)._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'key_invalid', field: 'key' });
  });

  it.each(['id', 'role', 'scope'] as const)('refuses an actor whose %s is not well-formed', (part) => {
    for (const value of strange) {
      if (part === 'scope' && value === undefined) continue;
      const actor = { ...asked.actor, [part]: value };
      const refused = makeRequest([ask({ type: 'Count', by: 1 })], { ...asked, actor } as Asked, at)._unsafeUnwrapErr();
      expect(refused).toMatchObject({ code: 'key_invalid', field: `actor.${part}` });
    }
  });

  it('refuses an absent actor and an absent key before anything else', () => {
    for (const nothing of [undefined, null, {}, { actor: null, key: 'k' }]) {
      const refused = makeRequest([ask(new Date(0))], nothing as never, at)._unsafeUnwrapErr();
      expect(refused.code).toBe('key_invalid');
    }
  });

  it('scopes the key by the actor, or by the scope where there is one', () => {
    const asks = [ask({ type: 'Count', by: 1 })];
    expect(requestOf(asks).key).toBe('ann k1');
    expect(requestOf(asks, { ...asked, actor: { ...asked.actor, scope: 'tenant-7' } }).key).toBe('tenant-7 k1');
  });

  it('reads each part once, so that what was checked is what is used', () => {
    let reads = 0;
    const actor = {
      role: 'customer',
      get id() {
        return ++reads === 1 ? 'ann' : '"},{"';
      },
    };
    expect(requestOf([ask({ type: 'Count', by: 1 })], { actor, key: 'k' })).toMatchObject({
      key: 'ann k',
      actor: { id: 'ann', scope: 'ann' },
    });
  });
});

describe('the digest of a request', () => {
  const plain = digestOf(ask({ type: 'Count', by: 1, holds: ['a'] }));

  it('is the same for the same command in another order of fields, with absent fields and at another instant', () => {
    expect(digestOf(ask({ holds: ['a'], by: 1, type: 'Count' }))).toBe(plain);
    expect(digestOf(ask({ type: 'Count', by: 1, holds: ['a'], note: undefined }))).toBe(plain);
    const later = makeRequest([ask({ type: 'Count', by: 1, holds: ['a'] })], asked, '2030-01-01T00:00:00.000Z');
    expect(later._unsafeUnwrap().digest).toBe(plain);
  });

  it.each<[string, readonly Ask[]]>([
    ['another field', [ask({ type: 'Count', by: 1, holds: ['a'], more: null })]],
    ['another value', [ask({ type: 'Count', by: 2, holds: ['a'] })]],
    ['a text for a number', [ask({ type: 'Count', by: '1', holds: ['a'] })]],
    ['another command', [ask({ type: 'Counted', by: 1, holds: ['a'] })]],
    ['another id', [ask({ type: 'Count', by: 1, holds: ['a'] }, '2')]],
    ['a number for the id', [ask({ type: 'Count', by: 1, holds: ['a'] }, 1)]],
    ['another decider', [{ decider: plainTransfers, id: '1', command: { type: 'Count', by: 1, holds: ['a'] } }]],
    ['the command twice', [0, 1].map(() => ask({ type: 'Count', by: 1, holds: ['a'] }))],
  ])('is another for %s', (_, asks) => {
    expect(digestOf(...asks)).not.toBe(plain);
  });

  it('cannot be forged by an id that spells two commands', () => {
    const two = digestOf(ask({ type: 'Count', by: 1 }, '1'), ask({ type: 'Count', by: 1 }, '2'));
    const forged = digestOf(ask({ type: 'Count', by: 1 }, '1\n{"by":1,"type":"Count"}\ncounter\n2'));
    expect(forged).not.toBe(two);
  });
});

describe('the commands of a request', () => {
  it.each<[string, unknown]>([
    ['a bigint', { type: 'Count', by: 1n }],
    ['a date', { type: 'Count', at: new Date(0) }],
    ['a getter that throws', Object.defineProperty({}, 'type', { enumerable: true, get: () => JSON.parse('{') })],
    ['a revoked proxy', revoked()],
    ['a proxy that throws', new Proxy({}, { ownKeys: () => JSON.parse('{') })],
    ['an endless array', { type: 'Count', by: new Array(4_000_000_000) }],
    ['a mark of free text', { type: 'Count', [Symbol.for('holdfast.text')]: true, value: 'x' }],
  ])('are refused where they are no plain data: %s', (_, command) => {
    expect(makeRequest([ask(command)], asked, at)._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid' });
  });

  it.each([null, 5, 'Count', [], {}, { type: 5 }])(
    'are refused in their turn where they name no type: %j',
    (command) => {
      const [parsed] = requestOf([ask(command)]).asks;
      expect(parsed?.parsed._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid' });
    },
  );

  it.each([
    undefined,
    '',
    'a/b',
    '../x',
    '%2e',
    '__proto__x y',
    "'; DROP TABLE unit;--",
    '$gt',
    'a$b',
    'a?b#c',
    '\r\nX-Evil: 1',
    '{{7*7}}',
    1,
    ['1'],
    { $gt: '' },
    { $ne: null },
    { toString: () => '1' },
    Object('1'),
    'a\n',
    'a\0b',
    'a\ud800',
    'é',
    'e\u0301',
    'x'.repeat(129),
  ])('are refused in their turn where the id is none: %j', (id) => {
    const [parsed] = requestOf([{ decider: counters, id: id as string, command: { type: 'Count', by: 1 } }]).asks;
    expect(parsed?.parsed._unsafeUnwrapErr()).toMatchObject({ code: 'id_invalid', field: 'id' });
  });

  it('are refused at once where the id has ten million characters', () => {
    const isQuick = () => {
      const began = performance.now();
      const [parsed] = requestOf([ask({ type: 'Count', by: 1 }, 'x'.repeat(10_000_000))]).asks;
      const refused = parsed?.parsed._unsafeUnwrapErr() as { readonly code: string; readonly given: string };
      expect(refused.code).toBe('id_invalid');
      expect(refused.given.length).toBeLessThanOrEqual(64);
      return performance.now() - began < 1_000;
    };
    // A busy machine may have others go first in one try, not in each.
    expect(isQuick() || isQuick() || isQuick()).toBe(true);
  });

  it('are refused where there are none', () => {
    expect(makeRequest([], asked, at)._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field: 'asks' });
  });

  it('are copied: what the caller changes later changes nothing', () => {
    const command = { type: 'Count', by: 1, holds: ['a'] };
    const request = requestOf([ask(command)]);
    command.by = 1_000;
    command.holds.push('b');
    expect(request.asks[0]?.parsed._unsafeUnwrap()).toEqual({ type: 'Count', by: 1, holds: ['a'] });
  });

  it('are read once: the digest and the decision are of the same value', () => {
    let reads = 0;
    const changing = { type: 'Count', get by() { return ++reads; } }; // biome-ignore format: one thought
    const request = requestOf([ask(changing)]);
    expect(reads).toBe(1);
    expect(request.digest).toBe(digestOf(ask({ type: 'Count', by: 1 })));
    expect(request.asks[0]?.parsed._unsafeUnwrap()).toMatchObject({ by: 1 });
    const proxy = new Proxy({ type: 'Count', by: 0 }, { get: (_, name) => (name === 'by' ? ++reads : 'Count') });
    const proxied = requestOf([ask(proxy)]).asks[0]?.parsed._unsafeUnwrap();
    expect([reads, proxied]).toEqual([2, { type: 'Count', by: 2 }]);
  });

  it('keep amounts as the amounts they are', () => {
    const transfers = [{ from: 'a', to: 'b', amount: usd('1.00'), kind: 'x' }];
    const request = requestOf([{ decider: plainTransfers, id: '', command: { type: 'Move', transfers } }]);
    const parsed = request.asks[0]?.parsed._unsafeUnwrap() as unknown as { transfers: typeof transfers };
    expect(parsed.transfers[0]?.amount).toBe(transfers[0]?.amount);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
