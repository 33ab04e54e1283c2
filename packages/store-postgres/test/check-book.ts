import { createHash } from 'node:crypto';
import { genesis, type Store } from '@holdfast/kernel';

/** What {@link checkBook} counted. */
export interface Counted {
  readonly units: number;
  readonly keys: number;
  readonly batches: number;
}

/** Checks that a book is whole: dense, chained, each line on the one before, money neither made nor lost. Throws a sentence otherwise. */
export async function checkBook(store: Store<unknown>, book: string): Promise<Counted> {
  let digest = genesis.digest;
  let sequence = 0;
  const keys = new Set<string>();
  for await (const unit of store.projectUnits(book)) {
    sequence += 1;
    digest = createHash('sha256').update(`1\n${digest}\n${sequence}\n${unit.bytes}`).digest('hex');
    if (unit.sequence !== sequence || unit.digest !== digest) throw new Error(`unit ${unit.sequence} does not follow`);
    keys.add(unit.key);
  }
  let batches = 0;
  for await (const head of store.projectBatches(book)) {
    batches += 1;
    if (head.number !== batches) throw new Error(`batch ${head.number} does not follow`);
  }
  const balances = new Map<string, bigint>();
  for await (const line of store.projectLines(book)) {
    const balance = (balances.get(line.account) ?? 0n) + line.amount;
    if (line.balance !== balance)
      throw new Error(`${line.account} stands at ${line.balance} after ${line.sequence}, not ${balance}`);
    balances.set(line.account, balance);
  }
  const sum = [...balances.values()].reduce((total, balance) => total + balance, 0n);
  if (sum !== 0n) throw new Error(`the balances sum to ${sum}`);
  return { units: sequence, keys: keys.size, batches };
}
