import { openBook } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { sampleChart } from '../testing/sample-chart.ts';
import { createStillStore } from '../testing/still-store.ts';
import { transferMoney } from '../transfer/decider.ts';
import { manageAccounts } from './decider.ts';

const actor = { id: 'op', role: 'operator' };
const reserve = 'platform:reserve:r1';
const currency = usd.toJSON();

async function opened() {
  const book = openBook({
    store: createStillStore(),
    name: 'main',
    chart: sampleChart,
    clock: () => '2026-03-07T10:00:00.000Z',
  });
  const accounts = book.use(manageAccounts);
  const moves = book.use(transferMoney);
  let keys = 0;
  const pay = async (from: string, to: string, amount = usd('10')) => {
    const end = await moves.execute({ type: 'Transfer', from, to, amount, kind: 'x' }, { actor, key: `pay-${++keys}` });
    return end.isOk() ? 'done' : end.error.code;
  };
  const ask = async (
    type: 'OpenAccount' | 'UnfreezeAccount' | 'CloseAccount' | 'FreezeAccount',
    account: string,
    frozen: 'all' | 'debits' = 'all',
  ) => {
    const command = type === 'FreezeAccount' ? { type, account, currency, frozen } : { type, account, currency };
    const end = await accounts.execute(command as never, { actor, key: `ask-${++keys}` });
    return end.isOk() ? 'done' : end.error.code;
  };
  return { book, pay, ask };
}

describe('an account', () => {
  it('that opens explicitly takes nothing before', async () => {
    const { pay, ask } = await opened();
    expect(await pay('world:bank', reserve)).toBe('account_unknown');
    expect(await ask('OpenAccount', reserve)).toBe('done');
    expect(await ask('OpenAccount', reserve)).toBe('account_exists');
    expect(await pay('world:bank', reserve)).toBe('done');
  });

  it('opens by its pattern only', async () => {
    const { ask } = await opened();
    expect(await ask('OpenAccount', 'mars:x')).toBe('account_unknown');
  });

  it('that is frozen for debits still receives; frozen for all, it does not', async () => {
    const { pay, ask } = await opened();
    await pay('world:bank', 'users:ann:available');
    expect(await ask('FreezeAccount', 'users:ann:available', 'debits')).toBe('done');
    expect(await pay('users:ann:available', 'users:ben:available')).toBe('account_frozen');
    expect(await pay('world:bank', 'users:ann:available')).toBe('done');
    expect(await ask('FreezeAccount', 'users:ann:available', 'all')).toBe('done');
    expect(await pay('world:bank', 'users:ann:available')).toBe('account_frozen');
    expect(await ask('UnfreezeAccount', 'users:ann:available')).toBe('done');
    expect(await ask('UnfreezeAccount', 'users:ann:available')).toBe('account_not_frozen');
    expect(await pay('users:ann:available', 'users:ben:available')).toBe('done');
  });

  it('closes when it is empty, for good', async () => {
    const { pay, ask } = await opened();
    await pay('world:bank', 'users:ann:available');
    expect(await ask('CloseAccount', 'users:ann:available')).toBe('account_not_empty');
    await pay('users:ann:available', 'world:bank');
    expect(await ask('CloseAccount', 'users:ann:available')).toBe('done');
    expect(await pay('world:bank', 'users:ann:available')).toBe('account_closed');
    for (const type of ['CloseAccount', 'FreezeAccount', 'UnfreezeAccount'] as const) {
      expect(await ask(type, 'users:ann:available')).toBe('account_closed');
    }
    expect(await ask('OpenAccount', 'users:ann:available')).toBe('account_exists');
  });

  it('that never opened has no flags to change', async () => {
    const { ask } = await opened();
    for (const type of ['CloseAccount', 'FreezeAccount', 'UnfreezeAccount'] as const) {
      expect(await ask(type, 'users:ann:available')).toBe('account_unknown');
    }
  });

  it('keeps the settings of its opening when the chart changes', async () => {
    const store = createStillStore();
    const settings = (floor: bigint | null) => ({
      open: () => sampleChart.open('world:x', currency, false).map((found) => ({ ...found, floor })),
    });
    const first = openBook({ store, name: 'main', chart: settings(null) as never });
    await first
      .use(transferMoney)
      .execute({ type: 'Transfer', from: 'a', to: 'b', amount: usd('5'), kind: 'x' }, { actor, key: 'k1' });
    const second = openBook({ store, name: 'main', chart: settings(0n) as never });
    const again = await second
      .use(transferMoney)
      .execute({ type: 'Transfer', from: 'a', to: 'b', amount: usd('5'), kind: 'x' }, { actor, key: 'k2' });
    expect(again.isOk()).toBe(true);
  });

  it.each([
    ['no currency', { type: 'CloseAccount', account: reserve }, 'currency'],
    ['another command', { type: 'DeleteAccount', account: reserve, currency }, 'type'],
    ['another freeze', { type: 'FreezeAccount', account: reserve, currency, frozen: 'none' }, 'frozen'],
    ['a name that is none', { type: 'OpenAccount', account: 'a b', currency }, 'account'],
    ['more than it takes', { type: 'OpenAccount', account: reserve, currency, floor: null }, 'floor'],
  ])('refuses %s by shape', (_what, command, field) => {
    expect(manageAccounts.parse(command)._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field });
  });
});
