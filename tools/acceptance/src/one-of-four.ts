import { once } from 'node:events';
import { usd } from '@holdfast/money';
import { contractor, customer, type Ended, openMarketplace } from './marketplace.ts';
import { openServerStore, type ServerKind } from './open-server-store.ts';
import { OFFERS, SHARED, type Share, WITHDRAWALS } from './share.ts';

/**
 * One of several processes that write one book: opens it, says that it is ready, waits for the word, asks for everything at once and tells what it
 * was answered.
 */
const [kind = '', url = '', place = '', book = '', name = ''] = process.argv.slice(2);
const { store, close } = await openServerStore({ kind: kind as ServerKind, url, place });
const market = openMarketplace(store, book);
(await market.book.head())._unsafeUnwrap();
process.stdout.write('ready\n');
await once(process.stdin, 'data');

const codesOf = async (asks: readonly Promise<Ended>[]): Promise<readonly string[]> =>
  (await Promise.all(asks)).map((answer) => (answer.isOk() ? answer.value.status : answer.error.code));
const times = (count: number, ask: (index: number) => Promise<Ended>) =>
  Array.from({ length: count }, (_, index) => ask(index));
const end = (index: number): Promise<Ended> =>
  Number(name) % 2 === 0
    ? market.offers.execute(`o${index}`, { type: 'CompleteJob' }, { actor: customer, key: `${name}-complete-${index}` })
    : market.offers.execute(`o${index}`, { type: 'CancelOffer' }, { actor: customer, key: `${name}-cancel-${index}` });

const [withdrawals, shared, ends] = await Promise.all([
  codesOf(times(WITHDRAWALS, (index) => market.withdraw(usd('1'), `${contractor.id}-${name}-${index}`))),
  codesOf(times(SHARED, (index) => market.deposit(usd('1'), `shared-${index}`))),
  codesOf(times(OFFERS, end)),
]);
process.stdout.write(`${JSON.stringify({ withdrawals, shared, ends } satisfies Share)}\n`);
process.stdin.destroy();
await market.book.close();
await close();
