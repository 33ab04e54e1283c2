import { addDuration, type Instant, instantAt, minutes } from '@holdfast/kernel';
import type { CurrencyRegistry } from '@holdfast/money';
import type { Day } from '../terms/terms.ts';

/** What the decider of schemes knows of the place where it works. */
export interface ChitEnvironment {
  /** The currencies in which schemes may be. */
  readonly currencies: CurrencyRegistry;
  /** What local time is ahead of UTC, in minutes. */
  readonly offsetMinutes: number;
  /** How many subscribers must be present at a draw under the Act. */
  readonly quorum: number;
  /** For how many days a payment may be taken back. */
  readonly reversalDays: number;
}

/** Gives the local day of an instant. */
export function dayOf(at: Instant, { offsetMinutes }: Pick<ChitEnvironment, 'offsetMinutes'>): Day {
  return addDuration(at, minutes(offsetMinutes)).slice(0, 10);
}

/** Gives the instant at which a local day begins. */
export function startOf(day: Day, { offsetMinutes }: Pick<ChitEnvironment, 'offsetMinutes'>): Instant {
  return instantAt(Date.parse(`${day}T00:00:00.000Z`) - offsetMinutes * 60_000);
}
