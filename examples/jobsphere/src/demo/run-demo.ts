import path from 'node:path';
import {
  answered,
  type DemoStore,
  type DemoSurroundings,
  type Flags,
  openDemoStore,
  verifyWithProgress,
} from '@holdfast/demo-kit';
import { type Book, openBook, type StoredUnit } from '@holdfast/kernel';
import type { VerifyReport } from '@holdfast/ledger';
import { chart, wallets } from '../book/chart.ts';
import { offerProcess } from '../book/offer-process.ts';
import type { Trip } from './read-trips.ts';
import { LEASE_MS, replayTrips } from './replay-trips.ts';
import { saltOf } from './salt-of.ts';
import { type Tally, tally } from './tally.ts';
import { tripClock } from './trip-clock.ts';
import { writeExport } from './write-export.ts';

/** What the demo did, and what its book then says. */
export interface DemoReport extends Tally {
  readonly trips: number;
  /** How many trips the seed's rules refused before any deposit, by code. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly verification: VerifyReport;
  /** Absolute path of the hledger export. */
  readonly exported: string;
  readonly place: string;
  /** Units that this run added to the book. */
  readonly added: number;
  /** Milliseconds that the replay alone took. */
  readonly replayMs: number;
}

/** Replays the trips on the store that was asked for, verifies the book, counts it and exports it. */
export async function runDemo(trips: readonly Trip[], flags: Flags, around: DemoSurroundings): Promise<DemoReport> {
  const opened = await openDemoStore({ store: flags.store, folder: flags.folder, url: around.url });
  try {
    return await replayAndReport(opened, trips, flags, around);
  } finally {
    await opened.close();
  }
}

async function replayAndReport(
  { store, place, limits, count }: DemoStore,
  trips: readonly Trip[],
  { folder, concurrency }: Flags,
  around: DemoSurroundings,
): Promise<DemoReport> {
  const clock = tripClock(trips.length);
  const book = openBook({
    store,
    name: around.bookName,
    chart,
    clock: clock.now,
    salt: saltOf,
    limits: { ...LIMITS, ...limits },
  }) as Book;
  const bar = around.bar(trips.length);
  try {
    const before = await sequenceOf(book);
    const startedAt = around.now();
    const refusals = await replayTrips(trips, {
      book,
      clock,
      concurrency,
      oldLeasesMs: before === 0 ? 0 : LEASE_MS,
      stopped: around.stopped,
      onTrip: (done) => bar.show(done, 'trips'),
    });
    const replayMs = around.now() - startedAt;
    await count?.();
    const { report: verification, units } = await verify(book, around);
    const counted = await tally(book);
    const exported = path.join(folder, 'jobsphere.journal');
    await writeExport(units, exported);
    const added = (await sequenceOf(book)) - before;
    return { ...counted, trips: trips.length, refusals, verification, exported, place, added, replayMs };
  } finally {
    bar.end();
    await book.close();
  }
}

/** Verifies a book, and keeps the units that it read: what is exported is what was verified. */
async function verify(
  book: Book,
  around: DemoSurroundings,
): Promise<{ readonly report: VerifyReport; readonly units: readonly StoredUnit[] }> {
  const units: StoredUnit[] = [];
  const report = await verifyWithProgress(book, [offerProcess, wallets.decider], {
    ...around,
    // A book that differs is walked twice.
    onUnit: (unit) => {
      if (unit.sequence === units.length + 1) units.push(unit);
    },
  });
  return { report, units };
}

async function sequenceOf(book: Book): Promise<number> {
  return answered(await book.head()).sequence;
}

/** A busy machine may take its time; nobody waits at a till. */
const LIMITS = { deadlineMs: 300_000 };
