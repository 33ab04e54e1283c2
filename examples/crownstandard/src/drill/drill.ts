import type { Scene } from './scene.ts';

/** What a drill counts of itself: amounts as decimal texts. */
export type DrillCounts = { readonly [name: string]: number | string };

/** Something that goes wrong, or comes late, in a replay of the first trips. */
export interface Drill {
  /** As in the report. */
  readonly name: string;
  /** What happens, for a person. */
  readonly says: string;
  /** When what was collected is there to be sent, in milliseconds; at once where it is absent. */
  readonly settleAfterMs?: number;
  /** At the end of each hour of the replay. */
  readonly afterHour?: (scene: Scene, counts: Tallying) => Promise<void>;
  /** Once the replay is over. */
  readonly afterwards?: (scene: Scene, counts: Tallying) => Promise<void>;
}

/** Counts while a drill goes on. */
export interface Tallying {
  /** Counts so many more; one where no number is given. */
  count(name: string, more?: number): void;
  /** Says something that is no sum. */
  say(name: string, what: number | string): void;
}
