import type { Store } from '@holdfast/kernel';
import { nothing, SimpleJournal } from './simple-journal.ts';

/** How a writer of {@link appendMany} fared. */
export interface Fared {
  readonly appended: number;
  /** Rounds in which somebody else was first. */
  readonly missed: number;
}

/**
 * Writes units as a writer of its own would: load, decide, append, again from the load when the head moved, and under the lock after three
 * misses. A lost answer is settled by the key.
 *
 * @param size - Units in a batch.
 */
export async function appendMany(
  store: Store<unknown>,
  book: string,
  { name, batches, size }: { readonly name: string; readonly batches: number; readonly size: number },
): Promise<Fared> {
  let missed = 0;
  for (let batch = 0; batch < batches; batch++) {
    const transfers = Array.from({ length: size }, (_, index) => ({
      key: `${name} ${batch}.${index}`,
      from: 'world:bank',
      to: `users:${(batch + index) % 5}:available`,
      amount: BigInt(1 + index),
    }));
    const needs = {
      ...nothing,
      keys: transfers.map(({ key }) => key),
      accounts: [...new Set(transfers.flatMap(({ from, to }) => [`${from} USD`, `${to} USD`]))],
    };
    const round = async (rounds: Pick<Store, 'load' | 'append'>): Promise<'done' | 'again'> => {
      const loaded = await rounds.load(book, needs);
      if (loaded.isErr()) return 'again';
      const { head, units, accounts } = loaded.value;
      if (units.size > 0) return 'done';
      const balances = new Map([...accounts].map(([account, { balance }]) => [account, balance]));
      const { changes } = new SimpleJournal(head, balances).batch(transfers);
      const answer = await rounds.append(book, head, changes);
      return answer.isOk() && answer.value === 'appended' ? 'done' : 'again';
    };
    for (let attempt = 0; ; attempt++) {
      const answer = attempt < 3 ? await round(store) : (await store.locked(book, round)).unwrapOr('again');
      if (answer === 'done') break;
      missed += 1;
      if (attempt > 500) throw new Error(`${name} never gets its turn`);
    }
  }
  return { appended: batches * size, missed };
}
