import { openBook } from '@holdfast/kernel';
import { openChart, plainTransfers } from '@holdfast/kernel/testing';
import { money, usd } from '@holdfast/money';
import { createMongoStore } from '../src/index.ts';
import { openClient } from './mongo-harness.ts';

const [url = '', database = '', name = ''] = process.argv.slice(2);
const client = await openClient(url);
const book = openBook({
  store: createMongoStore({ client, database, lockTimeoutMs: 60_000, answerTimeoutMs: 60_000 }),
  name: 'main',
  chart: openChart,
  limits: { deadlineMs: 300_000, patienceMs: 120_000 },
});
(await book.head())._unsafeUnwrap();
process.send?.('ready');
// All begin at once, or one might be through before the next one begins.
await new Promise((resolve) => process.once('message', resolve));
const transfers = book.use(plainTransfers);
const transfer = { from: 'world:bank', to: 'users:ann', amount: money(1n, usd), kind: 'moved' };
let done = 0;
// Six callers, ten commands each.
const caller = async (_: unknown, nth: number): Promise<void> => {
  for (let count = 0; count < 10; count++) {
    const asked = { actor: { id: name, role: 'customer' }, key: `${nth}.${count}` };
    const answer = await transfers.execute({ type: 'Move', transfers: [transfer] }, asked);
    if (answer.isErr()) throw new Error(answer.error.code);
    done += 1;
  }
};
await Promise.all(Array.from({ length: 6 }, caller));
process.send?.({ done, misses: book.metrics().misses });
await book.close();
await client.close();
process.disconnect?.();
