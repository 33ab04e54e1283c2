import path from 'node:path';
import { DemoFailed, type DemoStore, HOUR_MS, type VirtualClock, virtualClock, watchAppends } from '@holdfast/demo-kit';
import { type Changes, createMemoryStore, genesis, type Head, type Store } from '@holdfast/kernel';
import { openStage, type Stage } from '../demo/open-stage.ts';
import type { Trip } from '../demo/read-trips.ts';
import { endHour, type ReplayOptions, replayTrips } from '../demo/replay.ts';
import { scheduleOf } from '../demo/schedule.ts';

/** What a drill plays in: a book of its own in memory, with a payment provider of its own that outlives it. */
export interface Scene {
  /** The process that works now. */
  readonly stage: () => Stage;
  readonly clock: VirtualClock;
  readonly trips: readonly Trip[];
  /** Plays further bookings, to their end or until the clock comes to an instant. */
  play(trips: readonly Trip[], untilMs?: number): Promise<void>;
  /** Goes on for so many hours. */
  goOn(hours: number, afterHour?: () => Promise<void>): Promise<void>;
  /** The process and its disk are lost: the next one has the book as it was at an instant, and the provider as it is. */
  restoreFrom(instantMs: number): Promise<void>;
  close(): Promise<void>;
}

/** How a scene is opened. */
export interface SceneOptions {
  readonly trips: readonly Trip[];
  /** Where the provider keeps its book. */
  readonly folder: string;
  readonly faults: boolean;
  readonly settleAfterMs: number | undefined;
  readonly replay: Pick<ReplayOptions, 'concurrency' | 'stopped'>;
  readonly afterHour: (scene: Scene) => Promise<void>;
}

/** Opens a scene. Everything that its book appends is kept beside it with the time, as a backup would have it. */
export async function openScene(options: SceneOptions): Promise<Scene> {
  const { trips, folder, faults, settleAfterMs, replay } = options;
  const clock = virtualClock(scheduleOf(trips)[0]?.at ?? 0);
  const kept: Kept[] = [];
  const open = (store: Store<never>): Promise<Stage> =>
    openStage({
      flags: { store: 'memory', folder },
      url: undefined,
      opened: inMemory(keeping(store, clock, kept)),
      book: 'crownstandard',
      clock,
      faults,
      declined: new Set(trips.filter(({ pays }) => !pays).map(({ booking }) => `booking.${booking}`)),
      peer: { folder: path.join(folder, 'stripe-peer'), ...(settleAfterMs === undefined ? {} : { settleAfterMs }) },
    });
  let stage = await open(createMemoryStore({ nowMs: clock.nowMs }) as Store<never>);
  const scene: Scene = {
    stage: () => stage,
    clock,
    trips,
    play: async (more, untilMs = Number.POSITIVE_INFINITY) => {
      const stopped = (): boolean => replay.stopped() || clock.nowMs() >= untilMs;
      const played = replayTrips(stage, more, {
        ...replay,
        stopped,
        onHappening: () => {},
        afterHour: () => options.afterHour(scene),
      });
      await played.catch((error: unknown) => {
        if (replay.stopped() || clock.nowMs() < untilMs) throw error;
      });
    },
    goOn: async (hours, afterHour) => {
      for (let hour = 1; hour <= hours; hour += 1) {
        await endHour(stage, clock.nowMs() + HOUR_MS);
        await afterHour?.();
      }
    },
    restoreFrom: async (instantMs) => {
      await stage.close();
      const store = createMemoryStore({ nowMs: clock.nowMs }) as Store<never>;
      const backup = kept.splice(0).filter(({ at }) => at <= instantMs);
      await putBack(store, backup);
      kept.push(...backup);
      stage = await open(store);
    },
    close: () => stage.close(),
  };
  return scene;
}

/** What was appended to a book, and when. */
interface Kept {
  readonly at: number;
  readonly book: string;
  readonly changes: Changes;
}

function keeping(store: Store<never>, clock: VirtualClock, kept: Kept[]): Store<never> {
  const appended = (book: string, changes: Changes): void => void kept.push({ at: clock.nowMs(), book, changes });
  return watchAppends(store, { appended, doubted: () => {} }, {});
}

async function putBack(store: Store<never>, backup: readonly Kept[]): Promise<void> {
  const heads = new Map<string, Head>();
  for (const { book, changes } of backup) {
    const done = await store.append(book, heads.get(book) ?? genesis, changes);
    if (done.isErr() || done.value !== 'appended') throw new DemoFailed(`the backup of ${book} could not be put back`);
    heads.set(book, changes.head);
  }
}

function inMemory(store: Store<never>): DemoStore {
  return { store, place: 'memory', close: () => store.close() };
}
