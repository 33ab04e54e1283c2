import type { Appended, Rounds } from '@holdfast/kernel';
import { guarded } from '../sessions/map-fault.ts';
import type { SqlSource } from '../sessions/sql-session.ts';
import { runAppend } from './append.ts';
import { runLoad } from './load.ts';
import type { StoreContext } from './store-context.ts';

/** Makes rounds of which each statement is a transaction of its own. */
export function freeRounds(source: SqlSource, context: StoreContext): Rounds {
  const { statements, check, lockOf, lockTimeoutMs } = context;
  return {
    load: (book, needs) =>
      guarded('none', async () => {
        await check(source);
        const snapshot = await runLoad(source, statements.load(), book, needs);
        statements.grownTo(snapshot.head.sequence);
        return snapshot;
      }),
    append: (book, head, changes) =>
      guarded('unknown', async (): Promise<Appended> => {
        await check(source);
        const lock = { key: lockOf(book), timeoutMs: lockTimeoutMs };
        const appended = await runAppend(source, statements.append, { book, head, changes, lock });
        statements.grownBy(changes.units.length);
        return appended;
      }),
  };
}
