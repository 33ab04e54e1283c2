import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { parseDay } from '../calendar.ts';
import type { DayInvalid, SequenceExhausted } from '../refusals.ts';
import { formatUcfsin, NUMBERS_A_YEAR } from './format-ucfsin.ts';

/** Where the numbers of a year come from: whatever counts atomically, such as a row that a database raises. */
export interface UcfsinSequence<Fault> {
  /**
   * Takes the next number of a year: never one that it gave before, also to others at the same time.
   *
   * @param year - Four digits.
   * @returns From 0n to 999999n, or why there is none.
   */
  next(year: string): Promise<Result<bigint, Fault>>;
}

/**
 * Makes the next UCFSIN of a day's year.
 *
 * @param sequence - Where the numbers come from.
 * @param options - `today`, the day in the zone of the platform; `check` adds a check character.
 * @returns Such as `UCFSIN-2026-000042`. It is unique as far as the sequence never gives a number twice.
 *
 * @errors
 * - `day_invalid`: `today` is no day.
 * - the faults of the sequence, as it gives them.
 * - `sequence_exhausted`: the sequence gave a number of more than six digits, or none at all.
 * @source docs/rules/chit-score.md, CS-13
 */
export async function nextUcfsin<Fault>(
  sequence: UcfsinSequence<Fault>,
  options: { readonly today: string; readonly check?: boolean },
): Promise<Result<string, DayInvalid | SequenceExhausted | Fault>> {
  const { today, check = false } = options;
  const day = parseDay(today, 'today');
  if (day.isErr()) return err(day.error);
  const year = day.value.slice(0, 4);
  const taken = await sequence.next(year);
  if (taken.isErr()) return err(taken.error);
  const number: unknown = taken.value;
  if (typeof number !== 'bigint' || number < 0n || number >= NUMBERS_A_YEAR) {
    return err({ code: 'sequence_exhausted', year, given: printGiven(number) });
  }
  return ok(formatUcfsin({ year, sequence: number }, { check }));
}
