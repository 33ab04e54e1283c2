import type { DomainEvent, Refusal } from '@holdfast/kernel';
import type { FuzzableProcess, FuzzableState } from './fuzzable-process.ts';
import type { FuzzStep } from './random-step.ts';

/** A history at the moment after a step. */
export interface Moment {
  readonly process: FuzzableProcess;
  readonly id: string;
  readonly step: FuzzStep;
  readonly before: FuzzableState | undefined;
  /** Of the step; none where it was refused. */
  readonly events: readonly DomainEvent[];
  readonly refusal: Refusal | undefined;
  readonly state: FuzzableState | undefined;
  /** Of the whole history. */
  readonly allEvents: readonly DomainEvent[];
  /** What the transfers of the history did to each account: `name CODE` to minor units. */
  readonly balances: ReadonlyMap<string, bigint>;
}

/** Something that holds for every declared process after every step. */
export interface ProcessLaw {
  /** A present-tense fact. */
  readonly name: string;
  /** Whether it is about every answer, or about what was changed. */
  readonly about: 'answer' | 'change';
  /** Says how it does not hold. */
  readonly broken: (moment: Moment) => string | undefined;
}
