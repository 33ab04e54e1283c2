import { Defect, openBook } from '@holdfast/kernel';
import { eur, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { manageAccounts } from '../account/decider.ts';
import { defineChart } from '../chart/define-chart.ts';
import { holdMoney } from '../hold/decider.ts';
import { createStillStore } from '../testing/still-store.ts';
import { transferMoney } from '../transfer/decider.ts';
import { defineWallets } from './define-wallets.ts';
import { wallet } from './wallet.ts';
import { walletTotals } from './wallet-totals.ts';

const chart = defineChart({
  'users:{user}:available': { type: 'liability' },
  'users:{user}:held': { type: 'liability' },
  'escrows:{id}:held': { type: 'liability' },
  'platform:fees': { type: 'income' },
  'world:{provider}': { type: 'asset', floor: 'none' },
});
const places = {
  chart,
  available: 'users:{user}:available',
  held: 'users:{user}:held',
  outside: 'world:{provider}',
} as const;
const wallets = defineWallets({
  ...places,
  limits: { Deposit: { minimum: [usd('10')] }, Withdraw: { minimum: [usd('10')], maximum: [usd('10000')] } },
});
const ann = { id: 'ann', role: 'customer' };
const deposit = (amount = usd('100')) => ({ type: 'Deposit', owner: 'ann', amount, from: 'stripe' }) as const;
const withdraw = (amount = usd('20')) => ({ type: 'Withdraw', owner: 'ann', amount, to: 'stripe' }) as const;

function opened() {
  const book = openBook({ store: createStillStore(), name: 'main', chart, clock: () => '2026-03-07T10:00:00.000Z' });
  const money = book.use(wallets.decider);
  return {
    book,
    money,
    view: async () => (await wallet(book, wallets, { owner: 'ann', currency: usd }))._unsafeUnwrap(),
  };
}

describe('a wallet', () => {
  it('is there and empty before anybody used it', async () => {
    const { view } = opened();
    expect(await view()).toEqual({
      owner: 'ann',
      available: usd('0'),
      held: usd('0'),
      frozen: 'none',
      closed: false,
      sequence: 0,
    });
  });

  it('takes deposits from outside and gives withdrawals to outside', async () => {
    const { book, money, view } = opened();
    await money.execute(deposit(), { actor: ann, key: 'k1' });
    await money.execute(withdraw(), { actor: ann, key: 'k2' });
    expect(await view()).toMatchObject({ available: usd('80'), sequence: 2 });
    expect((await book.balance('world:stripe', usd))._unsafeUnwrap().money).toEqual(usd('-80'));
  });

  it('shows what is held, in the wallet and in the escrows that are named', async () => {
    const { book, money } = opened();
    await money.execute(deposit(), { actor: ann, key: 'k1' });
    const from = 'users:ann:available';
    await book
      .use(holdMoney)
      .execute('h1', { type: 'HoldMoney', from, held: 'users:ann:held', amount: usd('10') }, { actor: ann, key: 'k2' });
    const escrow = { type: 'Transfer', from, to: 'escrows:7:held', amount: usd('35'), kind: 'escrow_hold' } as const;
    const receipt = (await book.use(transferMoney).execute(escrow, { actor: ann, key: 'k3' }))._unsafeUnwrap();
    const query = {
      owner: 'ann',
      currency: usd,
      alsoHeld: ['escrows:7:held', 'users:ann:held'],
      atLeast: receipt.sequence,
    };
    expect((await wallet(book, wallets, query))._unsafeUnwrap()).toMatchObject({
      available: usd('55'),
      held: usd('45'),
    });
  });

  it('refuses amounts outside of its limits, each command by its own', async () => {
    const { money } = opened();
    const low = await money.execute(deposit(usd('9.99')), { actor: ann, key: 'k1' });
    expect(low._unsafeUnwrapErr()).toEqual({
      code: 'amount_below_minimum',
      command: 'Deposit',
      amount: usd('9.99'),
      minimum: usd('10'),
    });
    expect((await money.execute(deposit(usd('10')), { actor: ann, key: 'k2' })).isOk()).toBe(true);
    expect((await money.execute(deposit(usd('90000')), { actor: ann, key: 'k3' })).isOk()).toBe(true);
    const high = await money.execute(withdraw(usd('10000.01')), { actor: ann, key: 'k4' });
    expect(high._unsafeUnwrapErr()).toMatchObject({ code: 'amount_above_maximum', maximum: usd('10000') });
    expect((await money.execute(withdraw(usd('10000')), { actor: ann, key: 'k5' })).isOk()).toBe(true);
    expect((await money.execute(deposit(eur('0.01') as never), { actor: ann, key: 'k6' })).isOk()).toBe(true);
  });

  it('lets only its owner withdraw, unless another rule is given', async () => {
    const { money } = opened();
    await money.execute(deposit(), { actor: { id: 'bank', role: 'provider' }, key: 'k1' });
    const other = await money.execute(withdraw(), { actor: { id: 'ben', role: 'customer' }, key: 'k2' });
    expect(other._unsafeUnwrapErr()).toEqual({ code: 'not_authorised', role: 'customer', command: 'Withdraw' });
    const strict = defineWallets({
      ...places,
      authority: { Withdraw: ({ id, role }, owner) => id === owner && role === 'contractor' },
    });
    const book = openBook({ store: createStillStore(), name: 'main', chart });
    const refused = await book.use(strict.decider).execute(withdraw(), { actor: ann, key: 'k3' });
    expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'not_authorised' });
  });

  it('refuses by authority before limits, and by limits before the balance', async () => {
    const { money } = opened();
    const tooMuch = withdraw(usd('20000'));
    expect((await money.execute(tooMuch, { actor: { id: 'ben', role: 'x' }, key: 'k1' }))._unsafeUnwrapErr().code).toBe(
      'not_authorised',
    );
    expect((await money.execute(tooMuch, { actor: ann, key: 'k2' }))._unsafeUnwrapErr().code).toBe(
      'amount_above_maximum',
    );
    expect((await money.execute(withdraw(), { actor: ann, key: 'k3' }))._unsafeUnwrapErr()).toMatchObject({
      code: 'insufficient_funds',
      required: usd('20'),
      available: usd('0'),
    });
  });

  it('still receives while it is frozen for debits, and shows that it is', async () => {
    const { book, money, view } = opened();
    await money.execute(deposit(), { actor: ann, key: 'k1' });
    const freeze = {
      type: 'FreezeAccount',
      account: 'users:ann:available',
      currency: usd.toJSON(),
      frozen: 'debits',
    } as const;
    await book.use(manageAccounts).execute(freeze, { actor: ann, key: 'k2' });
    expect((await money.execute(withdraw(), { actor: ann, key: 'k3' }))._unsafeUnwrapErr()).toEqual({
      code: 'account_frozen',
      account: 'users:ann:available',
      side: 'debit',
    });
    expect((await money.execute(deposit(), { actor: ann, key: 'k4' })).isOk()).toBe(true);
    expect(await view()).toMatchObject({ available: usd('200'), frozen: 'debits' });
  });

  it('answers an owner that is no id with a refusal', async () => {
    const { book, money } = opened();
    expect((await wallet(book, wallets, { owner: '../x', currency: usd }))._unsafeUnwrapErr()).toMatchObject({
      code: 'id_invalid',
    });
    const refused = await money.execute({ ...deposit(), owner: 'a:b' }, { actor: ann, key: 'k' });
    expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field: 'owner' });
  });

  it('waits for nothing that it has not seen: a read from behind is a fault', async () => {
    const { book } = opened();
    const behind = await wallet(book, wallets, { owner: 'ann', currency: usd, atLeast: 5 });
    expect(behind._unsafeUnwrapErr()).toMatchObject({ fault: true, code: 'behind', effect: 'none' });
  });
});

describe('the totals of a wallet', () => {
  it('follow from its lines, net of refunds', async () => {
    const { book, money } = opened();
    const moves = book.use(transferMoney);
    const from = 'users:ann:available';
    const to = 'escrows:7:held';
    await money.execute(deposit(), { actor: ann, key: 'k1' });
    await moves.execute(
      { type: 'Transfer', from, to, amount: usd('60'), kind: 'escrow_hold' },
      { actor: ann, key: 'k2' },
    );
    await moves.execute(
      { type: 'Transfer', from: to, to: from, amount: usd('25'), kind: 'refund' },
      { actor: ann, key: 'k3' },
    );
    const query = { owner: 'ann', currency: usd };
    const before = (await walletTotals(book, wallets, query))._unsafeUnwrap();
    expect(before).toEqual({
      deposited: usd('100'),
      withdrawn: usd('0'),
      earned: usd('0'),
      committed: usd('35'),
      sequence: 3,
    });
    await moves.execute(
      { type: 'Transfer', from: to, to: from, amount: usd('5'), kind: 'payout' },
      { actor: ann, key: 'k4' },
    );
    await money.execute(withdraw(), { actor: ann, key: 'k5' });
    const after = (await walletTotals(book, wallets, query))._unsafeUnwrap();
    expect(after).toEqual({ ...before, withdrawn: usd('20'), earned: usd('5'), sequence: 5 });
    expect((await walletTotals(book, wallets, { ...query, since: before }))._unsafeUnwrap()).toEqual(after);
  });
});

describe('defining wallets', () => {
  it('stops at a pattern that cannot name a wallet, and at limits that no amount fits', () => {
    expect(() => defineWallets({ ...places, available: 'platform:fees' })).toThrow(/exactly one parameter/);
    // @ts-expect-error no such pattern
    expect(() => defineWallets({ ...places, outside: 'mars:{provider}' })).toThrow(Defect);
    const limits = { Deposit: { minimum: [usd('10')], maximum: [usd('9')] } };
    expect(() => defineWallets({ ...places, limits })).toThrow(/no amount fits/);
  });
});
