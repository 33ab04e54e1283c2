import { bookKeeping, openBook } from '@holdfast/kernel';
import { eur, jpy, money, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { defineChart } from '../chart/define-chart.ts';
import { createStillStore } from '../testing/still-store.ts';
import { transferMoney } from './decider.ts';

const chart = defineChart({
  'users:{user}:available': { type: 'liability' },
  'users:{user}:credit': { type: 'liability', floor: { overdraft: [usd('50')] } },
  'pass:{name}': { type: 'liability' },
  'world:{provider}': { type: 'asset', floor: 'none' },
});
const actor = { id: 'op', role: 'operator' };
const ann = 'users:ann:available';
const ben = 'users:ben:available';

async function opened() {
  const book = openBook({ store: createStillStore(), name: 'main', chart, clock: () => '2026-03-07T10:00:00.000Z' });
  const moves = book.use(transferMoney);
  const fund = { type: 'Transfer', from: 'world:bank', to: ann, amount: usd('100'), kind: 'deposit' } as const;
  (await moves.execute(fund, { actor, key: 'fund' }))._unsafeUnwrap();
  const balance = async (account: string) => `${(await book.balance(account, usd))._unsafeUnwrap().money}`;
  return { book, moves, balance };
}

describe('moving money', () => {
  it('lowers one account and raises another by the same', async () => {
    const { moves, balance, book } = await opened();
    const command = {
      type: 'Transfer',
      from: ann,
      to: ben,
      amount: usd('30'),
      kind: 'gift',
      reference: 'order-7',
    } as const;
    const receipt = (await moves.execute(command, { actor, key: 'k' }))._unsafeUnwrap();
    expect(receipt).toMatchObject({ status: 'committed', sequence: 2 });
    expect([await balance(ann), await balance(ben)]).toEqual(['70.00 USD', '30.00 USD']);
    const feed = (await book.units({ after: 1, limit: 1 }))._unsafeUnwrap();
    expect(feed.kind === 'units' && feed.units[0]?.bytes).toContain('"data":{"reference":"order-7"}');
  });

  it('answers the same key with the first receipt, and moves nothing again', async () => {
    const { moves, balance } = await opened();
    const command = { type: 'Transfer', from: ann, to: ben, amount: usd('30'), kind: 'gift' } as const;
    await moves.execute(command, { actor, key: 'k' });
    expect((await moves.execute(command, { actor, key: 'k' }))._unsafeUnwrap()).toMatchObject({
      status: 'replayed',
      sequence: 2,
    });
    const other = await moves.execute({ ...command, amount: usd('31') }, { actor, key: 'k' });
    expect(other._unsafeUnwrapErr()).toMatchObject({ code: 'key_conflict' });
    expect(await balance(ann)).toBe('70.00 USD');
  });

  it('posts several transfers as a whole, bound by the floors only at the end', async () => {
    const { moves, balance } = await opened();
    const transfers = [
      { from: 'pass:x', to: ben, amount: usd('40'), kind: 'pass' },
      { from: ann, to: 'pass:x', amount: usd('40'), kind: 'pass' },
    ];
    expect((await moves.execute({ type: 'PostEntry', transfers }, { actor, key: 'k' })).isOk()).toBe(true);
    expect([await balance('pass:x'), await balance(ben)]).toEqual(['0.00 USD', '40.00 USD']);
    const short = [...transfers, { from: 'pass:x', to: ben, amount: usd('0.01'), kind: 'pass' }];
    const refused = await moves.execute({ type: 'PostEntry', transfers: short }, { actor, key: 'k2' });
    expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'insufficient_funds', account: 'pass:x' });
    expect(await balance(ben)).toBe('40.00 USD');
  });

  it('keeps currencies apart', async () => {
    const { moves, book } = await opened();
    const pay = { type: 'Transfer', from: ann, to: ben, amount: eur('1'), kind: 'gift' } as const;
    const refused = await moves.execute(pay, { actor, key: 'k' });
    expect(refused._unsafeUnwrapErr()).toMatchObject({
      code: 'insufficient_funds',
      required: eur('1'),
      available: eur('0'),
    });
    expect((await book.balance(ann, eur))._unsafeUnwrap().minor).toBe(0n);
  });

  it('is booked backwards where it says so, never forwards, and in no closed period', async () => {
    const { book, moves, balance } = await opened();
    const pay = { type: 'Transfer', from: ann, to: ben, amount: usd('1'), kind: 'gift' } as const;
    const at = '2026-03-07T10:00:00.000Z';
    const ask = (command: typeof pay | object, key: string) => moves.execute(command as typeof pay, { actor, key });
    const february = { ...pay, effectiveAt: '2026-02-28T10:00:00.000Z' };
    (await ask(february, 'k1'))._unsafeUnwrap();
    const later = { ...pay, effectiveAt: '2026-03-07T10:00:00.001Z' };
    expect((await ask(later, 'k2'))._unsafeUnwrapErr()).toEqual({
      code: 'effective_later',
      effectiveAt: later.effectiveAt,
      at,
    });
    const closedBefore = '2026-03-01T00:00:00.000Z';
    (
      await book.use(bookKeeping).execute({ type: 'ClosePeriod', before: closedBefore }, { actor, key: 'c' })
    )._unsafeUnwrap();
    const closed = { code: 'period_closed', effectiveAt: february.effectiveAt, closedBefore };
    expect((await ask(february, 'k3'))._unsafeUnwrapErr()).toEqual(closed);
    const entry = { type: 'PostEntry', transfers: [{ from: ann, to: ben, amount: usd('1'), kind: 'gift' }] };
    expect((await ask({ ...entry, effectiveAt: february.effectiveAt }, 'k4'))._unsafeUnwrapErr()).toEqual(closed);
    const all = { type: 'TransferAll', from: ann, to: ben, currency: usd.toJSON(), kind: 'sweep' };
    expect((await ask({ ...all, effectiveAt: february.effectiveAt }, 'k5'))._unsafeUnwrapErr()).toEqual(closed);
    expect(await balance(ben)).toBe('1.00 USD');
    (await ask({ ...all, effectiveAt: closedBefore }, 'k6'))._unsafeUnwrap();
  });

  it('overdraws by what was agreed and not by a cent more', async () => {
    const { moves } = await opened();
    const pay = (minor: bigint, key: string) =>
      moves.execute(
        { type: 'Transfer', from: 'users:ann:credit', to: ben, amount: money(minor, usd), kind: 'pay' },
        { actor, key },
      );
    expect((await pay(5_001n, 'k1'))._unsafeUnwrapErr()).toMatchObject({
      code: 'insufficient_funds',
      available: usd('50'),
    });
    expect((await pay(5_000n, 'k2')).isOk()).toBe(true);
    expect((await pay(1n, 'k3')).isErr()).toBe(true);
  });

  it('moves all that an account has, and says so when that is nothing', async () => {
    const { moves, balance } = await opened();
    const all = { type: 'TransferAll', from: ann, to: ben, currency: usd.toJSON(), kind: 'sweep' } as const;
    expect((await moves.execute(all, { actor, key: 'k1' })).isOk()).toBe(true);
    expect([await balance(ann), await balance(ben)]).toEqual(['0.00 USD', '100.00 USD']);
    const again = await moves.execute(all, { actor, key: 'k2' });
    expect(again._unsafeUnwrapErr()).toEqual({ code: 'nothing_to_transfer', account: ann, balance: usd('0') });
  });

  it('refuses a balance of more than 38 digits', async () => {
    const { moves } = await opened();
    const most = money(10n ** 38n - 1n, usd);
    const fund = { type: 'Transfer', from: 'world:bank', to: ben, amount: most, kind: 'deposit' } as const;
    const refused = await moves.execute(fund, { actor, key: 'k' });
    expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'limit_exceeded' });
  });
});

const good = { type: 'Transfer', from: ann, to: ben, amount: usd('1'), kind: 'gift' };
const one = { from: ann, to: ben, amount: usd('1'), kind: 'gift' };
const trap = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error('looked');
    },
  },
);

describe('transfers from outside', () => {
  it.each([
    ['no command', undefined, 'type'],
    ['another command', { ...good, type: 'Move' }, 'type'],
    ['an amount of zero', { ...good, amount: usd('0') }, 'amount'],
    ['an amount below zero, to fake the other direction', { ...good, amount: usd('-1') }, 'amount'],
    ['a number as amount', { ...good, amount: 5 }, 'amount'],
    ['a bigint as amount', { ...good, amount: 5n }, 'amount'],
    ['a look-alike of an amount', { ...good, amount: { minor: 5n, currency: { code: 'USD', scale: 2 } } }, 'amount'],
    ['an amount behind a proxy', { ...good, amount: new Proxy(usd('1'), {}) }, 'amount'],
    ['the same account on both sides', { ...good, to: ann }, 'to'],
    ['no account', { ...good, to: undefined }, 'to'],
    ['an account with a space', { ...good, to: 'users: ben' }, 'to'],
    ['a list as account', { ...good, from: [ann] }, 'from'],
    ['a kind in capitals', { ...good, kind: 'Gift' }, 'kind'],
    ['a kind that is SQL', { ...good, kind: "'; drop" }, 'kind'],
    ['an unknown field', { ...good, note: 'x' }, 'note'],
    ['a getter', Object.defineProperty({ ...good }, 'amount', { get: () => usd('1'), enumerable: true }), 'amount'],
    ['an instance of a class', Object.assign(new (class X {})(), good), 'command'],
    ['a symbol as key', { ...good, [Symbol('x')]: 1 }, 'Symbol(x)'],
    ['a reference that is no id', { ...good, reference: '../x' }, 'reference'],
    ['an instant that is none', { ...good, effectiveAt: '2026-02-30T00:00:00.000Z' }, 'effectiveAt'],
    ['an entry without transfers', { type: 'PostEntry', transfers: [] }, 'transfers'],
    ['an entry that is no list', { type: 'PostEntry', transfers: new Set([one]) }, 'transfers'],
    ['an entry that is read only once', { type: 'PostEntry', transfers: [one].values() }, 'transfers'],
    ['an entry like a list', { type: 'PostEntry', transfers: { length: 1, 0: one } }, 'transfers'],
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    ['an entry with a hole', { type: 'PostEntry', transfers: [one, , one] }, 'transfers.1'],
    [
      'a transfer below zero in an entry',
      { type: 'PostEntry', transfers: [one, { ...one, amount: usd('-1') }] },
      'transfers.1.amount',
    ],
    ['a transfer to itself in an entry', { type: 'PostEntry', transfers: [{ ...one, to: ann }] }, 'transfers.0.to'],
    [
      'a currency without a scale',
      { type: 'TransferAll', from: ann, to: ben, currency: { code: 'USD' }, kind: 'x' },
      'currency',
    ],
    ['a currency as text', { type: 'TransferAll', from: ann, to: ben, currency: 'USD', kind: 'x' }, 'currency'],
  ])('are refused for their shape: %s', (_what, command, field) => {
    const refusal = transferMoney.parse(command)._unsafeUnwrapErr();
    expect(refusal).toMatchObject({ code: 'shape_invalid', field });
    expect(refusal.given.length).toBeLessThanOrEqual(64);
    expect(refusal.allowed.length).toBeGreaterThan(0);
  });

  it('answers a proxy that throws with a refusal', () => {
    expect(transferMoney.parse(trap)._unsafeUnwrapErr().code).toBe('shape_invalid');
  });

  it('does not see what a caller changes afterwards', () => {
    const given = { ...good };
    const parsed = transferMoney.parse(given)._unsafeUnwrap();
    given.amount = usd('1000') as never;
    expect(parsed).toMatchObject({ amount: usd('1') });
  });

  it('takes as many transfers as a unit may hold, and refuses one more before it reads them', async () => {
    const { book, moves, balance } = await opened();
    const many = (count: number) => {
      const transfer = { from: 'world:bank', to: 'pass:x', amount: usd('0.01'), kind: 'gift' };
      return { type: 'PostEntry', transfers: new Array<typeof transfer>(count).fill(transfer) } as const;
    };
    (await moves.execute(many(10_000), { actor, key: 'k' }))._unsafeUnwrap();
    expect(await balance('pass:x')).toBe('100.00 USD');
    expect(transferMoney.parse(many(10_001))._unsafeUnwrapErr()).toMatchObject({
      code: 'shape_invalid',
      field: 'transfers',
      given: '10001',
      allowed: 'a list of 1 to 10,000 transfers',
    });
    // Two commands of one unit may still be too much together, which only the kernel can see.
    const both = [moves.ask(many(10_000)), moves.ask(many(1))];
    const refused = await book.together(both, { actor, key: 'k2' });
    expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'limit_exceeded', limit: '10000' });
  });

  it('answers an unknown account, and one that is not there, alike', async () => {
    const { moves } = await opened();
    const pay = (to: string, key: string) => moves.execute({ ...one, type: 'Transfer', to }, { actor, key });
    expect((await pay('nobody:x', 'k1'))._unsafeUnwrapErr()).toEqual({ code: 'account_unknown', account: 'nobody:x' });
    expect((await pay('users:ann', 'k2'))._unsafeUnwrapErr()).toEqual({
      code: 'account_unknown',
      account: 'users:ann',
    });
  });

  it('needs a key', async () => {
    const { moves } = await opened();
    const refused = await moves.execute({ ...one, type: 'Transfer' }, { actor } as never);
    expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'key_invalid', field: 'key' });
  });
});

describe('the types of transfers', () => {
  it('tell exactly what a command may be refused for', async () => {
    const { moves } = await opened();
    const transfer = await moves.execute({ ...one, type: 'Transfer' }, { actor, key: 'k' });
    // @ts-expect-error only TransferAll says so
    expect(transfer.isErr() && transfer.error.code === 'nothing_to_transfer').toBe(false);
    const all = { type: 'TransferAll', from: ann, to: ben, currency: jpy.toJSON(), kind: 'x' } as const;
    const swept = await moves.execute(all, { actor, key: 'k2' });
    expect(swept.isErr() && swept.error.code === 'nothing_to_transfer').toBe(true);
  });
});
