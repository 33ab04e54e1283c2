import { describe, expect, it } from 'vitest';
import { openBook } from '../book/open-book.ts';
import { createMemoryStore } from '../memory-store/memory-store.ts';
import type { Store } from '../store.ts';
import { counters } from '../testing/counters.ts';
import { openChart } from '../testing/open-chart.ts';

const actor = { id: 'ann', role: 'customer' };

function opened(store: Store, clock?: () => string) {
  const loads = { count: 0 };
  const counted: Store = Object.create(store, {
    load: {
      value: (...call: Parameters<Store['load']>) => {
        loads.count += 1;
        return store.load(...call);
      },
    },
  });
  const book = openBook({ store: bound(counted, store), name: 'main', chart: openChart, ...(clock ? { clock } : {}) });
  const handle = book.use(counters);
  const count = async (key: string, by: number): Promise<string> => {
    const answer = await handle.execute('c1', { type: 'Count', by }, { actor, key });
    return answer.isOk() ? answer.value.status : answer.error.code;
  };
  const read = async (): Promise<number | undefined> => (await handle.read('c1'))._unsafeUnwrap().state?.count;
  return { count, read, loads };
}

/** Gives a store whose methods run on the original, but for `load`. */
function bound(counted: Store, store: Store): Store {
  return new Proxy(counted, {
    get(target, name) {
      if (name === 'load') return target.load;
      const value = Reflect.get(store, name);
      return typeof value === 'function' ? value.bind(store) : value;
    },
  });
}

describe('a blind round', () => {
  it('does not load while every request becomes a unit', async () => {
    const { count, read, loads } = opened(createMemoryStore());
    await count('first', 1);
    const before = loads.count;
    for (let index = 0; index < 20; index++) expect(await count(`k${index}`, 1)).toBe('committed');
    expect(loads.count).toBe(before);
    expect(await read()).toBe(21);
  });

  it('answers a key that was used before with its first receipt', async () => {
    const { count, read } = opened(createMemoryStore());
    expect(await count('k1', 7)).toBe('committed');
    expect(await count('k2', 1)).toBe('committed');
    expect(await count('k1', 7)).toBe('replayed');
    expect(await count('k1', 8)).toBe('key_conflict');
    expect(await read()).toBe(8);
  });

  it('does not refuse what only the state after the first answer would refuse', async () => {
    const { count, read } = opened(createMemoryStore());
    expect(await count('k1', 1_000_000)).toBe('committed');
    expect(await count('k1', 1_000_000)).toBe('replayed');
    expect(await read()).toBe(1_000_000);
  });

  it('does not refuse on what another writer has changed since', async () => {
    const store = createMemoryStore();
    const [here, there] = [opened(store), opened(store)];
    expect(await here.count('full', 1_000_000)).toBe('committed');
    expect(await there.count('less', -10)).toBe('committed');
    expect(await here.count('more', 5)).toBe('committed');
    expect(await here.read()).toBe(999_995);
  });

  it('does not build on what another writer has changed since', async () => {
    const store = createMemoryStore();
    const [here, there] = [opened(store), opened(store)];
    expect(await here.count('a', 1)).toBe('committed');
    for (let index = 0; index < 30; index++) {
      expect(await there.count(`there-${index}`, 10)).toBe('committed');
      expect(await here.count(`here-${index}`, 1)).toBe('committed');
    }
    expect(await here.read()).toBe(331);
  });

  it('is not let ahead of the store’s clock', async () => {
    let now = '2026-03-01T10:00:00.000Z';
    const { count } = opened(createMemoryStore({ nowMs: () => Date.parse('2026-03-01T10:00:00.000Z') }), () => now);
    expect(await count('a', 1)).toBe('committed');
    now = '2026-03-01T11:00:00.000Z';
    expect(await count('b', 1)).toBe('clock_ahead');
  });
});
