import type { Line, ReadTrouble } from '@holdfast/kernel';
import { add, type Currency, type Money, money, subtract, zero } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { BookReads } from '../read/book-reads.ts';
import { toTransaction } from '../read/transactions.ts';
import { unitsAt } from '../read/units-at.ts';
import type { Wallets } from './define-wallets.ts';

/** What passed through a wallet so far. Projections of its lines, never stored as truth. */
export interface WalletTotals {
  /** Came from outside. */
  readonly deposited: Money;
  /** Left for outside. */
  readonly withdrawn: Money;
  /** Came from others, and was not given back to the owner by a refund. */
  readonly earned: Money;
  /** Went from the wallet to holds, escrows and others, net of what came back from there. What is still held is in it: subtract it to learn what was spent. */
  readonly committed: Money;
  /** Of the last unit that is in the totals. */
  readonly sequence: number;
}

/** Which totals. */
export interface WalletTotalsQuery {
  readonly owner: string;
  readonly currency: Currency;
  /** Kinds of transfers by which money comes back to the owner; what holds and escrows call it where it is absent. */
  readonly refundKinds?: readonly string[];
  /** Earlier totals of the same wallet: only what is newer is read. */
  readonly since?: WalletTotals;
}

/**
 * Adds up what passed through a wallet. Reads its whole history, or only what is newer than earlier totals.
 *
 * @source docs/rules/ledger.md, L-11
 */
export async function walletTotals(
  book: BookReads,
  wallets: Pick<Wallets, 'available'>,
  query: WalletTotalsQuery,
): Promise<Result<WalletTotals, ReadTrouble>> {
  const { owner, currency, since } = query;
  const account = wallets.available(owner);
  const none = zero(currency);
  let totals: WalletTotals = since ?? { deposited: none, withdrawn: none, earned: none, committed: none, sequence: 0 };
  const from = totals.sequence;
  let newest = from;
  let after: string | undefined;
  for (;;) {
    const cursor = after === undefined ? {} : { after };
    const page = await book.lines({ account, currency, order: 'newest', limit: 1_000, ...cursor });
    if (page.isErr()) return err(page.error);
    const { rows, next } = page.value;
    const fresh = rows.filter(({ sequence }) => sequence > from);
    newest = Math.max(newest, ...fresh.slice(0, 1).map(({ sequence }) => sequence));
    const added = await addLines(book, fresh, totals, query);
    if (added.isErr()) return err(added.error);
    totals = added.value;
    if (next === undefined || fresh.length < rows.length) return ok({ ...totals, sequence: newest });
    after = next;
  }
}

async function addLines(
  book: BookReads,
  lines: readonly Line[],
  totals: WalletTotals,
  { currency, refundKinds = REFUNDS }: WalletTotalsQuery,
): Promise<Result<WalletTotals, ReadTrouble>> {
  const units = await unitsAt(
    book,
    lines.map(({ sequence }) => sequence),
  );
  return units.map((found) => {
    let sum = totals;
    for (const line of lines) {
      const kind = toTransaction(line, found.get(line.sequence), currency)?.kind ?? '';
      sum = addOne(sum, money(line.amount, currency), kind, refundKinds);
    }
    return sum;
  });
}

function addOne(sum: WalletTotals, amount: Money, kind: string, refundKinds: readonly string[]): WalletTotals {
  if (kind === 'deposit') return { ...sum, deposited: add(sum.deposited, amount) };
  if (kind === 'withdrawal') return { ...sum, withdrawn: subtract(sum.withdrawn, amount) };
  const comesBack = refundKinds.includes(kind);
  if (amount.minor < 0n || comesBack) return { ...sum, committed: subtract(sum.committed, amount) };
  return { ...sum, earned: add(sum.earned, amount) };
}

const REFUNDS: readonly string[] = ['refund', 'hold_release', 'hold_expiry'];
