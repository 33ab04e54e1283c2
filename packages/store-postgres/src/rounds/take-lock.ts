import { Refused } from '../sessions/refused.ts';
import { sqlState } from '../sessions/session-error.ts';
import type { SqlSession } from '../sessions/sql-session.ts';
import { inSavepoint } from './savepoint.ts';

/** Takes a book's lock for the rest of the session's transaction, and leaves its lock timeout as it was. */
export async function takeLock(
  session: SqlSession,
  { key, timeoutMs }: { readonly key: string; readonly timeoutMs: number },
): Promise<void> {
  try {
    await inSavepoint(session, async () => {
      const before = await readSettings(session);
      // On a distributed engine the machine that waits has to hear of the limit; elsewhere nobody reads the setting.
      await session.run({ text: 'set local citus.propagate_set_commands = local' });
      await session.run({ text: `set local lock_timeout = ${Math.trunc(timeoutMs)}` });
      await session.run({ text: 'select pg_advisory_xact_lock($1::text::bigint)::text', values: [key] });
      await session.run({ text: `set local lock_timeout = '${before.replaceAll("'", "''")}'` });
    });
  } catch (error) {
    throw translated(error);
  }
}

async function readSettings(session: SqlSession): Promise<string> {
  const { rows } = await session.run({
    text: `select current_setting('transaction_isolation') as isolation, current_setting('lock_timeout') as waits`,
  });
  const isolation = rows[0]?.isolation ?? '';
  if (isolation !== 'read committed' && isolation !== 'read uncommitted') {
    const message = `the host's transaction is ${isolation}, and a book can be joined at read committed only: run the whole transaction again there`;
    throw new Refused('isolation_too_strict', message, { retryable: false });
  }
  return rows[0]?.waits ?? '0';
}

function translated(error: unknown): unknown {
  const state = sqlState(error);
  if (state === '25P01')
    return new Refused('store_refused', 'the client holds no open transaction', { retryable: false });
  if (state === '25P02')
    return new Refused('store_refused', 'the transaction has failed before and can only be rolled back', {
      retryable: false,
    });
  return error;
}
