import type { Changes, Rounds, Store } from '@holdfast/kernel';
import { overStore } from './over-store.ts';

/** Hears what becomes of the appends of one process. */
export interface AppendWatcher {
  /** They are in the book. */
  appended(book: string, changes: Changes): void;
  /** Nobody knows, or somebody else was there before: what was heard of the book so far is worth nothing. */
  doubted(book: string): void;
}

/** Gives a store some calls of our own, and tells a watcher of every append that goes through it. A host's transaction is not watched. */
export function watchAppends<Client>(
  store: Store<Client>,
  watcher: AppendWatcher,
  own: Partial<Store<Client>>,
): Store<Client> {
  const watched = (rounds: Rounds): Rounds => ({
    load: (book, needs) => rounds.load(book, needs),
    append: async (book, head, changes) => {
      let appended = false;
      try {
        const answer = await rounds.append(book, head, changes);
        appended = answer.isOk() && answer.value === 'appended';
        return answer;
      } finally {
        if (appended) watcher.appended(book, changes);
        else watcher.doubted(book);
      }
    },
  });
  const free = watched(store);
  const calls: Partial<Store<Client>> = {
    append: free.append,
    locked: async (book, work) => {
      const end = await store.locked(book, (rounds) => work(watched(rounds)));
      if (end.isErr()) watcher.doubted(book);
      return end;
    },
    ...own,
  };
  return overStore(store, calls);
}
