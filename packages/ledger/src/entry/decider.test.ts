import { openBook } from '@holdfast/kernel';
import { eur, type Money, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { defineChart } from '../chart/define-chart.ts';
import { createStillStore } from '../testing/still-store.ts';
import type { AnyEntryCommand } from './commands.ts';
import { reversibleEntries } from './decider.ts';

const chart = defineChart({ '{name}': { type: 'liability' }, 'world:{provider}': { type: 'asset', floor: 'none' } });
const actor = { id: 'op', role: 'operator' };
const transfers = [
  { from: 'world:bank', to: 'middle', amount: usd('100'), kind: 'pay' },
  { from: 'middle', to: 'shop', amount: usd('95'), kind: 'pay' },
  { from: 'middle', to: 'fees', amount: usd('5'), kind: 'fee' },
];
const record = { type: 'RecordEntry', transfers } as const;
const reverse = (...amounts: Money[]): AnyEntryCommand =>
  amounts.length > 0 ? { type: 'ReverseEntry', amounts } : { type: 'ReverseEntry' };

function opened() {
  const book = openBook({ store: createStillStore(), name: 'main', chart, clock: () => '2026-03-07T10:00:00.000Z' });
  const entries = book.use(reversibleEntries);
  let keys = 0;
  const ask = async (command: AnyEntryCommand, id = 'e1') => {
    const end = await entries.execute(id, command as never, { actor, key: `k${++keys}` });
    return end.isOk() ? 'done' : end.error;
  };
  const balances = async () =>
    Promise.all(
      ['middle', 'shop', 'fees'].map(async (name) => `${(await book.balance(name, usd))._unsafeUnwrap().money.minor}`),
    );
  return { book, entries, ask, balances };
}

describe('an entry', () => {
  it('is reversed as a whole, although the account in the middle is empty', async () => {
    const { book, entries, ask, balances } = opened();
    expect(await ask(record)).toBe('done');
    expect(await balances()).toEqual(['0', '9500', '500']);
    expect(await ask(reverse())).toBe('done');
    expect(await balances()).toEqual(['0', '0', '0']);
    expect((await entries.read('e1'))._unsafeUnwrap()).toMatchObject({ status: 'reversed', version: 2 });
    const feed = (await book.units({ after: 1, limit: 1 }))._unsafeUnwrap();
    expect(feed.kind === 'units' && feed.units[0]?.bytes).toContain('["fees","middle","5.00","USD","fee_reversal"]');
  });

  it('is reversed at most once in total, in parts', async () => {
    const { entries, ask, balances } = opened();
    await ask(record);
    expect(await ask(reverse(usd('60'), usd('60'), usd('0')))).toBe('done');
    expect((await entries.read('e1'))._unsafeUnwrap().status).toBe('partly_reversed');
    expect(await ask(reverse(usd('40'), usd('35.01'), usd('5')))).toEqual({
      code: 'reversal_exceeds_entry',
      entry: 'e1',
      transfer: 1,
      amount: usd('35.01'),
      left: usd('35'),
    });
    expect(await balances()).toEqual(['0', '3500', '500']);
    expect(await ask(reverse())).toBe('done');
    expect(await balances()).toEqual(['0', '0', '0']);
    expect(await ask(reverse())).toEqual({ code: 'entry_reversed_before', entry: 'e1' });
  });

  it('is reversed once by twenty who ask at the same time', async () => {
    const { ask, balances } = opened();
    await ask(record);
    const ends = await Promise.all(Array.from({ length: 20 }, () => ask(reverse())));
    expect(ends.filter((end) => end === 'done')).toHaveLength(1);
    expect(await balances()).toEqual(['0', '0', '0']);
  });

  it('is not reversed where the money is gone', async () => {
    const { ask, balances } = opened();
    await ask(record);
    await ask(
      { type: 'RecordEntry', transfers: [{ from: 'shop', to: 'world:bank', amount: usd('90'), kind: 'payout' }] },
      'e2',
    );
    expect(await ask(reverse())).toMatchObject({ code: 'insufficient_funds', account: 'shop' });
    expect(await balances()).toEqual(['0', '500', '500']);
  });

  it('has an id of its own, and is known before it is reversed', async () => {
    const { ask } = opened();
    expect(await ask(reverse())).toEqual({ code: 'entry_unknown', entry: 'e1' });
    await ask(record);
    expect(await ask(record)).toEqual({ code: 'entry_exists', entry: 'e1' });
  });

  it.each([
    ['fewer amounts than transfers', [usd('1')], 'amounts'],
    ['an amount of another currency', [usd('1'), usd('1'), eur('1') as never], 'amounts.2'],
    ['nothing but zeros', [usd('0'), usd('0'), usd('0')], 'amounts'],
  ])('refuses %s', async (_what, amounts, field) => {
    const { ask } = opened();
    await ask(record);
    expect(await ask({ type: 'ReverseEntry', amounts })).toMatchObject({ code: 'shape_invalid', field });
  });

  it.each([
    ['an entry without transfers', { type: 'RecordEntry', transfers: [] }, 'transfers'],
    ['an entry of 101 transfers', { type: 'RecordEntry', transfers: new Array(101).fill(transfers[0]) }, 'transfers'],
    ['an amount below zero', { type: 'ReverseEntry', amounts: [usd('-1')] }, 'amounts.0'],
    ['amounts that are no list', { type: 'ReverseEntry', amounts: 'all' }, 'amounts'],
    ['another command', { type: 'UndoEntry' }, 'type'],
  ])('refuses %s by shape', (_what, command, field) => {
    expect(reversibleEntries.parse(command)._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field });
  });
});
