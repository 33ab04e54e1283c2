import { type AccountState, accountKey, type IdInvalid, isId, type ReadTrouble, show } from '@holdfast/kernel';
import { add, type Currency, type Money, money, zero } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { BookReads } from '../read/book-reads.ts';
import type { Wallets } from './define-wallets.ts';

/** Whose wallet, and of which moment. */
export interface WalletQuery {
  readonly owner: string;
  readonly currency: Currency;
  /** More accounts in which the owner's money is held, such as those of open escrows. */
  readonly alsoHeld?: readonly string[];
  /** The sequence of a receipt that the view must have seen. */
  readonly atLeast?: number;
}

/** An owner's wallet: a view of accounts, stored nowhere. */
export interface Wallet {
  readonly owner: string;
  /** What the owner can spend. */
  readonly available: Money;
  /** What is set aside. */
  readonly held: Money;
  /** What the account that the owner spends from refuses. */
  readonly frozen: AccountState['frozen'];
  readonly closed: boolean;
  /** The moment of all of it. */
  readonly sequence: number;
}

/**
 * Reads a wallet, all of one moment. A wallet that nobody used is there, and empty.
 *
 * @errors
 * - `id_invalid`: the owner is not an id.
 * - any fault: the book could not be read, or is behind `atLeast`.
 * @source docs/rules/ledger.md, L-9
 */
export async function wallet(
  book: BookReads,
  wallets: Pick<Wallets, 'available' | 'held'>,
  { owner, currency, alsoHeld = [], atLeast }: WalletQuery,
): Promise<Result<Wallet, IdInvalid | ReadTrouble>> {
  if (!isId(owner)) {
    const allowed = '1 to 128 letters, digits and . _ ~ -, beginning with a letter or digit';
    return err({ code: 'id_invalid', field: 'owner', given: show(owner), allowed });
  }
  const name = wallets.available(owner);
  const first = await book.balance(name, currency, atLeast === undefined ? {} : { atLeast });
  if (first.isErr()) return err(first.error);
  const { sequence } = first.value;
  const ownHeld = wallets.held(owner);
  let held = zero(currency);
  for (const account of new Set(ownHeld === undefined ? alsoHeld : [ownHeld, ...alsoHeld])) {
    const read = await book.balance(account, currency, { asOf: sequence });
    if (read.isErr()) return err(read.error);
    held = add(held, money(read.value.minor, currency));
  }
  const account = await readAccount(book, name, currency, sequence);
  if (account.isErr()) return err(account.error);
  const { balance = 0n, state } = account.value ?? {};
  const flags = { frozen: state?.frozen ?? 'none', closed: state?.closed ?? false } as const;
  return ok({ owner, available: money(balance, currency), held, ...flags, sequence });
}

async function readAccount(book: BookReads, name: string, { code }: Currency, asOf: number) {
  const key = accountKey(name, code);
  const page = await book.accounts({ prefix: key, limit: 1, asOf });
  return page.map(({ rows }) => rows.find(({ account }) => account === key));
}
