import {
  answered,
  type DemoStore,
  type DemoSurroundings,
  type Flags,
  openDemoStore,
  virtualClock,
} from '@holdfast/demo-kit';
import { instantAt } from '@holdfast/kernel';
import type { SchemePlan } from './plan.ts';
import { type Proof, prove } from './prove.ts';
import { replay } from './replay.ts';
import { type Happening, scheduleOf } from './schedule.ts';
import { openStage } from './stage.ts';
import { type Tally, tally } from './tally.ts';

/** What the demo did, and what its book then says. */
export interface DemoReport extends Tally {
  readonly proof: Proof;
  readonly place: string;
  /** Units that this run added to the book. */
  readonly added: number;
  /** Milliseconds that the replay alone took. */
  readonly replayMs: number;
  readonly head: { readonly sequence: number; readonly digest: string };
}

/** Runs the schemes on the store that was asked for, counts the book, and proves it. */
export async function runDemo(
  plans: readonly SchemePlan[],
  { store, folder, concurrency }: Flags,
  around: DemoSurroundings,
): Promise<DemoReport> {
  const opened = await openDemoStore({ store, folder, url: around.url });
  try {
    return await replayAndReport(opened, scheduleOf(plans), concurrency, around);
  } finally {
    await opened.close();
  }
}

async function replayAndReport(
  opened: DemoStore,
  happenings: readonly Happening[],
  concurrency: number,
  { bookName, bar, stopped, now }: DemoSurroundings,
): Promise<DemoReport> {
  const stage = openStage(opened, bookName, virtualClock(happenings[0]?.at ?? 0));
  const { book } = stage;
  try {
    const progress = bar(happenings.length);
    const before = answered(await book.head()).sequence;
    const startedAt = now();
    const onHappening = (done: number): void => progress.show(done, 'happenings');
    await replay(stage, happenings, { concurrency, stopped, onHappening }).finally(() => progress.end());
    const replayMs = now() - startedAt;
    await opened.count?.();
    const counted = await tally(stage, instantAt(happenings.at(-1)?.at ?? 0).slice(0, 10));
    const proof = await prove(stage, counted, { bar, stopped });
    const { sequence, digest } = answered(await book.head());
    return { ...counted, proof, place: opened.place, added: sequence - before, replayMs, head: { sequence, digest } };
  } finally {
    await book.close();
  }
}
