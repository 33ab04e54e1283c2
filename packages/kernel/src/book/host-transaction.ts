import { AsyncLocalStorage } from 'node:async_hooks';
import { Defect } from '../faults.ts';

/** A book whose lock a host's transaction of this async context holds, and the ones that were held around it. */
interface Held {
  readonly store: object;
  readonly name: string;
  readonly around: Held | undefined;
  /** The work has ended; what it started and left running is held up by nothing of its own. */
  over: boolean;
}

const current = new AsyncLocalStorage<Held>();

/** Runs work that holds a book in a transaction of the host. */
export async function whileHolding<T>(store: object, name: string, work: () => Promise<T>): Promise<T> {
  const held: Held = { store, name, around: current.getStore(), over: false };
  try {
    return await current.run(held, work);
  } finally {
    held.over = true;
  }
}

/** Throws where this async context already holds the book: the call would wait for a transaction that waits for it. */
export function assertNotHeld(store: object, name: string): void {
  for (let held = current.getStore(); held; held = held.around) {
    if (!held.over && held.store === store && held.name === name) {
      throw new Defect(
        `book ${name} is held by a transaction of this very call: ask what \`within\` gave, not the book itself`,
      );
    }
  }
}
