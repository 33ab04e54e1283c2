import { err, type Result } from 'neverthrow';
import { type StoreFault, storeFault } from '../src/faults.ts';
import { createMemoryStore } from '../src/memory-store/memory-store.ts';
import type { Rounds, Store } from '../src/store.ts';

/** What happens instead of a call to the store; `go` makes the call itself. */
export interface Shaken {
  /** Told when the lock is asked for. */
  locked?(): void;
  load?(go: Rounds['load'], ...call: Parameters<Rounds['load']>): ReturnType<Rounds['load']>;
  append?(go: Rounds['append'], ...call: Parameters<Rounds['append']>): ReturnType<Rounds['append']>;
}

/** Makes a memory store of which a test can change every load and append, whenever it likes. */
export function shakyStore(store: Store = createMemoryStore()): { readonly store: Store; readonly shaken: Shaken } {
  const shaken: Shaken = {};
  const rounds = (on: Rounds): Rounds => ({
    load: (book, needs) => {
      const go: Rounds['load'] = (...call) => on.load(...call);
      return shaken.load ? shaken.load(go, book, needs) : go(book, needs);
    },
    append: (book, head, changes) => {
      const go: Rounds['append'] = (...call) => on.append(...call);
      return shaken.append ? shaken.append(go, book, head, changes) : go(book, head, changes);
    },
  });
  const changed: Partial<Store> = {
    ...rounds(store),
    locked: (book, work) => {
      shaken.locked?.();
      return store.locked(book, (on) => work(rounds(on)));
    },
  };
  const shaky = new Proxy(store, {
    get(target, name) {
      if (name in changed) return changed[name as keyof Store];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { store: shaky, shaken };
}

/** An answer that was lost on the way. */
export function lost<T>(): Result<T, StoreFault> {
  return err(storeFault('store_timeout', 'the answer was lost', { retryable: true, effect: 'unknown' }));
}

/** A database that is not there. */
export function gone<T>(): Result<T, StoreFault> {
  return err(storeFault('store_unavailable', 'nobody listens', { retryable: true, effect: 'none' }));
}

/** Collects a stream. */
export async function collected<Row>(stream: AsyncIterable<Row>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of stream) rows.push(row);
  return rows;
}

/** A promise that a test settles. */
export function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}
