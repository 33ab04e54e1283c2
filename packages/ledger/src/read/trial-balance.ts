import type { AccountType, ReadTrouble } from '@holdfast/kernel';
import { type Currency, type Money, money } from '@holdfast/money';
import type { Result } from 'neverthrow';
import { eachBalance } from './balances.ts';
import type { BookReads } from './book-reads.ts';
import type { BookMoment } from './sequence-at.ts';

/** The accounts of one type and currency together. */
export interface TrialBalanceRow {
  readonly type: AccountType;
  readonly accounts: number;
  /** The sum of their debit balances: of those below zero here, without the sign. */
  readonly debit: Money;
  /** The sum of their credit balances. */
  readonly credit: Money;
}

/** All accounts of one currency. */
export interface TrialBalanceCurrency {
  readonly currency: Currency;
  /** In the order asset, liability, equity, income, expense. */
  readonly rows: readonly TrialBalanceRow[];
  readonly debit: Money;
  readonly credit: Money;
  /** Debits and credits are equal, as double entry has it. */
  readonly balanced: boolean;
}

/** Every account of a book, as of one moment. */
export interface TrialBalance {
  readonly sequence: number;
  /** In order of their codes. */
  readonly currencies: readonly TrialBalanceCurrency[];
  readonly balanced: boolean;
}

/**
 * Adds up all accounts of a book by type and currency.
 *
 * @param at - As of which moment; now where it is absent.
 * @source docs/rules/ledger.md, L-19
 */
export async function trialBalance(book: BookReads, at?: BookMoment): Promise<Result<TrialBalance, ReadTrouble>> {
  const sums = new Map<string, Sums>();
  const sequence = await eachBalance(book, at ? { at } : {}, ({ balance, state }) => {
    const { currency, minor } = balance;
    const sum = sums.get(currency.code) ?? { currency, types: new Map() };
    sums.set(currency.code, sum);
    const row = sum.types.get(state.type) ?? { accounts: 0, debit: 0n, credit: 0n };
    sum.types.set(state.type, {
      accounts: row.accounts + 1,
      debit: minor < 0n ? row.debit - minor : row.debit,
      credit: minor > 0n ? row.credit + minor : row.credit,
    });
  });
  return sequence.map((of) => {
    const currencies = [...sums.keys()].sort().map((code) => currencyOf(sums.get(code) as Sums));
    return { sequence: of, currencies, balanced: currencies.every(({ balanced }) => balanced) };
  });
}

interface Sums {
  readonly currency: Currency;
  readonly types: Map<AccountType, { readonly accounts: number; readonly debit: bigint; readonly credit: bigint }>;
}

function currencyOf({ currency, types }: Sums): TrialBalanceCurrency {
  let debits = 0n;
  let credits = 0n;
  const rows: TrialBalanceRow[] = [];
  for (const type of ORDER) {
    const row = types.get(type);
    if (!row) continue;
    debits += row.debit;
    credits += row.credit;
    rows.push({ type, accounts: row.accounts, debit: money(row.debit, currency), credit: money(row.credit, currency) });
  }
  return {
    currency,
    rows,
    debit: money(debits, currency),
    credit: money(credits, currency),
    balanced: debits === credits,
  };
}

const ORDER: readonly AccountType[] = ['asset', 'liability', 'equity', 'income', 'expense'];
