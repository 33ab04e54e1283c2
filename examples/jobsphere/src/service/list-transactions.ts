import type { ReadTrouble } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { followJournal, type JournalDiverged } from '../feed/follow-journal.ts';
import type { Transaction, TransactionType } from '../host/rows.ts';
import type { Service } from './service.ts';

/** A transaction as the seed shows it. */
export interface TransactionShape {
  readonly _id: string;
  readonly type: TransactionType;
  readonly amount: string;
  readonly currency: string;
  /** A user, or `null` for the platform, the escrow and the world outside. */
  readonly from: string | null;
  readonly to: string | null;
  readonly offer?: string;
  readonly job?: string;
  readonly status: 'completed';
  readonly description: string;
  readonly completedAt: string;
}

/** One page of a user's transactions, newest first. */
export interface TransactionPage {
  readonly transactions: readonly TransactionShape[];
  readonly pagination: {
    readonly page: number;
    readonly limit: number;
    readonly total: number;
    readonly totalPages: number;
  };
}

/** Which part of the list. */
export interface TransactionQuery {
  readonly page: number;
  readonly limit: number;
  readonly type?: TransactionType;
}

/** Lists the transactions in which a user gave or received. */
export async function listTransactions(
  service: Service,
  user: string,
  { page, limit, type }: TransactionQuery,
): Promise<Result<TransactionPage, JournalDiverged | ReadTrouble>> {
  const followed = await followJournal(service);
  if (followed.isErr()) return err(followed.error);
  const where = {
    either: { columns: ['sender', 'receiver'], value: user },
    ...(type === undefined ? {} : { equal: { type } }),
  } as const;
  const part = { order: 'position', newestFirst: true, limit, offset: (page - 1) * limit } as const;
  return service.host.transaction(async (tables) => {
    const total = await tables.count('transactions', where);
    const rows = await tables.list('transactions', where, part);
    return ok({
      transactions: rows.map(shapeOf),
      pagination: { page, limit, total, totalPages: Math.ceil(total / limit) },
    });
  });
}

function shapeOf(row: Transaction): TransactionShape {
  const { id, type, amount, currency, sender, receiver, offer, job, description } = row;
  return {
    _id: id,
    type,
    amount,
    currency,
    from: sender,
    to: receiver,
    ...(offer === null ? {} : { offer }),
    ...(job === null ? {} : { job }),
    status: 'completed',
    description,
    completedAt: row.completed_at,
  };
}
