import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defineCurrency,
  eur,
  isMoney,
  jpy,
  LARGEST_MINOR,
  type Money,
  money,
  moneyFromJson,
  moneyOfFromJson,
  reviveMoney,
  usd,
} from './index.ts';
import { anyCurrency, anyMoney } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const anyAmount = anyCurrency().chain((currency) => anyMoney(currency));

describe('an amount', { timeout: 600_000 }, () => {
  it('is a count of minor units in a plain currency', () => {
    expect(usd('12.34').minor).toBe(1234n);
    expect(usd('12.34').currency).toEqual({ code: 'USD', scale: 2 });
    expect(typeof usd('12.34').currency).toBe('object');
    expect(usd('5').currency).toBe(money(1n, usd).currency);
  });

  it('cannot be changed after it was made', () => {
    const amount = usd('12.34');
    const change = (name: string): boolean => Reflect.set(amount, name, 1n);
    expect([change('minor'), change('currency'), change('extra')]).toEqual([false, false, false]);
    expect(Reflect.set(amount.currency, 'scale', 4)).toBe(false);
    expect(Reflect.set(Object.getPrototypeOf(amount), 'toJSON', () => 'forged')).toBe(false);
    expect(amount.toString()).toBe('12.34 USD');
  });

  it('is refused past 38 digits, as a defect', () => {
    expect(money(LARGEST_MINOR, usd).minor).toBe(LARGEST_MINOR);
    expect(money(-LARGEST_MINOR, usd).minor).toBe(-LARGEST_MINOR);
    for (const minor of [LARGEST_MINOR + 1n, -LARGEST_MINOR - 1n]) {
      expect(() => money(minor, usd)).toThrow(expect.objectContaining({ name: 'RangeError', code: 'amount_range' }));
    }
  });

  it.each([1, 1.5, '1', null, undefined, Object(1n), { valueOf: () => 1n }])('is not made from %o', (minor) => {
    expect(() => money(minor as never, usd)).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'amount_type' }),
    );
  });

  it('becomes JSON with all decimals of its currency', () => {
    expect(JSON.stringify({ price: usd('5'), tip: jpy('100'), debt: eur('-0.05') })).toBe(
      '{"price":{"amount":"5.00","currency":"USD"},"tip":{"amount":"100","currency":"JPY"},"debt":{"amount":"-0.05","currency":"EUR"}}',
    );
    expect(`${usd('-12.3')}`).toBe('-12.30 USD');
  });

  it('law: an amount comes back from its JSON, with and without a registry', () => {
    fc.assert(
      fc.property(anyAmount, (amount) => {
        const json = JSON.parse(JSON.stringify(amount));
        expect(reviveMoney(json)).toEqual(amount);
        expect(moneyOfFromJson(json, amount.currency)._unsafeUnwrap()).toEqual(amount);
      }),
      runs,
    );
  });
});

describe('isMoney', { timeout: 600_000 }, () => {
  const genuine = usd('5');
  const brand = Symbol.for('holdfast.money');

  it('knows amounts of this package', () => {
    expect(isMoney(genuine)).toBe(true);
    expect(isMoney(defineCurrency('GOLD', 6)('0.5'))).toBe(true);
  });

  it('knows amounts of another copy of this package', async () => {
    const path = './amount.ts?copy';
    const other = (await import(/* @vite-ignore */ path)) as typeof import('./amount.ts');
    const amount = other.money(5n, usd);
    expect(Object.getPrototypeOf(amount)).not.toBe(Object.getPrototypeOf(genuine));
    expect(isMoney(amount)).toBe(true);
    expect(isMoney(new Proxy(amount, {}))).toBe(false);
  });

  const hostile = (): never => {
    throw new Error('a trap ran');
  };
  it.each<[string, unknown]>([
    ['JSON', genuine.toJSON()],
    ['a look-alike', { minor: 5n, currency: { code: 'USD', scale: 2 }, toJSON: hostile, toString: hostile }],
    ['a look-alike with the brand', { minor: 5n, currency: eur, [brand]: true }],
    ['a look-alike with the prototype', Object.create(Object.getPrototypeOf(genuine))],
    ['a copy with the prototype', Object.assign(Object.create(Object.getPrototypeOf(genuine)), genuine)],
    ['a spread', { ...genuine }],
    ['a structured clone', structuredClone({ minor: 5n, currency: { ...genuine.currency } })],
    ['a proxy', new Proxy(genuine, {})],
    ['a proxy that throws', new Proxy(genuine, { getPrototypeOf: hostile, get: hostile, has: hostile })],
    ['a revoked proxy', revoked()],
    ['an inheritor', Object.create(genuine)],
    ['null', null],
    ['undefined', undefined],
    ['text', '5.00 USD'],
    ['a bigint', 5n],
    ['a currency', usd],
  ])('refuses %s', (_, value) => {
    expect(isMoney(value)).toBe(false);
  });

  function revoked(): unknown {
    const { proxy, revoke } = Proxy.revocable(genuine, {});
    revoke();
    return proxy;
  }
});

describe('moneyFromJson', { timeout: 600_000 }, () => {
  it('reads a plain object', () => {
    expect(moneyFromJson({ amount: '12.34', currency: 'USD' })._unsafeUnwrap()).toEqual(usd('12.34'));
    expect(moneyFromJson(Object.assign(Object.create(null), usd('1').toJSON()))._unsafeUnwrap()).toEqual(usd('1'));
  });

  it('reads each field once and runs no getter', () => {
    let reads = 0;
    const shifting = {
      currency: 'USD',
      get amount() {
        reads += 1;
        return reads === 1 ? '1' : '1000000';
      },
    };
    expect(moneyFromJson(shifting)._unsafeUnwrapErr().code).toBe('shape_invalid');
    expect(reads).toBe(0);
    const handler: ProxyHandler<{ amount: string; currency: string }> = {
      getOwnPropertyDescriptor(target, name) {
        reads += 1;
        const property = Reflect.getOwnPropertyDescriptor(target, name);
        return name === 'amount' && property ? { ...property, value: reads > 1 ? '1000000.00' : '1.00' } : property;
      },
    };
    const read = moneyFromJson(new Proxy({ amount: '1.00', currency: 'USD' }, handler))._unsafeUnwrap();
    expect(read).toEqual(usd('1'));
  });

  it('keeps what it read when the object is changed afterwards', () => {
    const given = { amount: '1.00', currency: 'USD' };
    const read: Money = moneyFromJson(given)._unsafeUnwrap();
    given.amount = '1000000.00';
    expect(read).toEqual(usd('1'));
  });

  it.each<[unknown, string, string]>([
    [usd('5'), 'shape_invalid', 'amount'],
    [new Proxy(usd('5'), {}), 'shape_invalid', 'amount'],
    [{ amount: '5', currency: 'EUR', extra: 1 }, 'shape_invalid', 'amount'],
    [{ amount: '5' }, 'shape_invalid', 'amount'],
    [{ amount: '5', currency: 'EUR', [Symbol.for('holdfast.money')]: true }, 'shape_invalid', 'amount'],
    [Object.create({ amount: '5', currency: 'EUR' }), 'shape_invalid', 'amount'],
    [['5', 'EUR'], 'shape_invalid', 'amount'],
    ['5 EUR', 'shape_invalid', 'amount'],
    [null, 'shape_invalid', 'amount'],
    [{ amount: 5n, currency: 'EUR' }, 'amount_type', 'amount.amount'],
    [{ amount: 5, currency: 'EUR' }, 'amount_type', 'amount.amount'],
    [{ amount: '5.005', currency: 'EUR' }, 'amount_scale', 'amount.amount'],
    [{ amount: '5', currency: 'eur' }, 'currency_unknown', 'amount.currency'],
    [{ amount: 'x', currency: 'eur' }, 'currency_unknown', 'amount.currency'],
    [{ amount: '5', currency: '__proto__' }, 'currency_unknown', 'amount.currency'],
    [JSON.parse('{"__proto__":{"amount":"5"},"currency":"EUR"}'), 'shape_invalid', 'amount'],
  ])('refuses %o', (value, code, field) => {
    expect(moneyFromJson(value)._unsafeUnwrapErr()).toMatchObject({ code, field });
  });

  it('refuses every currency but the one that is asked for', () => {
    expect(moneyOfFromJson({ amount: '5', currency: 'EUR' }, usd)._unsafeUnwrapErr().code).toBe('currency_unknown');
  });
});
