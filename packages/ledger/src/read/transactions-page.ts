import type { ReadTrouble } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { BookReads } from './book-reads.ts';
import { type Transaction, type TransactionQuery, transactions } from './transactions.ts';

/** One numbered page of transactions, newest first. */
export interface NumberedPage {
  readonly transactions: readonly Transaction[];
  /** From 1. */
  readonly page: number;
  readonly limit: number;
  /** How many transactions there are. */
  readonly total: number;
  readonly totalPages: number;
  readonly sequence: number;
}

/**
 * Gives a page of transactions by its number, for interfaces that count pages. Reads the account's whole history to know the total; a page by
 * cursor ({@link transactions}) is cheaper and does not shift.
 *
 * @param query - `page` from 1.
 */
export async function transactionsPage(
  book: BookReads,
  query: Omit<TransactionQuery, 'after'> & { readonly page: number },
): Promise<Result<NumberedPage, ReadTrouble>> {
  const { page, limit, ...rest } = query;
  const first = (page - 1) * limit;
  const kept: Transaction[] = [];
  let total = 0;
  let after: string | undefined;
  for (;;) {
    const part = await transactions(book, { ...rest, limit: 1_000, ...(after === undefined ? {} : { after }) });
    if (part.isErr()) return err(part.error);
    for (const transaction of part.value.transactions) {
      if (total >= first && total < first + limit) kept.push(transaction);
      total += 1;
    }
    after = part.value.next;
    if (after !== undefined) continue;
    const { sequence } = part.value;
    return ok({ transactions: kept, page, limit, total, totalPages: Math.ceil(total / limit), sequence });
  }
}
