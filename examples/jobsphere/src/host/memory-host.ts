import type { Book } from '@holdfast/kernel';
import { type Host, isToBeKept } from './host.ts';
import { memoryTables } from './memory-tables.ts';

/** Makes a host whose data live in this process: one transaction at a time, undone when it is refused. For tests. */
export function memoryHost(book: Book): Host {
  const tables = memoryTables();
  let last: Promise<unknown> = Promise.resolve();
  const transact = <T>(work: () => Promise<T>, keeps: (done: T) => boolean): Promise<T> => {
    const turn = last.then(async () => {
      try {
        const done = await work();
        if (keeps(done)) tables.keep();
        return done;
      } finally {
        tables.undo();
      }
    });
    last = turn.catch(() => {});
    return turn;
  };
  return {
    transaction: (work) =>
      transact(
        () => work(tables),
        () => true,
      ),
    atomically: (work) => transact(() => work(tables, (ask) => ask(book)), isToBeKept),
  };
}
