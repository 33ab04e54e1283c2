import { type AccountState, type ReadTrouble, splitAccountKey } from '@holdfast/kernel';
import { type Money, money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { BookReads } from './book-reads.ts';
import { type BookMoment, sequenceAt } from './sequence-at.ts';

/** An account as it stands, or stood. */
export interface AccountBalance {
  readonly account: string;
  readonly balance: Money;
  readonly state: AccountState;
}

/** One page of balances, in order of the account's name and currency. */
export interface BalancePage {
  readonly balances: readonly AccountBalance[];
  /** The moment of all of them. */
  readonly sequence: number;
  readonly next?: string;
}

/**
 * Lists the balances of the accounts whose names begin with a prefix, all as of one moment.
 *
 * @param query - `at`: now where it is absent; give the sequence of the first page for the next ones.
 * @source docs/rules/ledger.md, L-18
 */
export async function balances(
  book: BookReads,
  query: { readonly prefix?: string; readonly at?: BookMoment; readonly limit: number; readonly after?: string },
): Promise<Result<BalancePage, ReadTrouble>> {
  const { at, ...rest } = query;
  const sequence = await sequenceAt(book, at);
  if (sequence.isErr()) return err(sequence.error);
  const page = await book.accounts({ ...rest, asOf: sequence.value });
  return page.map(({ rows, next }) => ({
    balances: rows.map(({ account, balance, state }) => ({
      account: splitAccountKey(account).name,
      balance: money(balance, state.currency),
      state,
    })),
    sequence: sequence.value,
    ...(next === undefined ? {} : { next }),
  }));
}

/** Goes through all balances as of one moment. */
export async function eachBalance(
  book: BookReads,
  query: { readonly prefix?: string; readonly at?: BookMoment },
  look: (balance: AccountBalance) => void,
): Promise<Result<number, ReadTrouble>> {
  const sequence = await sequenceAt(book, query.at);
  if (sequence.isErr()) return err(sequence.error);
  let after: string | undefined;
  for (;;) {
    const cursor = after === undefined ? {} : { after };
    const prefix = query.prefix === undefined ? {} : { prefix: query.prefix };
    const page = await balances(book, { ...prefix, at: { sequence: sequence.value }, limit: 1_000, ...cursor });
    if (page.isErr()) return err(page.error);
    page.value.balances.forEach(look);
    after = page.value.next;
    if (after === undefined) return ok(sequence.value);
  }
}
