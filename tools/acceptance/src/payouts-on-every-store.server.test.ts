import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { createMemoryStore, minutes, type Store } from '@holdfast/kernel';
import { verifyBook } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { checkPayouts, createPayoutWorker, payoutStatus } from '@holdfast/payouts';
import { compareBooks, earn, openPayouts, type Simulation } from '@holdfast/payouts/testing';
import { createSimulatedProvider, type SimulatedPeer, seededFaults, simulatedDescriptor } from '@holdfast/providers';
import { createRandom } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { openServerStore, type ServerPlace } from './open-server-store.ts';
import {
  balancesOf,
  capture,
  complete,
  decidersOf,
  dueRecords,
  openCity,
  redriveFailed,
  reject,
  release,
  somebody,
} from './payout-city.ts';

const SEED = Number(process.env.HOLDFAST_SEED ?? 20_260_307);

describe('payouts of bookings by a rough provider', () => {
  it('come to the same on Postgres as in memory: with one worker to the digest, with two racing ones to the cent', async () => {
    await compareOn({ kind: 'Postgres', url: postgresUrl(), place: 'payouts_everywhere' }, 6);
  });

  describeOnMongo('on MongoDB', (url) => {
    it('come to the same as in memory: with one worker to the digest, with two racing ones to the cent', async () => {
      await compareOn({ kind: 'MongoDB', url, place: `payouts_everywhere_${process.pid}` }, 2);
    });
  });
});

describe('two processes on one Postgres book, and a provider that keeps no keys', () => {
  it('send each obligation once, whoever of them comes first', async () => {
    const place = { kind: 'Postgres', url: postgresUrl(), place: 'payouts_raced' } as const;
    await onServer(place, (first) => onSecond(place, (second) => race(first, second)));
  });
});

/** What a story came to. */
interface Told {
  /** What people were answered. */
  readonly answers: readonly string[];
  readonly balances: Readonly<Record<string, string>>;
  readonly digest: string;
  readonly transfers: number;
}

async function compareOn(place: ServerPlace, bookings: number): Promise<void> {
  for (const workers of [1, 2]) {
    const expected = await tell(createMemoryStore() as Store<never>, workers, bookings);
    const found = await onServer({ ...place, place: `${place.place}_${workers}` }, (store) =>
      tell(store, workers, bookings),
    );
    expect(expected.transfers).toBeGreaterThanOrEqual(bookings);
    // Two workers at once take turns as it happens; what they leave is the same.
    if (workers === 1) expect(found).toEqual(expected);
    else expect([found.answers, found.balances]).toEqual([expected.answers, expected.balances]);
  }
}

/** Tells the story of some bookings until all of them are paid out, and checks all that has to hold of it. */
async function tell(store: Store<never>, workers: number, bookings: number): Promise<Told> {
  const random = createRandom(SEED);
  const people = random.fork('people');
  const city = await openCity(random.fork('faults'), { store, workers });
  const answers: string[] = [];
  const held = new Set(Array.from({ length: bookings }, (_, index) => `b${index}`));
  const releaseAll = async () => {
    const ends: string[] = [];
    for (const id of [...held]) {
      const end = await release(city, id);
      if (end === 'done') held.delete(id);
      ends.push(end);
    }
    return ends;
  };
  for (let turn = 0; turn < bookings + 6; turn++) {
    if (turn < bookings) answers.push(await capture(city, `b${turn}`, people.integer(99)));
    if (turn >= 1 && turn <= bookings) answers.push(await complete(city, `b${turn - 1}`));
    for (let count = 0; count < 4; count++) answers.push(await somebody(city, people, bookings));
    answers.push(...(await releaseAll()));
    await drive(city);
    await city.deliver();
    city.pass(people.pick([600_000, 7_200_000, 25_200_000, 90_000_000]));
  }
  await city.code('payee', 'ann', { type: 'UnfreezePayee' });
  city.heal();
  for (let index = 0; index < bookings; index++) await reject(city, `b${index}`);
  for (let turn = 0; turn < 14; turn++) {
    if (turn === 6)
      for (const { observation } of city.simulated.peer.events()) await city.workers[0]?.observe(observation);
    await releaseAll();
    await redriveFailed(city, turn);
    await drive(city);
    city.pass(50_400_000);
  }
  await assertPaid(city);
  const transfers = city.simulated.peer.objects().length;
  const digest = (await city.book.head())._unsafeUnwrap().digest;
  await city.book.close();
  return { answers, balances: await balancesOf(city), digest, transfers };
}

/** Lets one worker do all that is due; or two at once, each with a sweep and everything that is due besides. */
async function drive(city: Simulation): Promise<void> {
  const [only] = city.workers;
  if (city.workers.length > 1) {
    const due = await dueRecords(city);
    await Promise.all(
      city.workers.map(async (worker) => {
        // A booking is released with what is owed since, in one unit: not by its deadline alone.
        const handlers = { ...worker.handlers, booking: async () => ({ end: 'later', afterMs: 1 }) as const };
        (await city.book.runDueTasks({ handlers }))._unsafeUnwrap();
        for (const record of due) await worker.handle({ record });
      }),
    );
  } else for (const record of await dueRecords(city)) await only?.handle({ record });
}

async function assertPaid(city: Simulation): Promise<void> {
  expect(await compareBooks(city)).toEqual([]);
  const { book, payouts, simulated } = city;
  expect(new Set((await paidTimes(city, simulated.peer)).values())).toEqual(new Set([1]));
  const left = Object.keys(await balancesOf(city)).filter((account) => /^(payouts|suspense|bookings):/.test(account));
  expect(left).toEqual([]);
  const { rows } = (await book.use(payouts.payout).list({ limit: 1_000 }))._unsafeUnwrap();
  const open = rows.filter(({ state }) => state && !['paid', 'cancelled'].includes(payoutStatus(state)));
  expect(open.map(({ id, status }) => [id, status])).toEqual([]);
  await assertVerified(city);
}

async function assertVerified(of: Pick<Simulation, 'book' | 'store' | 'payouts'>): Promise<void> {
  expect((await checkPayouts(of.book, of.payouts))._unsafeUnwrap()).toEqual([]);
  const report = await verifyBook({ store: of.store, book: of.book.name, deciders: decidersOf(of) });
  expect(report._unsafeUnwrap()).toMatchObject({ verified: true });
  expect(report._unsafeUnwrap().difference).toBeUndefined();
}

/** Counts for each obligation how often the provider has really moved its money. */
async function paidTimes(
  { book, payouts }: Pick<Simulation, 'book' | 'payouts'>,
  peer: SimulatedPeer,
): Promise<ReadonlyMap<string, number>> {
  const obligations = (await book.use(payouts.obligation).list({ limit: 1_000 }))._unsafeUnwrap().rows;
  const times = new Map(obligations.map(({ id }) => [id, 0]));
  for (const { operation, status } of peer.objects()) {
    if (status === 'failed') continue;
    const { items0 = '' } = operation.metadata;
    for (const obligation of items0.split(',')) times.set(obligation, (times.get(obligation) ?? 0) + 1);
  }
  return times;
}

const OBLIGATIONS = 16;
const TURNS = 40;

async function race(first: Store<never>, second: Store<never>): Promise<void> {
  const random = createRandom(SEED);
  let now = () => '2026-03-07T10:00:00.000Z';
  // Where a key were used twice, it would be paid twice: nothing but the book keeps the workers from it.
  const simulated = createSimulatedProvider({
    descriptor: simulatedDescriptor({ id: 'peer', account: 'main' }),
    clock: () => now(),
    random,
    keyRetention: { ms: 0 },
    faults: seededFaults(random, { lost_answer: 200, lost_request: 100, connection_refused: 100, throttled: 100 }),
    wire: () => sleep(random.integer(3)),
  });
  const processes = [await openProcess(first, simulated), await openProcess(second, simulated)] as const;
  const [one, two] = processes;
  now = one.now;
  // Each has one to itself at first, so that both are known to send whoever is the faster; all others they race for.
  for (const [index, process] of processes.entries()) {
    await one.done('obligation', `b${index}`, earn(usd('10')));
    while (process.sent() === 0) await process.work(await dueRecords(one));
  }
  for (let index = 2; index < OBLIGATIONS; index++) await one.done('obligation', `b${index}`, earn(usd('10')));
  for (let turn = 0; turn < TURNS; turn++) {
    const due = await dueRecords(one);
    await Promise.all(processes.map(({ work }) => work(due)));
    for (const { pass } of processes) pass(minutes(turn % 2 === 0 ? 20 : 400).ms);
  }
  const times = await paidTimes(one, simulated.peer);
  expect([...times].sort()).toEqual([...times.keys()].sort().map((id) => [id, 1]));
  expect(times.size).toBe(OBLIGATIONS);
  // Both have sent, and each send that the book knows of was made by one of them.
  const { rows } = (await two.book.use(two.payouts.payout).list({ limit: 1_000 }))._unsafeUnwrap();
  const sends = rows.flatMap(({ state }) => state?.attempts.flatMap(({ attempt }) => attempt.sends) ?? []);
  expect(Math.min(one.sent(), two.sent())).toBeGreaterThan(0);
  expect(one.sent() + two.sent()).toBe(sends.length);
  expect(sends.length).toBeGreaterThan(OBLIGATIONS);
  expect(await balancesOf(two)).toEqual({});
  for (const process of processes) await assertVerified(process);
  for (const { book } of processes) await book.close();
}

/** One process: a book of its own on a store of its own, and a worker that counts what it sends. */
async function openProcess(store: Store<never>, { provider }: ReturnType<typeof createSimulatedProvider>) {
  let sent = 0;
  const counted: typeof provider = {
    ...provider,
    submit: (send, signal) => {
      sent += 1;
      return provider.submit(send, signal);
    },
  };
  const opened = await openPayouts({ senders: [provider] }, store as Store);
  const { book, payouts, now } = opened;
  const worker = createPayoutWorker({ book, payouts, providers: [counted], clock: now });
  return {
    ...opened,
    sent: () => sent,
    work: async (due: readonly string[]) => {
      (await worker.sweep())._unsafeUnwrap();
      await Promise.all(due.map((record) => worker.handle({ record })));
    },
  };
}

async function onServer<T>(place: ServerPlace, work: (store: Store<never>) => Promise<T>): Promise<T> {
  const { store, prepare, drop, close } = await openServerStore(place);
  try {
    await drop();
    await prepare();
    // The store looks at its indexes until it has found all of them once.
    (await store.readHead('main'))._unsafeUnwrap();
    return await work(store);
  } finally {
    await drop();
    await close();
  }
}

async function onSecond<T>(place: ServerPlace, work: (store: Store<never>) => Promise<T>): Promise<T> {
  const { store, close } = await openServerStore(place);
  try {
    return await work(store);
  } finally {
    await close();
  }
}
