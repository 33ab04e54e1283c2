import type { Rounds } from '@holdfast/kernel';
import { bookName } from '../documents/ids.ts';
import { guarded } from '../sessions/map-fault.ts';
import { inSnapshot } from '../sessions/transaction.ts';
import { runAppend } from './append.ts';
import { batchOf } from './batch.ts';
import { runLoad } from './load.ts';
import type { StoreContext } from './store-context.ts';

/** Makes rounds of which each call is a transaction of its own. */
export function freeRounds(context: StoreContext): Rounds {
  return {
    load: (book, needs) =>
      guarded('none', async () => {
        await context.check();
        return inSnapshot(context, (session) => runLoad(context, session, bookName(book), needs));
      }),
    append: (book, head, changes) =>
      guarded('none', async () => {
        await context.check();
        return runAppend(context, batchOf(book, head, changes));
      }),
  };
}
