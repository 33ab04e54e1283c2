import { type Money, printGiven } from '@holdfast/money';
import type { Instant } from './instant.ts';

/** A business "no": a value with a code, the numbers that explain it and nothing written. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
}

/**
 * A command has to carry a key, and the key has to be well-formed.
 *
 * @severity mistake
 * @retry no
 */
export interface KeyInvalid extends Refusal<'key_invalid'> {
  readonly field: 'key' | 'actor.id' | 'actor.role' | 'actor.scope';
  /** What was given, cut to 64 characters. */
  readonly given: string;
  readonly allowed: string;
}

/**
 * The key was used before, for something else. The first result stands.
 *
 * @severity mistake
 * @retry no
 */
export interface KeyConflict extends Refusal<'key_conflict'> {
  readonly key: string;
  /** The sequence of the unit that has the key. */
  readonly sequence: number;
}

/**
 * A command is not of its shape.
 *
 * @severity mistake
 * @retry no
 */
export interface ShapeInvalid extends Refusal<'shape_invalid'> {
  /** Where, such as `amount` or `parties.buyer`. */
  readonly field: string;
  /** What was given, cut to 64 characters. */
  readonly given: string;
  readonly allowed: string;
}

/**
 * An id is not of its shape.
 *
 * @severity mistake
 * @retry no
 */
export interface IdInvalid extends Refusal<'id_invalid'> {
  readonly field: string;
  /** What was given, cut to 64 characters. */
  readonly given: string;
  readonly allowed: string;
}

/**
 * The host's own rule does not let this actor do this.
 *
 * @severity answer
 * @retry once the host's rule lets the actor
 */
export interface NotAuthorised extends Refusal<'not_authorised'> {
  readonly role: string;
  readonly command: string;
}

/**
 * Another record holds the unique name.
 *
 * @severity answer
 * @retry once the holder has given the name back
 */
export interface ClaimTaken extends Refusal<'claim_taken'> {
  readonly claim: string;
  /** The record that holds it, as `kind/id`. */
  readonly holder: string;
}

/**
 * The chart knows no such account, or it opens only when it is asked for.
 *
 * @severity mistake
 * @retry once the account is open, or the chart knows it
 */
export interface AccountUnknown extends Refusal<'account_unknown'> {
  readonly account: string;
}

/**
 * The account is frozen for this side.
 *
 * @severity answer
 * @retry once it is unfrozen
 */
export interface AccountFrozen extends Refusal<'account_frozen'> {
  readonly account: string;
  readonly side: 'debit' | 'credit';
}

/**
 * The account is closed.
 *
 * @severity answer
 * @retry no
 */
export interface AccountClosed extends Refusal<'account_closed'> {
  readonly account: string;
}

/**
 * An entry would take effect in a period that was closed.
 *
 * @severity answer
 * @retry no
 */
export interface PeriodClosed extends Refusal<'period_closed'> {
  readonly effectiveAt: Instant;
  /** Nothing may take effect before this instant any more. */
  readonly closedBefore: Instant;
}

/**
 * An account holds money, and so cannot close.
 *
 * @severity answer
 * @retry once its money has gone elsewhere
 */
export interface AccountNotEmpty extends Refusal<'account_not_empty'> {
  readonly account: string;
  readonly balance: Money;
}

/**
 * The balance after the whole unit would lie below the account's floor.
 *
 * @severity answer
 * @retry once enough has come in
 */
export interface InsufficientFunds extends Refusal<'insufficient_funds'> {
  readonly account: string;
  /** What the unit needs from the account, net of what it brings. */
  readonly required: Money;
  /** What the account may give: balance less floor. */
  readonly available: Money;
}

/**
 * Something is larger than a book can hold: 38 digits for a balance, a number of transfers, a size in bytes.
 *
 * @severity alarm
 * @retry no
 */
export interface LimitExceeded extends Refusal<'limit_exceeded'> {
  readonly what: string;
  readonly limit: string;
}

/**
 * What any unit may be refused for, whatever its commands, in the order in which it is checked. What its commands say themselves comes after
 * `not_authorised`; `shape_invalid` may also come first, and `limit_exceeded` with the accounts.
 *
 * @source docs/rules/kernel.md, K-1
 */
export type UnitRefusal =
  | KeyInvalid
  | KeyConflict
  | IdInvalid
  | ShapeInvalid
  | NotAuthorised
  | ClaimTaken
  | AccountUnknown
  | AccountClosed
  | AccountFrozen
  | PeriodClosed
  | AccountNotEmpty
  | InsufficientFunds
  | LimitExceeded;

/** Shows a value of any kind in at most 64 characters, without calling anything of its own. */
export function show(value: unknown): string {
  // A text of a megabyte is cut before it is quoted.
  return typeof value === 'string' ? cut(JSON.stringify(value.slice(0, 64))) : printGiven(value);
}

function cut(text: string): string {
  return text.length > 64 ? `${text.slice(0, 63)}…` : text;
}
