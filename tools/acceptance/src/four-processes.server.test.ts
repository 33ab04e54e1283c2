import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import type { Actor, Store } from '@holdfast/kernel';
import { verifyBook } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { afterAll, describe, expect, it } from 'vitest';
import {
  assertSound,
  contractor,
  customer,
  deciders,
  leftOver,
  type Marketplace,
  openMarketplace,
} from './marketplace.ts';
import { openServerStore, type ServerPlace } from './open-server-store.ts';
import { OFFERS, SHARED, type Share, WITHDRAWALS } from './share.ts';

/** Who works for the offers that are raced for, so that the other contractor has just the dollars that are withdrawn. */
const other: Actor = { id: 'kurt', role: 'contractor' };
const PAYOUT = 80;
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

describe('four processes on one book', () => {
  it('spend no dollar twice on Postgres, share their keys and end each offer once', async () => {
    await race({ kind: 'Postgres', url: postgresUrl(), place: 'four_processes' });
  });

  describeOnMongo('on MongoDB', (url) => {
    it('spend no dollar twice, share their keys and end each offer once', async () => {
      await race({ kind: 'MongoDB', url, place: `four_processes_${process.pid}` });
    });
  });
});

async function race(place: ServerPlace): Promise<void> {
  const { store, prepare, drop, close } = await openServerStore(place);
  try {
    await prepare();
    await raceOn(store, place);
  } finally {
    await drop();
    await close();
  }
}

async function raceOn(store: Store<never>, place: ServerPlace): Promise<void> {
  const market = openMarketplace(store);
  (await market.deposit(usd('1200'), 'deposit'))._unsafeUnwrap();
  for (let index = 0; index < OFFERS; index++) await accepted(market, index, other);
  await accepted(market, OFFERS, contractor);
  const completing = { actor: customer, key: 'complete' };
  (await market.offers.execute(`o${OFFERS}`, { type: 'CompleteJob' }, completing))._unsafeUnwrap();

  const shares = await atOnce(['0', '1', '2', '3'].map((name) => startProcess(place, name)));

  const answers = shares.flatMap(({ withdrawals }) => withdrawals);
  const withdrawn = answers.filter((answer) => answer === 'committed');
  expect(answers.filter((answer) => answer === 'insufficient_funds')).toHaveLength(4 * WITHDRAWALS - PAYOUT);
  expect(withdrawn).toHaveLength(PAYOUT);
  for (let index = 0; index < SHARED; index++) {
    expect(shares.map(({ shared }) => shared[index]).sort()).toEqual(['committed', 'replayed', 'replayed', 'replayed']);
  }
  for (let index = 0; index < OFFERS; index++) {
    expect(shares.map(({ ends }) => ends[index]).sort()).toEqual(['committed', ...Array(3).fill('wrong_status')]);
  }
  await assertSound(market);
  const completed = shares
    .flatMap(({ ends }, name) => (name % 2 === 0 ? ends : []))
    .filter((end) => end === 'committed').length;
  // 105 were charged for each offer that was not cancelled, and 20 came in under the shared keys.
  // An account opens with its first dollar: where every offer was cancelled, the payee has none.
  expect({ 'users:kurt:available USD': '0', ...(await leftOver(market)) }).toMatchObject({
    'users:konrad:available USD': '0',
    'users:kurt:available USD': `${8_000 * completed}`,
    'users:carla:available USD': `${120_000 + 100 * SHARED - 10_500 * (1 + completed)}`,
  });
  const report = (await verifyBook({ store, book: 'market', deciders }))._unsafeUnwrap();
  expect(report).toMatchObject({ verified: true, sequence: 1 + 2 * (OFFERS + 1) + 1 + PAYOUT + SHARED + OFFERS });
}

/** Sends an offer of 100 to somebody, who accepts it. */
async function accepted({ offers }: Marketplace, index: number, payee: Actor): Promise<void> {
  const parties = { customer: customer.id, contractor: payee.id };
  const send = { type: 'SendOffer', parties, reference: `j${index}`, amount: usd('100') } as const;
  (await offers.execute(`o${index}`, send, { actor: customer, key: `send-${index}` }))._unsafeUnwrap();
  const accepting = { actor: payee, key: `accept-${index}` };
  (await offers.execute(`o${index}`, { type: 'AcceptOffer' }, accepting))._unsafeUnwrap();
}

/** A process that is ready: from its word on all of it happens at once. */
interface Started {
  readonly ready: Promise<void>;
  go(): void;
  readonly share: Promise<Share>;
}

async function atOnce(started: readonly Started[]): Promise<readonly Share[]> {
  await Promise.all(started.map(({ ready }) => ready));
  for (const { go } of started) go();
  return Promise.all(started.map(({ share }) => share));
}

/** Starts a process of its own, which runs on the source as this one does. */
function startProcess({ kind, url, place }: ServerPlace, name: string): Started {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const script = fileURLToPath(new URL('./one-of-four.ts', import.meta.url));
  const flags = ['--conditions=holdfast:source', '--import', tsx, script, kind, url, place, 'market', name];
  const child = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const next = await lines.next();
    if (next.done) throw new Error(`process ${name} ended before it answered`);
    return next.value;
  };
  const ready = line().then(() => undefined);
  return {
    ready,
    go: () => child.stdin.write('go\n'),
    share: ready.then(line).then((text) => JSON.parse(text) as Share),
  };
}
