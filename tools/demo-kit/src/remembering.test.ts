import { createMemoryStore, openBook, type Store, storeFault } from '@holdfast/kernel';
import { counters, openChart } from '@holdfast/kernel/testing';
import { err } from 'neverthrow';
import { expect, it } from 'vitest';
import { overStore } from './over-store.ts';
import { remembering } from './remembering.ts';

const ann = { id: 'ann', role: 'customer' };

function opened() {
  const store = createMemoryStore();
  const asked: string[] = [];
  const fails = { append: false };
  const counted = overStore(store, {
    readRecord: (...of: Parameters<Store['readRecord']>) => {
      asked.push(of[1]);
      return store.readRecord(...of);
    },
    append: async (...round: Parameters<Store['append']>) => {
      const answer = await store.append(...round);
      if (!fails.append) return answer;
      fails.append = false;
      return err(storeFault('store_unavailable', 'the answer was lost', { retryable: true, effect: 'unknown' }));
    },
  });
  const open = () => openBook({ store: remembering(counted), name: 'main', chart: openChart });
  const book = open();
  const counter = book.use(counters);
  const count = (id: string, key: string) => counter.execute(id, { type: 'Count', by: 1 }, { actor: ann, key });
  const read = async (id: string, asOf?: number) => {
    const { state, sequence } = (await counter.read(id, asOf === undefined ? {} : { asOf }))._unsafeUnwrap();
    return [state?.count, sequence];
  };
  return { asked, fails, count, read, open };
}

it('answers what this process wrote, now and a moment ago, and asks the store for the rest', async () => {
  const { asked, count, read, open } = opened();
  await count('a', '1');
  await count('b', '2');
  await count('a', '3');
  expect([await read('a'), await read('a', 2), await read('b')]).toEqual([
    [2, 3],
    [1, 3],
    [1, 3],
  ]);
  expect(asked).toEqual([]);
  for (const key of ['4', '5', '6', '7']) await count('a', key);
  expect([await read('a', 1), await read('c')]).toEqual([
    [1, 7],
    [undefined, 7],
  ]);
  expect(asked).toEqual(['counter/a', 'counter/c']);
  const other = await open().use(counters).read('a');
  expect([other._unsafeUnwrap().state?.count, asked.length]).toEqual([6, 3]);
});

it('forgets everything where nobody knows what became of an append', async () => {
  const { asked, fails, count, read } = opened();
  await count('a', '1');
  fails.append = true;
  await count('b', '2');
  expect([await read('a'), asked]).toEqual([[1, 2], ['counter/a']]);
});
