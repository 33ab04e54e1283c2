import type { Currency } from '@holdfast/money';
import type { Chart } from '../account.ts';
import type { Actor } from '../actor.ts';
import type { EvaluateContext } from '../evaluate/evaluate.ts';
import type { Instant } from '../instant.ts';
import type { Store } from '../store.ts';
import type { Limits } from '../writer/limits.ts';

/** What a book is opened with. */
export interface BookOptions<Client = never> {
  readonly store: Store<Client>;
  /** Names the book within its store: an id, such as `main` or a tenant's. */
  readonly name: string;
  readonly chart: Chart;
  /** Gives the present instant. Asked once for each request, when it comes. The process's clock where it is absent. */
  readonly clock?: () => Instant;
  /** Who may ask for what, beyond what the deciders themselves say. */
  readonly authorise?: EvaluateContext['authorise'];
  readonly limits?: Partial<Limits>;
  /** Gives the salt of a unit's n-th free text: 32 random hexadecimal digits where it is absent. */
  readonly salt?: EvaluateContext['salt'];
}

/** Who asks, under which key, and how patiently. */
export interface ExecuteOptions {
  readonly actor: Actor;
  /** Makes a retry harmless: unique within the actor's scope for ever. */
  readonly key: string;
  /** How long to wait for the answer, in milliseconds. */
  readonly deadlineMs?: number;
  /** Keeps a refusal under the key, so that a retry gets the same "no" whatever has changed since. */
  readonly keepRefusal?: boolean;
}

/** Of which moment a read is. */
export interface ReadMoment {
  /** The sequence of a receipt: the read must have seen it. */
  readonly atLeast?: number;
  /** As it was after the unit with this sequence. */
  readonly asOf?: number;
}

/** A balance with the sequence of which it is. */
export interface BalanceRead {
  /** In minor units. */
  readonly minor: bigint;
  readonly currency: Currency;
  readonly sequence: number;
}
