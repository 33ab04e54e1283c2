import { decodeUnit } from '@holdfast/kernel';
import { money } from '@holdfast/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJournalDecimal, writeJournalDecimal } from './journal/read-decimal.ts';
import { statement } from './read/statement.ts';
import { transactions } from './read/transactions.ts';
import { trialBalance } from './read/trial-balance.ts';
import { arbitraryLedgerHistory } from './testing/arbitraries.ts';
import { type PlayedHistory, playLedgerHistory } from './testing/play-history.ts';
import { sampleWallets } from './testing/sample-chart.ts';
import { createStillStore } from './testing/still-store.ts';
import { wallet } from './wallet/wallet.ts';
import { walletTotals } from './wallet/wallet-totals.ts';

const numRuns = Number(process.env.HOLDFAST_RUNS ?? 40);
const TIMEOUT_MS = 30_000 + numRuns * 200;

async function accountsOf({ book }: PlayedHistory) {
  return (await book.accounts({ limit: 1_000 }))._unsafeUnwrap().rows;
}

function law(sentence: string, check: (played: PlayedHistory, at: number) => Promise<void>): void {
  it(
    `law: ${sentence}`,
    async () => {
      const property = fc.asyncProperty(arbitraryLedgerHistory(), fc.nat({ max: 40 }), async (history, at) => {
        await check(await playLedgerHistory(createStillStore(), history), at);
      });
      await fc.assert(property, { numRuns });
    },
    TIMEOUT_MS,
  );
}

describe('any history of the ledger', () => {
  law('keeps the sum of all balances of a currency at zero, now and at every moment', async (played, at) => {
    for (const asOf of [{}, { asOf: at }]) {
      const sums = new Map<string, bigint>();
      const { rows } = (await played.book.accounts({ limit: 1_000, ...asOf }))._unsafeUnwrap();
      for (const { balance, state } of rows)
        sums.set(state.currency.code, (sums.get(state.currency.code) ?? 0n) + balance);
      for (const sum of sums.values()) expect(sum).toBe(0n);
    }
  });

  law('keeps every entry at zero in every currency', async ({ book }) => {
    const feed = (await book.units({ after: 0, limit: 1_000 }))._unsafeUnwrap();
    if (feed.kind !== 'units') throw new Error('the feed diverged');
    for (const { sequence } of feed.units) {
      const sums = new Map<string, bigint>();
      for (const row of (await book.accounts({ limit: 1_000 }))._unsafeUnwrap().rows) {
        const [account = '', code = ''] = row.account.split(' ');
        const lines = (
          await book.lines({ account, currency: row.state.currency, order: 'oldest', limit: 1_000 })
        )._unsafeUnwrap().rows;
        for (const line of lines) if (line.sequence === sequence) sums.set(code, (sums.get(code) ?? 0n) + line.amount);
      }
      for (const sum of sums.values()) expect(sum).toBe(0n);
    }
  });

  law('leaves no account below its floor', async (played) => {
    for (const { account, balance, state } of await accountsOf(played)) {
      if (state.floor !== null) expect(balance >= state.floor, account).toBe(true);
    }
  });

  law('gives statements of which opening and lines make the closing', async (played, at) => {
    for (const { account, state } of await accountsOf(played)) {
      const query = { account: account.split(' ')[0] ?? '', currency: state.currency, from: { sequence: at } };
      const made = (await statement(played.book, query))._unsafeUnwrap();
      const moved = made.lines.reduce((sum, { amount }) => sum + amount.minor, 0n);
      expect(made.opening.minor + moved).toBe(made.closing.minor);
      const before = (
        await statement(played.book, { account: query.account, currency: state.currency, to: { sequence: at } })
      )._unsafeUnwrap();
      expect(before.closing).toEqual(made.opening);
    }
  });

  law('has a trial balance whose debits are its credits', async ({ book }, at) => {
    expect((await trialBalance(book))._unsafeUnwrap().balanced).toBe(true);
    expect((await trialBalance(book, { sequence: at }))._unsafeUnwrap().balanced).toBe(true);
  });

  law('lists every line of an account as one transaction, whatever the size of the page', async (played, at) => {
    for (const { account, state } of await accountsOf(played)) {
      const query = { account: account.split(' ')[0] ?? '', currency: state.currency };
      const all = (await transactions(played.book, { ...query, limit: 1_000 }))._unsafeUnwrap().transactions;
      const paged = [];
      let after: string | undefined;
      do {
        const page = (
          await transactions(played.book, { ...query, limit: 1 + (at % 5), ...(after ? { after } : {}) })
        )._unsafeUnwrap();
        paged.push(...page.transactions);
        after = page.next;
      } while (after !== undefined);
      expect(paged).toEqual(all);
      expect(all.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(all[0]?.balance.minor ?? 0n);
    }
  });

  law('has wallets whose totals explain what is available', async ({ book }) => {
    for (const owner of ['ann', 'ben', 'cid']) {
      for (const { state } of (await book.accounts({ prefix: `users:${owner}:available `, limit: 9 }))._unsafeUnwrap()
        .rows) {
        const query = { owner, currency: state.currency };
        const { available } = (await wallet(book, sampleWallets, query))._unsafeUnwrap();
        const totals = (await walletTotals(book, sampleWallets, query))._unsafeUnwrap();
        const explained =
          totals.deposited.minor + totals.earned.minor - totals.withdrawn.minor - totals.committed.minor;
        expect(explained).toBe(available.minor);
      }
    }
  });

  law('holds exactly what its open holds hold', async ({ book, deciders: [holdMoney] }) => {
    const held = new Map<string, bigint>();
    const { rows } = (await book.use(holdMoney).list({ limit: 1_000 }))._unsafeUnwrap();
    for (const { state } of rows) {
      if (state?.status !== 'open') continue;
      const key = `${state.held} ${state.amount.currency.code}`;
      held.set(key, (held.get(key) ?? 0n) + state.amount.minor - state.captured.minor - state.released.minor);
    }
    for (const { account, balance } of (await book.accounts({ limit: 1_000 }))._unsafeUnwrap().rows) {
      if (account.includes(':held ')) expect(balance, account).toBe(held.get(account) ?? 0n);
    }
  });

  law('changes nothing but its own unit: a refused step leaves no unit behind', async ({ book, ends }) => {
    const done = ends.filter((end) => 'receipt' in end).length;
    const head = (await book.head())._unsafeUnwrap();
    expect(head.sequence).toBe(done);
  });

  law('writes what it can read back: amounts of units are decimals of their accounts', async ({ book }) => {
    const feed = (await book.units({ after: 0, limit: 1_000 }))._unsafeUnwrap();
    for (const { bytes } of feed.kind === 'units' ? feed.units : []) {
      for (const text of Object.values(decodeUnit(bytes).balances)) {
        const read = readJournalDecimal(text);
        expect(read && writeJournalDecimal(read)).toBe(text);
      }
    }
  });
});

describe('decimals of the journal', () => {
  it('law: come back as they were written', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat({ max: 18 }), (minor, scale) => {
        const text = writeJournalDecimal({ minor, scale });
        expect(readJournalDecimal(text)).toEqual({ minor, scale });
        expect(money(0n, { code: 'XXX', scale }).currency.scale).toBe(scale);
      }),
      { numRuns },
    );
  });

  it.each(['', '-', '1.', '.5', '01', '1e3', '0x1', ' 1', '1\n', '+1', '--1', '1.2.3'])(
    'are nothing else: %j',
    (text) => {
      expect(readJournalDecimal(text)).toBeUndefined();
    },
  );
});
