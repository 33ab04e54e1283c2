import type { Refusal, ShapeInvalid } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { EffectiveLater } from '../transfer/refusals.ts';

/**
 * There is no entry of this id.
 *
 * @severity answer
 * @retry once the entry is recorded
 */
export interface EntryUnknown extends Refusal<'entry_unknown'> {
  readonly entry: string;
}

/**
 * The id is an entry's already.
 *
 * @severity answer
 * @retry no
 */
export interface EntryExists extends Refusal<'entry_exists'> {
  readonly entry: string;
}

/**
 * All of the entry was reversed before.
 *
 * @severity answer
 * @retry no
 */
export interface EntryReversedBefore extends Refusal<'entry_reversed_before'> {
  readonly entry: string;
}

/**
 * The reversals of a transfer together would be more than the transfer.
 *
 * @severity answer
 * @retry no
 */
export interface ReversalExceedsEntry extends Refusal<'reversal_exceeds_entry'> {
  readonly entry: string;
  /** Which transfer of the entry, from 0. */
  readonly transfer: number;
  readonly amount: Money;
  /** What is left of the transfer. */
  readonly left: Money;
}

/** What each command about an entry may be refused for, beyond what any unit may, in order of precedence. */
export interface EntryRefusals {
  readonly RecordEntry: EntryExists | EffectiveLater;
  readonly ReverseEntry: EntryUnknown | EntryReversedBefore | ShapeInvalid | ReversalExceedsEntry;
}
