import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DemoFailed, HOUR_MS } from '@holdfast/demo-kit';
import { type Proof, prove } from '../demo/prove.ts';
import type { Trip } from '../demo/read-trips.ts';
import type { ReplayOptions } from '../demo/replay.ts';
import { tally } from '../demo/tally.ts';
import type { Drill, DrillCounts, Tallying } from './drill.ts';
import { insufficientBalance } from './insufficient-balance.ts';
import { lateTips } from './late-tips.ts';
import { pendingFunds } from './pending-funds.ts';
import { prunedKeys } from './pruned-keys.ts';
import { refundAfterPayout } from './refund-after-payout.ts';
import { restore } from './restore.ts';
import { reversals } from './reversals.ts';
import { openScene } from './scene.ts';

/** What one drill did, and whether everything holds all the same. */
export interface DrillReport {
  readonly name: string;
  readonly says: string;
  readonly counts: DrillCounts;
  readonly proof: Proof;
}

/** How drills are run. */
export interface DrillOptions extends Pick<ReplayOptions, 'concurrency' | 'stopped'> {
  readonly faults: boolean;
}

/**
 * Runs every drill, each on a book of its own in memory with a payment provider of its own: the first trips are replayed, something goes wrong or comes late, and
 * in the end everything has to hold as ever.
 */
export async function runDrills(trips: readonly Trip[], options: DrillOptions): Promise<readonly DrillReport[]> {
  const reports: DrillReport[] = [];
  const few = inOneDay(trips.slice(0, MOST_TRIPS));
  for (const make of DRILLS) reports.push(await runDrill(make(), few, options));
  return reports;
}

/** One an hour, in the order of the file: a drill is not to go on for a month. */
function inOneDay(trips: readonly Trip[]): readonly Trip[] {
  const first = trips[0]?.completedAt ?? 0;
  return trips.map((trip, index) => ({ ...trip, completedAt: first + index * HOUR_MS }));
}

async function runDrill(drill: Drill, trips: readonly Trip[], options: DrillOptions): Promise<DrillReport> {
  const { name, says, settleAfterMs, afterHour, afterwards } = drill;
  const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-drill-'));
  const [counts, counting] = createCounts();
  const scene = await openScene({
    trips,
    folder,
    faults: options.faults,
    settleAfterMs,
    replay: options,
    afterHour: async (now) => afterHour?.(now, counting),
  });
  try {
    await scene.play(trips);
    await afterwards?.(scene, counting);
    const proof = await prove(scene.stage(), await tally(scene.stage()), { bar: silent, stopped: options.stopped });
    return { name, says, counts: Object.fromEntries(counts), proof };
  } catch (error) {
    if (error instanceof DemoFailed) throw new DemoFailed(`in the drill ${name}, ${error.message}`);
    throw error;
  } finally {
    await scene.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function createCounts(): readonly [Map<string, number | string>, Tallying] {
  const counts = new Map<string, number | string>();
  return [
    counts,
    {
      count: (name, more = 1) => counts.set(name, Number(counts.get(name) ?? 0) + more),
      say: (name, what) => counts.set(name, what),
    },
  ];
}

const silent = () => ({ show: () => {}, end: () => {} });
const DRILLS: readonly (() => Drill)[] = [
  refundAfterPayout,
  lateTips,
  reversals,
  prunedKeys,
  insufficientBalance,
  pendingFunds,
  restore,
];
/** Enough for every kind of row. */
const MOST_TRIPS = 12;
