import { type Book, instantAt, openBook } from '@holdfast/kernel';
import { jpy, type Money, usd } from '@holdfast/money';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleChart, sampleWallets } from '../testing/sample-chart.ts';
import { createStillStore } from '../testing/still-store.ts';
import { transferMoney } from '../transfer/decider.ts';
import { balances } from './balances.ts';
import { sequenceAt } from './sequence-at.ts';
import { statement } from './statement.ts';
import { transactions } from './transactions.ts';
import { transactionsPage } from './transactions-page.ts';
import { trialBalance } from './trial-balance.ts';

const ann = 'users:ann:available';
const currency = usd;
const start = Date.parse('2026-03-07T10:00:00.000Z');
let book: Book;

/** Unit 1 at 10:00 puts 100 into the wallet, units 2 to 31 take 1 each at 10:01 to 10:30, every third as a fee; unit 32 is in yen. */
beforeAll(async () => {
  let now = start;
  book = openBook({ store: createStillStore(), name: 'main', chart: sampleChart, clock: () => instantAt(now) });
  const actor = { id: 'ann', role: 'customer' };
  const deposit = { type: 'Deposit', owner: 'ann', amount: usd('100'), from: 'stripe', reference: 'pi_1' } as const;
  (await book.use(sampleWallets.decider).execute(deposit, { actor, key: 'd' }))._unsafeUnwrap();
  for (let index = 1; index <= 30; index++) {
    now = start + index * 60_000;
    const to = index % 3 === 0 ? 'platform:fees:earned' : 'users:ben:available';
    const kind = index % 3 === 0 ? 'platform_fee' : 'gift';
    const pay = { type: 'Transfer', from: ann, to, amount: usd('1'), kind } as const;
    (await book.use(transferMoney).execute(pay, { actor, key: `p${index}` }))._unsafeUnwrap();
  }
  const yen = { ...deposit, amount: jpy('500') as Money } as const;
  (await book.use(sampleWallets.decider).execute(yen, { actor, key: 'y' }))._unsafeUnwrap();
});

describe('the transactions of an account', () => {
  it('come newest first, with what their units say', async () => {
    const page = (await transactions(book, { account: ann, currency, limit: 3 }))._unsafeUnwrap();
    expect(page.sequence).toBe(32);
    expect(page.transactions.map(({ sequence, kind }) => `${sequence} ${kind}`)).toEqual([
      '31 platform_fee',
      '30 gift',
      '29 gift',
    ]);
    expect(page.transactions[0]).toEqual({
      sequence: 31,
      ordinal: 0,
      at: '2026-03-07T10:30:00.000Z',
      kind: 'platform_fee',
      amount: usd('-1'),
      balance: usd('70'),
      from: ann,
      to: 'platform:fees:earned',
      key: 'ann p30',
    });
  });

  it('are all met once by following the pages, of all kinds and of one', async () => {
    for (const [kinds, count] of [
      [undefined, 31],
      [['platform_fee'], 10],
      [['deposit', 'gift'], 21],
      [[], 0],
    ] as const) {
      const seen: number[] = [];
      let after: string | undefined;
      do {
        const query = {
          account: ann,
          currency,
          limit: 4,
          ...(kinds ? { kinds } : {}),
          ...(after === undefined ? {} : { after }),
        };
        const page = (await transactions(book, query))._unsafeUnwrap();
        expect(page.transactions.length).toBeLessThanOrEqual(4);
        seen.push(...page.transactions.map(({ sequence }) => sequence));
        after = page.next;
      } while (after !== undefined);
      expect(seen).toEqual([...new Set(seen)].sort((left, right) => right - left));
      expect(seen).toHaveLength(count);
    }
  });

  it('carry the reference of their command', async () => {
    const page = (await transactions(book, { account: ann, currency, kinds: ['deposit'], limit: 5 }))._unsafeUnwrap();
    expect(page.transactions[0]).toMatchObject({ reference: 'pi_1', amount: usd('100'), balance: usd('100') });
  });

  it('come by the number of the page, with the total', async () => {
    const page = (
      await transactionsPage(book, { account: ann, currency, kinds: ['platform_fee'], page: 2, limit: 4 })
    )._unsafeUnwrap();
    expect(page).toMatchObject({ page: 2, limit: 4, total: 10, totalPages: 3, sequence: 32 });
    expect(page.transactions.map(({ sequence }) => sequence)).toEqual([19, 16, 13, 10]);
    const beyond = (await transactionsPage(book, { account: ann, currency, page: 9, limit: 4 }))._unsafeUnwrap();
    expect(beyond).toMatchObject({ transactions: [], total: 31, totalPages: 8 });
  });

  it('are none where nothing happened', async () => {
    const page = (await transactions(book, { account: 'users:eve:available', currency, limit: 4 }))._unsafeUnwrap();
    expect(page).toEqual({ transactions: [], sequence: 32 });
  });
});

describe('a statement', () => {
  it('goes from the opening over the lines to the closing', async () => {
    const made = (
      await statement(book, { account: ann, currency, from: { sequence: 5 }, to: { sequence: 8 } })
    )._unsafeUnwrap();
    expect(made).toMatchObject({ opening: usd('96'), closing: usd('93'), fromSequence: 5, toSequence: 8 });
    expect(made.lines.map(({ sequence }) => sequence)).toEqual([6, 7, 8]);
  });

  it('is half-open between instants: what happens at the first is in, at the second is out', async () => {
    const from = { before: '2026-03-07T10:05:00.000Z' };
    const to = { before: '2026-03-07T10:08:00.000Z' };
    const made = (await statement(book, { account: ann, currency, from, to }))._unsafeUnwrap();
    expect(made.lines.map(({ at }) => at.slice(11, 16))).toEqual(['10:05', '10:06', '10:07']);
    expect(made).toMatchObject({ opening: usd('96'), closing: usd('93') });
  });

  it('covers the whole life of an account where no moment is given', async () => {
    const made = (await statement(book, { account: ann, currency }))._unsafeUnwrap();
    expect(made).toMatchObject({ opening: usd('0'), closing: usd('70'), fromSequence: 0, toSequence: 32 });
    expect(made.lines).toHaveLength(31);
  });

  it('has no lines where nothing happened, and one balance', async () => {
    const to = { before: '2026-03-07T09:00:00.000Z' };
    expect((await statement(book, { account: ann, currency, to }))._unsafeUnwrap()).toMatchObject({
      lines: [],
      closing: usd('0'),
    });
    const from = { sequence: 31 };
    expect((await statement(book, { account: ann, currency, from }))._unsafeUnwrap()).toMatchObject({
      opening: usd('70'),
      lines: [],
      closing: usd('70'),
    });
  });
});

describe('a moment of a book', () => {
  it.each([
    ['2026-03-07T10:00:00.000Z', 0],
    ['2026-03-07T10:00:00.001Z', 1],
    ['2026-03-07T10:07:00.000Z', 7],
    ['2026-03-07T10:07:30.000Z', 8],
    ['2030-01-01T00:00:00.000Z', 32],
  ])('before %s is after unit %i', async (before, sequence) => {
    expect((await sequenceAt(book, { before }))._unsafeUnwrap()).toBe(sequence);
  });

  it('is never later than the book', async () => {
    expect((await sequenceAt(book, { sequence: 400 }))._unsafeUnwrap()).toBe(32);
    expect((await sequenceAt(book))._unsafeUnwrap()).toBe(32);
  });
});

describe('balances', () => {
  it('are listed by prefix, as of a moment', async () => {
    const now = (await balances(book, { prefix: 'users:', limit: 10 }))._unsafeUnwrap();
    expect(now.balances.map(({ account, balance }) => `${account} ${balance}`)).toEqual([
      'users:ann:available 500 JPY',
      'users:ann:available 70.00 USD',
      'users:ben:available 20.00 USD',
    ]);
    const then = (await balances(book, { at: { sequence: 1 }, limit: 10 }))._unsafeUnwrap();
    expect(then.balances.map(({ account, balance }) => `${account} ${balance}`)).toEqual([
      'users:ann:available 100.00 USD',
      'world:stripe -100.00 USD',
    ]);
  });

  it('come in pages of one moment', async () => {
    const first = (await balances(book, { limit: 2 }))._unsafeUnwrap();
    const next = (
      await balances(book, { limit: 9, at: { sequence: first.sequence }, after: first.next ?? '' })
    )._unsafeUnwrap();
    expect(first.balances).toHaveLength(2);
    expect(next.balances).toHaveLength(4);
  });
});

describe('the trial balance', () => {
  it('adds up debits and credits by type, each currency by itself', async () => {
    const trial = (await trialBalance(book))._unsafeUnwrap();
    expect(trial).toMatchObject({ sequence: 32, balanced: true });
    expect(trial.currencies.map(({ currency: { code }, debit, credit }) => [code, `${debit}`, `${credit}`])).toEqual([
      ['JPY', '500 JPY', '500 JPY'],
      ['USD', '100.00 USD', '100.00 USD'],
    ]);
    expect(trial.currencies[1]?.rows).toEqual([
      { type: 'asset', accounts: 1, debit: usd('100'), credit: usd('0') },
      { type: 'liability', accounts: 2, debit: usd('0'), credit: usd('90') },
      { type: 'income', accounts: 1, debit: usd('0'), credit: usd('10') },
    ]);
  });

  it('is of the moment that is asked for', async () => {
    const trial = (await trialBalance(book, { before: '2026-03-07T10:02:00.000Z' }))._unsafeUnwrap();
    expect(trial).toMatchObject({ sequence: 2, balanced: true });
    expect(trial.currencies[0]?.rows.map(({ type }) => type)).toEqual(['asset', 'liability']);
  });
});
