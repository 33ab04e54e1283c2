import type { Instant } from '@holdfast/kernel';
import { askBreaker, type BreakerAnswer } from './ask-breaker.ts';
import { forceClose, forceOpen } from './force-breaker.ts';
import { reportResult } from './report-result.ts';
import { type BreakerSettings, breakerSettings } from './settings.ts';
import { type BreakerPermit, type BreakerResult, type BreakerState, newBreaker } from './state.ts';

/** Where the state of a breaker lies. One process keeps it in memory; several may share a row that is compared and set, outside of any book. */
export interface BreakerCell {
  /** Gives the state and a version that changes with it; no state where nothing was written yet. */
  read(): Promise<{ readonly state: BreakerState | undefined; readonly version: number }>;
  /** Writes only if the version is still this one. */
  write(state: BreakerState, version: number): Promise<boolean>;
}

/** A breaker at work. */
export interface Breaker {
  /** Asks for leave to call. Where the cell cannot be reached, or stays contended, everything goes through: no payment is safe because of a breaker. */
  ask(): Promise<BreakerAnswer>;
  /** Tells what came of a call. Never fails. */
  report(permit: BreakerPermit, result: BreakerResult): Promise<void>;
  /** Opens it by hand. False where the cell stayed contended: nothing was changed then. */
  forceOpen(by: { readonly reason: string; readonly until?: Instant }): Promise<boolean>;
  /** Closes it by hand. False where the cell stayed contended: nothing was changed then. */
  forceClose(): Promise<boolean>;
  /** Gives the state as it is kept, for a page or a log. */
  state(): Promise<BreakerState>;
}

/** What a breaker works with. */
export interface BreakerOptions {
  /** Gives the present instant. */
  readonly clock: () => Instant;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly settings?: Partial<BreakerSettings>;
  /** In memory where it is absent. */
  readonly cell?: BreakerCell;
}

/**
 * Makes a breaker of the pure steps, a clock, a chance and a cell.
 *
 * @throws Defect where a setting cannot be.
 * @source docs/rules/providers.md, B-1, B-8
 */
export function createBreaker({ clock, random, settings: given, cell = memoryCell() }: BreakerOptions): Breaker {
  const settings = breakerSettings(given);
  const moment = () => ({ at: clock(), random: random() });
  const change = async <Answer>(
    step: (state: BreakerState) => { readonly state: BreakerState; readonly answer: Answer },
  ): Promise<Answer | undefined> => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const { state, version } = await cell.read();
      const before = state ?? newBreaker();
      const after = step(before);
      if (after.state === before || (await cell.write(after.state, version))) return after.answer;
    }
    return undefined;
  };
  const always = async (step: (state: BreakerState) => BreakerState) =>
    (await change((before) => ({ state: step(before), answer: true }))) ?? false;
  return {
    async ask() {
      const answer = await settled(() => change((before) => askBreaker(before, moment(), settings)));
      return answer ?? { permit: { generation: 0, probe: 0 } };
    },
    async report(permit, result) {
      await settled(() => always((before) => reportResult(before, { permit, result }, moment(), settings)));
    },
    forceOpen: (by) => always((before) => forceOpen(before, by)),
    forceClose: () => always(forceClose),
    async state() {
      return (await cell.read()).state ?? newBreaker();
    },
  };
}

/** Makes a cell that one process keeps to itself. */
export function memoryCell(): BreakerCell {
  let state: BreakerState | undefined;
  let version = 0;
  return {
    read: async () => ({ state, version }),
    async write(next, seen) {
      if (seen !== version) return false;
      state = next;
      version += 1;
      return true;
    },
  };
}

async function settled<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

const MOST_TRIES = 20;
