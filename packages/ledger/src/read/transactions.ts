import type { Instant, Line, ReadTrouble, Unit } from '@holdfast/kernel';
import { type Currency, type Money, money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { BookReads } from './book-reads.ts';
import { unitsAt } from './units-at.ts';

/** One transfer from the side of one account. */
export interface Transaction {
  readonly sequence: number;
  /** Position of the line in the unit: together with the sequence it is unique on the account. */
  readonly ordinal: number;
  readonly at: Instant;
  readonly kind: string;
  /** Below zero where the account gave. */
  readonly amount: Money;
  /** Of the account, after this transfer. */
  readonly balance: Money;
  readonly from: string;
  readonly to: string;
  /** `scope key` of the command. */
  readonly key: string;
  /** What the command named, where it did. */
  readonly reference?: string;
}

/** Which transactions: of one account in one currency, and of some kinds only. */
export interface TransactionQuery {
  readonly account: string;
  readonly currency: Currency;
  /** Of all kinds where it is absent. */
  readonly kinds?: readonly string[];
  /** 1 to 1,000. */
  readonly limit: number;
  /** Continues an earlier page. */
  readonly after?: string;
}

/** One page of transactions, newest first. */
export interface TransactionPage {
  readonly transactions: readonly Transaction[];
  /** Of the book, when the page was read. */
  readonly sequence: number;
  /** Continues this page; absent on the last. */
  readonly next?: string;
}

/**
 * Lists the transactions of an account, newest first. Pages do not shift while the book goes on.
 *
 * @source docs/rules/ledger.md, L-16
 */
export async function transactions(
  book: BookReads,
  query: TransactionQuery,
): Promise<Result<TransactionPage, ReadTrouble>> {
  const { account, currency, kinds, limit } = query;
  const found: Transaction[] = [];
  let after = query.after;
  for (;;) {
    const cursor = after === undefined ? {} : { after };
    const page = await book.lines({ account, currency, order: 'newest', limit: limit - found.length, ...cursor });
    if (page.isErr()) return err(page.error);
    const { rows, sequence, next } = page.value;
    const units = await unitsAt(
      book,
      rows.map((row) => row.sequence),
    );
    if (units.isErr()) return err(units.error);
    for (const row of rows) {
      const transaction = toTransaction(row, units.value.get(row.sequence), currency);
      if (transaction && (!kinds || kinds.includes(transaction.kind))) found.push(transaction);
    }
    if (next === undefined) return ok({ transactions: found, sequence });
    if (found.length >= limit) return ok({ transactions: found, sequence, next });
    after = next;
  }
}

/** Gives a line with what its unit says of it; nothing where the unit is not there, which the verifier would name. */
export function toTransaction(line: Line, unit: Unit | undefined, currency: Currency): Transaction | undefined {
  const transfer = unit?.entries.flat()[line.ordinal >> 1];
  if (!unit || !transfer) return undefined;
  const [from, to, , , kind] = transfer;
  const { sequence, ordinal, amount, balance } = line;
  const { at, key } = unit;
  const reference = referenceOf(unit);
  const values = { amount: money(amount, currency), balance: money(balance, currency) };
  return { sequence, ordinal, at, kind, ...values, from, to, key, ...(reference === undefined ? {} : { reference }) };
}

/** Gives what the unit's events refer to: a reference that the caller gave, or the record that changed. */
function referenceOf({ events }: Unit): string | undefined {
  for (const { data, record } of events) {
    const reference = (data as { readonly reference?: unknown } | null)?.reference;
    if (typeof reference === 'string') return reference;
    if (record !== undefined) return record;
  }
  return undefined;
}
