import { accountKey, type ReadTrouble } from '@holdfast/kernel';
import { money, usd } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { wallets } from '../book/chart.ts';
import { followJournal, type JournalDiverged } from '../feed/follow-journal.ts';
import type { Service } from './service.ts';

/** A wallet as the seed shows it. Amounts are decimal texts with all decimals. */
export interface WalletShape {
  readonly _id: string;
  readonly user: string;
  readonly balance: string;
  readonly escrowBalance: string;
  readonly currency: 'USD';
  readonly totalEarnings: string;
  readonly totalSpent: string;
  readonly totalWithdrawals: string;
  readonly isActive: boolean;
  readonly isFrozen: boolean;
}

/**
 * Shows a user's wallet. A user who never had money has an empty one: accounts open at their first transfer, so nothing is created here.
 *
 * All figures are of one moment: the balance is read as of the unit up to which the totals are projected.
 */
export async function getWallet(
  service: Service,
  user: string,
): Promise<Result<WalletShape, JournalDiverged | ReadTrouble>> {
  const followed = await followJournal(service);
  if (followed.isErr()) return err(followed.error);
  const account = wallets.available(user);
  const key = accountKey(account, 'USD');
  const [read, totals] = await Promise.all([
    service.book.accounts({ prefix: key, limit: 1, asOf: followed.value.sequence }),
    service.host.transaction((tables) => tables.find('totals', user)),
  ]);
  if (read.isErr()) return err(read.error);
  const row = read.value.rows.find((one) => one.account === key);
  const cents = (text: string | undefined): string => money(BigInt(text ?? '0'), usd).toJSON().amount;
  return ok({
    _id: account,
    user,
    balance: money(row?.balance ?? 0n, usd).toJSON().amount,
    escrowBalance: cents(totals?.held),
    currency: 'USD',
    totalEarnings: cents(totals?.earned),
    totalSpent: cents(totals?.spent),
    totalWithdrawals: cents(totals?.withdrawn),
    isActive: row?.state.closed !== true,
    isFrozen: row !== undefined && row.state.frozen !== 'none',
  });
}
