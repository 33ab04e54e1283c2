import type { DemoSurroundings, Flags } from '@holdfast/demo-kit';
import { answered, type VirtualClock, virtualClock } from '@holdfast/demo-kit';
import { type DrillReport, runDrills } from '../drill/run-drills.ts';
import { openStage, type Stage, type StageOptions } from './open-stage.ts';
import { type Proof, prove } from './prove.ts';
import type { Trip } from './read-trips.ts';
import { replayTrips } from './replay.ts';
import { scheduleOf } from './schedule.ts';
import { type Tally, tally } from './tally.ts';

/** What the demo did, and what its book then says. */
export interface DemoReport extends Tally {
  readonly trips: number;
  /** Zones by the ids of their providers. */
  readonly zones: ReadonlyMap<string, string>;
  readonly proof: Proof;
  readonly place: string;
  /** Units that this run added to the book. */
  readonly added: number;
  /** Milliseconds that the replay alone took. */
  readonly replayMs: number;
  readonly calls: number;
  readonly faults: boolean;
  /** Of `--drill`. */
  readonly drills?: readonly DrillReport[];
}

/** Replays the trips on the store that was asked for, counts the book, and proves it. */
export async function runDemo(trips: readonly Trip[], flags: Flags, around: DemoSurroundings): Promise<DemoReport> {
  const clock = virtualClock(scheduleOf(trips)[0]?.at ?? 0);
  const stage = await openStage(stageOptions(trips, flags, around, clock));
  const report = await replayAndReport(stage, trips, flags, around).finally(() => stage.close());
  if (!flags.switches.has('--drill')) return report;
  const { concurrency } = flags;
  const drilling = { concurrency, stopped: around.stopped, faults: report.faults };
  return { ...report, drills: await runDrills(trips, drilling) };
}

function stageOptions(
  trips: readonly Trip[],
  flags: Flags,
  { url, bookName }: DemoSurroundings,
  clock: VirtualClock,
): StageOptions {
  const declined = new Set(trips.filter(({ pays }) => !pays).map(({ booking }) => `booking.${booking}`));
  return { flags, url, book: bookName, clock, declined, faults: !flags.switches.has('--no-faults') };
}

async function replayAndReport(
  stage: Stage,
  trips: readonly Trip[],
  { concurrency, switches }: Flags,
  { bar, stopped, now }: DemoSurroundings,
): Promise<DemoReport> {
  const { book } = stage.crown;
  const happenings = scheduleOf(trips).length;
  const progress = bar(happenings);
  const before = answered(await book.head()).sequence;
  const startedAt = now();
  await replayTrips(stage, trips, {
    concurrency,
    stopped,
    onHappening: (done) => progress.show(done, 'happenings'),
  }).finally(() => progress.end());
  const replayMs = now() - startedAt;
  const counted = await tally(stage);
  const proof = await prove(stage, counted, { bar, stopped });
  return {
    ...counted,
    trips: trips.length,
    zones: new Map(trips.map(({ provider, zone }) => [provider, zone])),
    proof,
    place: stage.place,
    added: answered(await book.head()).sequence - before,
    replayMs,
    calls: (await stage.peer.requests()).length,
    faults: !switches.has('--no-faults'),
  };
}
