import { Defect } from '@holdfast/kernel';
import { currencies } from '@holdfast/money';
import { type ChitDecider, chitDecider } from './chit/decider.ts';
import type { ChitEnvironment } from './chit/environment.ts';

/** What chit funds are defined with. */
export type ChitsOptions = Partial<ChitEnvironment>;

/** The decider of schemes, to be given to `book.use`. */
export interface Chits {
  readonly environment: ChitEnvironment;
  readonly chit: ChitDecider;
}

/**
 * Defines where schemes are run: in India, with two subscribers at a draw and 45 days in which a payment may be taken back, unless something else is said.
 *
 * @throws Defect where an option is not what it has to be, so that a wrong one stops the program at its start.
 * @source docs/rules/chit-fund.md, CF-30
 * @example
 * {@includeCode ../examples/run-chit.example.ts#define}
 */
export function defineChits(options: ChitsOptions = {}): Chits {
  const environment: ChitEnvironment = { currencies, offsetMinutes: 330, quorum: 2, reversalDays: 45, ...options };
  const bounds = { offsetMinutes: [-840, 840], quorum: [0, 1_000], reversalDays: [0, 3_650] } as const;
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = environment[name as keyof typeof bounds];
    if (!Number.isInteger(value) || value < least || value > most)
      throw new Defect(`${name} of chit funds is a whole number from ${least} to ${most}, not ${value}`);
  }
  return { environment, chit: chitDecider(environment) };
}
