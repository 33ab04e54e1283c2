import type { ReadTrouble } from '@holdfast/kernel';
import type { Currency, Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { BookReads } from './book-reads.ts';
import { type BookMoment, sequenceAt } from './sequence-at.ts';
import { type Transaction, transactions } from './transactions.ts';

/** Which statement: half-open, from just after one moment to another, that one included. */
export interface StatementQuery {
  readonly account: string;
  readonly currency: Currency;
  /** The opening is the balance at this moment; the beginning of the book where it is absent. */
  readonly from?: BookMoment;
  /** The closing is the balance at this moment; now where it is absent. */
  readonly to?: BookMoment;
}

/** What an account had, what happened, and what it has: `opening + lines = closing`. */
export interface Statement {
  readonly account: string;
  readonly opening: Money;
  /** Oldest first. */
  readonly lines: readonly Transaction[];
  readonly closing: Money;
  /** Of the last unit before the statement. */
  readonly fromSequence: number;
  /** Of the last unit in it. */
  readonly toSequence: number;
}

/**
 * Makes a statement of an account between two moments.
 *
 * Between instants it has the units dated from the first instant on and before the second, as `[from, to)` says.
 *
 * @source docs/rules/ledger.md, L-17
 * @example
 * {@includeCode ../../examples/verify.example.ts#statement}
 */
export async function statement(book: BookReads, query: StatementQuery): Promise<Result<Statement, ReadTrouble>> {
  const { account, currency } = query;
  const to = await sequenceAt(book, query.to);
  if (to.isErr()) return err(to.error);
  const from = await sequenceAt(book, query.from ?? { sequence: 0 });
  if (from.isErr()) return err(from.error);
  const fromSequence = Math.min(from.value, to.value);
  const toSequence = to.value;
  const opening = await book.balance(account, currency, { asOf: fromSequence });
  if (opening.isErr()) return err(opening.error);
  const closing = await book.balance(account, currency, { asOf: toSequence });
  if (closing.isErr()) return err(closing.error);
  const lines = await linesBetween(book, query, fromSequence, toSequence);
  return lines.map((between) => ({
    account,
    opening: opening.value.money,
    lines: between,
    closing: closing.value.money,
    fromSequence,
    toSequence,
  }));
}

async function linesBetween(
  book: BookReads,
  { account, currency }: StatementQuery,
  from: number,
  to: number,
): Promise<Result<readonly Transaction[], ReadTrouble>> {
  const between: Transaction[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await transactions(book, { account, currency, limit: 200, ...(after === undefined ? {} : { after }) });
    if (page.isErr()) return err(page.error);
    const { transactions: rows, next } = page.value;
    between.push(...rows.filter(({ sequence }) => sequence > from && sequence <= to));
    const oldest = rows.at(-1);
    if (next === undefined || (oldest && oldest.sequence <= from)) return ok(between.reverse());
    after = next;
  }
}
