import { instantAt, openBook } from '@holdfast/kernel';
import { eur, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { manageAccounts } from '../account/decider.ts';
import { defineChart } from '../chart/define-chart.ts';
import { createStillStore } from '../testing/still-store.ts';
import { transferMoney } from '../transfer/decider.ts';
import type { AnyHoldCommand } from './commands.ts';
import { holdMoney } from './decider.ts';

const chart = defineChart({
  'users:{user}:available': { type: 'liability', floor: { overdraft: [usd('50')] } },
  'users:{user}:held': { type: 'liability' },
  'shop:sales': { type: 'income' },
  'world:{provider}': { type: 'asset', floor: 'none' },
});
const actor = { id: 'ann', role: 'customer' };
const start = '2026-03-07T10:00:00.000Z';
const expiresAt = '2026-03-08T10:00:00.000Z';
const hold = {
  type: 'HoldMoney',
  from: 'users:ann:available',
  held: 'users:ann:held',
  amount: usd('30'),
  expiresAt,
} as const;
const capture = { type: 'CaptureHold', to: 'shop:sales', amount: 'rest' } as const;
const release = { type: 'ReleaseHold', amount: 'rest' } as const;
const expire = { type: 'ExpireHold' } as const;

async function opened() {
  let now = Date.parse(start);
  let keys = 0;
  const book = openBook({ store: createStillStore(), name: 'main', chart, clock: () => instantAt(now) });
  const holds = book.use(holdMoney);
  const fund = {
    type: 'Transfer',
    from: 'world:bank',
    to: 'users:ann:available',
    amount: usd('100'),
    kind: 'deposit',
  } as const;
  await book.use(transferMoney).execute(fund, { actor, key: 'fund' });
  const ask = async (command: AnyHoldCommand) => {
    const end = await holds.execute('h1', command as never, { actor, key: `k${++keys}` });
    return end.isOk() ? 'done' : end.error;
  };
  const code = async (command: AnyHoldCommand) => {
    const end = await ask(command);
    return typeof end === 'string' ? end : end.code;
  };
  const balances = async () => {
    const names = ['users:ann:available', 'users:ann:held', 'shop:sales'];
    return Promise.all(names.map(async (name) => `${(await book.balance(name, usd))._unsafeUnwrap().minor}`));
  };
  const pass = (instant: string) => {
    now = Date.parse(instant);
  };
  return { book, holds, ask, code, balances, pass };
}

describe('a hold', () => {
  it('sets money aside, gives it in parts and gives back what is left', async () => {
    const { holds, code, balances } = await opened();
    expect(await code(hold)).toBe('done');
    expect(await balances()).toEqual(['7000', '3000', '0']);
    expect(await code({ ...capture, amount: usd('10') })).toBe('done');
    expect(await code({ ...capture, amount: usd('5'), final: true })).toBe('done');
    expect(await balances()).toEqual(['8500', '0', '1500']);
    const read = (await holds.read('h1'))._unsafeUnwrap();
    expect(read.state).toMatchObject({ status: 'captured', captured: usd('15'), released: usd('15') });
  });

  it('is released in parts', async () => {
    const { holds, code, balances } = await opened();
    await code(hold);
    expect(await code({ ...release, amount: usd('10') })).toBe('done');
    expect(await balances()).toEqual(['8000', '2000', '0']);
    expect(await code(release)).toBe('done');
    expect((await holds.read('h1'))._unsafeUnwrap().status).toBe('released');
  });

  it('expires by the clock, and the clock does it once', async () => {
    const { book, holds, code, balances, pass } = await opened();
    await code(hold);
    await code({ ...capture, amount: usd('10') });
    expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ leased: 0 });
    pass(expiresAt);
    expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ leased: 1, done: 1 });
    expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ leased: 0 });
    expect(await balances()).toEqual(['9000', '0', '1000']);
    expect((await holds.read('h1'))._unsafeUnwrap().status).toBe('expired');
  });

  it('is over at its instant, whether the sweep or the capture comes first', async () => {
    for (const sweepFirst of [true, false]) {
      const { book, code, balances, pass } = await opened();
      await code(hold);
      pass('2026-03-08T09:59:59.999Z');
      expect(await code({ ...capture, amount: usd('1') })).toBe('done');
      pass(expiresAt);
      if (sweepFirst) await book.runDueTasks();
      expect(await code(capture)).toBe(sweepFirst ? 'hold_ended' : 'hold_expired');
      if (!sweepFirst) await book.runDueTasks();
      expect(await balances()).toEqual(['9900', '0', '100']);
    }
  });

  it('leaves no task behind when it ends before its instant', async () => {
    const { book, code, pass } = await opened();
    await code(hold);
    await code(capture);
    pass(expiresAt);
    expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ leased: 0 });
  });

  it('may be released after its instant, and never expires without one', async () => {
    const { code, pass } = await opened();
    await code(hold);
    pass(expiresAt);
    expect(await code(release)).toBe('done');
    const { code: other, pass: later } = await opened();
    const { expiresAt: _at, ...open } = hold;
    await other(open);
    later('2035-01-01T00:00:00.000Z');
    expect(await other(expire)).toBe('hold_not_due');
    expect(await other(capture)).toBe('done');
  });

  it('takes what is there and never draws an overdraft', async () => {
    const { ask, code } = await opened();
    expect(await ask({ ...hold, amount: usd('100.01') })).toEqual({
      code: 'insufficient_funds',
      account: 'users:ann:available',
      required: usd('100.01'),
      available: usd('100'),
    });
    expect(await code({ ...hold, amount: usd('100') })).toBe('done');
  });

  it('can be captured while its owner is frozen, and not be made', async () => {
    const { book, code } = await opened();
    await code(hold);
    const freeze = { type: 'FreezeAccount', account: hold.from, currency: usd.toJSON(), frozen: 'debits' } as const;
    await book.use(manageAccounts).execute(freeze, { actor, key: 'freeze' });
    expect(await code(capture)).toBe('done');
    const other = await book.use(holdMoney).execute('h2', hold, { actor, key: 'other' });
    expect(other._unsafeUnwrapErr()).toMatchObject({ code: 'account_frozen', side: 'debit' });
  });

  const states = {
    none: [],
    open: [hold],
    captured: [hold, capture],
    released: [hold, release],
    expired: [hold, expire],
  } as const;
  const table: Readonly<Record<keyof typeof states, readonly [string, string, string, string]>> = {
    none: ['done', 'hold_unknown', 'hold_unknown', 'hold_unknown'],
    open: ['hold_exists', 'done', 'done', 'hold_not_due'],
    captured: ['hold_exists', 'hold_ended', 'hold_ended', 'hold_ended'],
    released: ['hold_exists', 'hold_ended', 'hold_ended', 'hold_ended'],
    expired: ['hold_exists', 'hold_ended', 'hold_ended', 'hold_ended'],
  };
  it.each(Object.keys(states) as (keyof typeof states)[])('answers every command in the state %s', async (state) => {
    const answers: string[] = [];
    for (const command of [hold, capture, release, expire]) {
      const { code, pass } = await opened();
      for (const before of states[state]) {
        if (before === expire) pass(expiresAt);
        expect(await code(before)).toBe('done');
      }
      answers.push(await code(command));
    }
    expect(answers).toEqual(table[state]);
  });

  it('refuses in order: state, then time, then amount', async () => {
    const { code, pass } = await opened();
    const wrong = { ...capture, to: hold.held, amount: usd('31') };
    expect(await code(wrong)).toBe('hold_unknown');
    await code(hold);
    expect(await code(wrong)).toBe('shape_invalid');
    expect(await code({ ...wrong, to: 'shop:sales' })).toBe('amount_exceeds_hold');
    expect(await code({ ...wrong, to: 'shop:sales', amount: eur('1') as never })).toBe('shape_invalid');
    pass(expiresAt);
    expect(await code(wrong)).toBe('hold_expired');
    await code(expire);
    expect(await code(wrong)).toBe('hold_ended');
    expect(await code({ ...hold, expiresAt: start })).toBe('hold_exists');
    const { code: other } = await opened();
    expect(await other({ ...hold, expiresAt: start, amount: usd('900') })).toBe('expiry_in_past');
  });

  it.each([
    ['the same account on both sides', { ...hold, held: hold.from }, 'held'],
    ['a date that is not in the calendar', { ...hold, expiresAt: '2026-02-30T00:00:00.000Z' }, 'expiresAt'],
    ['a date without a zone', { ...hold, expiresAt: '2026-03-08T10:00:00' }, 'expiresAt'],
    ['a Date', { ...hold, expiresAt: new Date(0) }, 'expiresAt'],
    ['zero', { ...capture, amount: usd('0') }, 'amount'],
    ['all in another word', { ...capture, amount: 'all' }, 'amount'],
    ['a flag as text', { ...capture, final: 'true' }, 'final'],
    ['an amount where there is none', { ...expire, amount: usd('1') }, 'amount'],
    ['another command', { type: 'VoidHold' }, 'type'],
  ])('refuses %s by shape', (_what, command, field) => {
    expect(holdMoney.parse(command)._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field });
  });
});
