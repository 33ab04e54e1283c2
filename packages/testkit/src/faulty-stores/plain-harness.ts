import type { StoreHarness } from '../laws/law.ts';
import type { TriedStore } from './faulty-store.ts';
import { PlainStore } from './plain-store.ts';

/**
 * Gives the harness of a plain store, or of one with a mistake.
 *
 * @param name - Of the store, or of the mistake.
 * @param create - Makes a fresh one.
 */
export function plainHarness(name: string, create: () => TriedStore = () => new PlainStore()): StoreHarness {
  return {
    name,
    runs: 10,
    patienceMs: 500,
    async open() {
      const store = create();
      return {
        store,
        // Everything lies in one process, so the second store is the first one again.
        another: async () => store,
        passTime: async (ms) => store.passTime(ms),
        cut: async () => store.cut(),
        host: {
          notes: async () => [...store.notes],
          async begin() {
            const transaction = store.begin();
            return {
              client: transaction,
              note: async (text) => transaction.note(text),
              commit: async () => transaction.commit(),
              rollback: async () => transaction.rollback(),
            };
          },
        },
        close: () => store.close(),
      };
    },
  };
}
