import { createMemoryStore } from '@holdfast/kernel';
import type { StoreHarness } from './law.ts';

/**
 * Gives the harness of the memory store, whose clock is virtual.
 *
 * @param runs - How many random histories each law of random histories runs.
 */
export function memoryHarness(runs = 20): StoreHarness {
  return {
    name: 'memory store',
    runs,
    lacks: {
      host: 'the memory store has no transactions of a host to join',
      cut: 'the memory store has no connections to cut',
    },
    async open() {
      let nowMs = Date.parse('2030-01-01T00:00:00.000Z');
      const store = createMemoryStore({ nowMs: () => nowMs });
      return {
        store,
        // Everything lies in one process, so the second store is the first one again.
        another: async () => store,
        passTime: async (ms) => {
          nowMs += ms;
        },
        close: () => store.close(),
      };
    },
  };
}
