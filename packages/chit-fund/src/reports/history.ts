import { type Actor, Defect, type Instant } from '@holdfast/kernel';
import { dayOf } from '../chit/environment.ts';
import type { ChitEvent } from '../chit/events.ts';
import { evolveChit } from '../chit/evolve.ts';
import type { Chit } from '../chit/state.ts';
import type { Day } from '../terms/terms.ts';

/** Something that happened to a scheme, and where the journal has it. */
export interface HistoryEntry {
  /** Of the unit. */
  readonly sequence: number;
  /** Place among the unit's events, from 0. */
  readonly ordinal: number;
  readonly at: Instant;
  /** Who asked for it. */
  readonly actor: Actor;
  /** Without the movements of money, which stand in the unit's entries. */
  readonly event: ChitEvent;
}

/** All that happened to one scheme, oldest first: what its reports are made from. */
export interface ChitHistory {
  /** The scheme's id. */
  readonly id: string;
  /** What local time is ahead of UTC, in minutes: decides on which day something happened. */
  readonly offsetMinutes: number;
  readonly entries: readonly HistoryEntry[];
}

/** One entry with the scheme before and after it. */
export interface HistoryStep extends HistoryEntry {
  /** The local day. */
  readonly day: Day;
  /** Absent before the draft. */
  readonly before?: Chit;
  readonly after: Chit;
}

/** Plays a history again, up to the end of a day where one is given. */
export function stepsOf(history: ChitHistory, asOf?: Day): readonly HistoryStep[] {
  const steps: HistoryStep[] = [];
  let before: Chit | undefined;
  for (const entry of history.entries) {
    const day = dayOf(entry.at, history);
    if (asOf !== undefined && day > asOf) break;
    const after = evolveChit(before, entry.event);
    steps.push({ ...entry, day, ...(before ? { before } : {}), after });
    before = after;
  }
  return steps;
}

/** Gives the scheme as the last step left it. */
export function lastOf(steps: readonly HistoryStep[], { id }: Pick<ChitHistory, 'id'>): Chit {
  const last = steps.at(-1);
  if (!last) throw new Defect(`the scheme ${id} has no history by then`);
  return last.after;
}
