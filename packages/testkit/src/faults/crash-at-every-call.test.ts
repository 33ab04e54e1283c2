import { createMemoryStore, type Store } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { faultyStores } from '../faulty-stores/faulty-stores.ts';
import { openSample } from '../sample/open-sample.ts';
import { askFor } from '../sample/play-history.ts';
import { crashAtEveryCall } from './crash-at-every-call.ts';

async function deposits(store: Store<unknown>): Promise<void> {
  const sample = openSample(store);
  for (const key of ['k1', 'k2', 'k3']) {
    const ask = { ask: 'move', from: 'world:bank', to: 'users:ann:available', minor: 10n, currency: 'USD' } as const;
    await askFor(sample, { actor: 'ann', key, keepRefusal: false, asks: [ask] });
  }
}

async function expectThirty(store: Store<unknown>): Promise<void> {
  const page = (await store.readAccounts('main', { prefix: 'users:', limit: 5 }))._unsafeUnwrap();
  expect(page.rows.map(({ balance }) => balance)).toEqual([30n]);
}

function opened(store: Store<unknown>) {
  return { store, close: () => store.close() };
}

describe('crashAtEveryCall', () => {
  it('sweeps over every call of a run, before it and after it', async () => {
    const swept = await crashAtEveryCall<unknown>({
      open: async () => opened(createMemoryStore()),
      run: deposits,
      check: expectThirty,
    });
    // Three commands: one loads and appends, and what it kept is enough for the appends of the others. Four calls, two sides each.
    expect(swept.points).toBe(8);
  });

  it('finds that a store forgets its keys', async () => {
    const forgetful = faultyStores.find(({ name }) => name === 'keys-not-stored');
    const sweep = crashAtEveryCall<unknown>({
      open: async () => opened(forgetful?.create() as Store<unknown>),
      run: async (store) => {
        await deposits(store).catch(() => undefined);
      },
      check: expectThirty,
    });
    await expect(sweep).rejects.toThrow(/after a crash (before|after) call \d+/);
  });

  it('says so where a run makes more calls than it may', async () => {
    const endless = crashAtEveryCall<unknown>({
      open: async () => opened(createMemoryStore()),
      run: deposits,
      check: expectThirty,
      mostCalls: 2,
    });
    await expect(endless).rejects.toThrow(/more than 2 calls/);
  });
});
