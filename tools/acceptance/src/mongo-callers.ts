import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { createMongoStore } from '@holdfast/store-mongo';
import { type ClientSession, MongoClient } from 'mongodb';
import { type Marketplace, openMarketplace } from './marketplace.ts';

/**
 * One of several processes in which some callers ask without a pause while their server is killed again and again. Each answer is a line: the key and
 * its sequence. Whoever hears of a fault asks again under the same key. It ends when it is told to, and says
 * then how often an append was in doubt, and how often a round failed otherwise.
 */
const [url = '', database = '', name = '', callers = ''] = process.argv.slice(2);
const client = new MongoClient(url, { heartbeatFrequencyMS: 500 });
await client.connect();
const options = { client, database, answerTimeoutMs: 5_000 };
const market = openMarketplace(createMongoStore(options) as Store<ClientSession> as never);
let ended = false;

createInterface({ input: process.stdin }).once('line', () => {
  ended = true;
});
await Promise.all(Array.from({ length: Number(callers) }, (_, index) => call(market, `${name}-${index}`)));
const { doubts, faults } = market.book.metrics();
process.stdin.destroy();
await market.book.close();
await client.close();
process.stdout.write(`doubts ${doubts}\nfaults ${faults}\n`);

async function call({ deposit }: Marketplace, caller: string): Promise<void> {
  for (let count = 0; !ended; count++) {
    const key = `${caller}-${count}`;
    for (;;) {
      const answer = await deposit(usd('0.01'), key);
      if (answer.isOk()) {
        process.stdout.write(`${key} ${answer.value.sequence}\n`);
        break;
      }
      if (!('fault' in answer.error)) throw new Error(`${key} was refused: ${answer.error.code}`);
      await sleep(20);
    }
  }
}
