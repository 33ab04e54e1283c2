import { AsyncLocalStorage } from 'node:async_hooks';
import { Defect } from '../faults.ts';

/** The books whose lock a host's transaction of this async context holds. */
const held = new AsyncLocalStorage<ReadonlySet<string>>();

/** Runs work that holds a book in a transaction of the host. */
export function whileHolding<T>(book: object, name: string, work: () => Promise<T>): Promise<T> {
  return held.run(new Set([...(held.getStore() ?? []), idOf(book, name)]), work);
}

/** Throws where this async context already holds the book: the call would wait for a transaction that waits for it. */
export function assertNotHeld(book: object, name: string): void {
  if (held.getStore()?.has(idOf(book, name))) {
    throw new Defect(
      `book ${name} is held by a transaction of this very call: ask what \`within\` gave, not the book itself`,
    );
  }
}

/** Two books of one name on two stores are two books. */
function idOf(store: object, name: string): string {
  let id = ids.get(store);
  if (id === undefined) {
    id = ++lastId;
    ids.set(store, id);
  }
  return `${id} ${name}`;
}

const ids = new WeakMap<object, number>();
let lastId = 0;
