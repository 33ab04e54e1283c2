import type { Result } from 'neverthrow';
import type { AccountChange, AccountState } from './account.ts';
import type { Actor } from './actor.ts';
import type { BookStanding } from './head.ts';
import type { Instant } from './instant.ts';
import type { Json } from './json.ts';
import type { Refusal, ShapeInvalid } from './refusals.ts';
import type { Needs } from './store.ts';
import type { Transfer } from './transfer.ts';

/** What a caller asks for. The type names the command; the rest is its input. */
export interface Command<Type extends string = string> {
  readonly type: Type;
}

/** What happened. Carries the version of its shape, so that an old one can be read for ever. */
export interface DomainEvent<Type extends string = string> {
  readonly type: Type;
}

/** For each command of a decider: its shape, and exactly what it may be refused for. Only types. */
export interface CommandMap {
  readonly [type: string]: { readonly command: object; readonly refusal: Refusal };
}

/** What is context, not input: a replay comes at another instant. */
export interface Context {
  /** The record's id that the command is for. */
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
}

/** What a decision may look at, as changed by everything before it in the round. What `needs` did not name costs another load, never another answer. */
export interface Seen {
  /** The decoded state of a record of the decider's own kind; `undefined` where it does not exist. */
  record(id: string): unknown;
  /** The decoded state of a record of another kind, such as the payee of a payout, read by the decider that keeps it; `undefined` where it does not exist. */
  recordOf<State>(keeper: RecordKeeper<State>, id: string): State | undefined;
  /** In minor units; 0n for an account that was never opened. */
  balance(account: string, currencyCode: string): bigint;
  /** How an account stands. */
  account(account: string, currencyCode: string): AccountState | undefined;
  /** The record that holds a claim. */
  claim(name: string): string | undefined;
  /** How the book itself stands: its closed periods, its epoch, and the unit before this one. */
  book(): BookSeen;
}

/** How the book itself stands before a unit, and the unit that comes before it. */
export interface BookSeen extends BookStanding {
  /** Of the unit before; 0 before the first. */
  readonly sequence: number;
  /** Of the unit before: 64 hexadecimal digits. */
  readonly digest: string;
}

/** Whatever keeps records of one kind: a decider, seen by those who only read what it keeps. */
export interface RecordKeeper<State> {
  readonly kind: string;
  readonly codec: Pick<Codec<State, never>, 'decodeState'>;
}

/** A deadline of a record: what the clock asks for then. */
export interface Deadline {
  /** Names the deadline within the record; a record has one of each name at most. */
  readonly name: string;
  readonly dueAt: Instant;
  readonly command: Command;
}

/** What a state stands for: the kernel writes the difference from one state to the next. */
export interface Standing {
  /** What lists can filter by. */
  readonly status: string;
  /** Unique names that the record holds, such as `offer:job:J1`. */
  readonly claims: readonly string[];
  readonly deadlines: readonly Deadline[];
  /** Account keys that the next commands are likely to touch: a hint for loading. */
  readonly touches: readonly string[];
}

/** How a state and its events become plain data and come back. Decoding upcasts what an older version wrote. */
export interface Codec<State, Event> {
  /** Writes a state as plain data; amounts become strings. */
  encodeState(state: State): Json;
  /** Reads a state that was written, by this version or an older one. */
  decodeState(json: Json): State;
  /** Writes an event as plain data, with its name and the version of its form. */
  encodeEvent(event: Event): { readonly type: string; readonly version: number; readonly data: Json };
  /** Reads an event that was written, by this version or an older one. */
  decodeEvent(stored: { readonly type: string; readonly version: number; readonly data: Json }): Event;
}

/**
 * A domain: pure functions, no clock, no random, no I/O, no throw.
 *
 * A decider without a record (`keeps: 'nothing'`) only moves money: its events are in the journal, and no state is folded from them.
 */
export interface Decider<
  Commands extends CommandMap = CommandMap,
  State = unknown,
  Event extends DomainEvent = DomainEvent,
> {
  /** Names the records, as in `kind/id`. */
  readonly kind: string;
  readonly keeps: 'record' | 'nothing';
  /**
   * Commands that report what already happened, such as a provider's answer: refused neither by authority nor by how an account stands nor by a floor.
   * Where the money cannot go where it should, the decider sends it to a suspense account. A unit is a fact when all that it asks for is.
   */
  readonly facts?: readonly string[];
  /** Only a type: what each command may be refused for. */
  readonly commands?: Commands;
  /** Parses a command from outside. Unknown fields are refused. */
  parse(command: unknown): Result<Command, ShapeInvalid>;
  /** What the decision will look at beyond the record itself, and the accounts that it will touch, so that one load brings them all. Asked again with more seen where that was not enough. */
  needs(command: Command, context: Context, seen: Seen): Partial<Needs>;
  /** Decides: the events that follow from the command, or why it is refused. Sees the effects of what was decided before it in the round. */
  decide(seen: Seen, command: Command, context: Context): Result<readonly Event[], Refusal>;
  /** Folds one event into the state; the state is `undefined` before the first one. */
  evolve(state: State | undefined, event: Event): State;
  /** Tells the money that an event moves. */
  transfers(event: Event): readonly Transfer[];
  /**
   * Tells when what an event moves takes effect, where that is not the unit's own instant: never after it. In a closed period the unit is refused
   * (`period_closed`); where it reports a fact, the entry takes effect at the unit's own instant, and what was stated is kept beside it.
   */
  effectiveAt?(event: Event): Instant | undefined;
  /** Tells what an event changes about accounts themselves: opening, freezing, closing. */
  accounts?(event: Event): readonly AccountChange[];
  /** Tells what a state stands for: its claims and its deadlines. */
  standing(state: State): Standing;
  readonly codec: Codec<State, Event>;
}

/** A decider that keeps records. */
export interface RecordDecider<Commands extends CommandMap, State, Event extends DomainEvent>
  extends Decider<Commands, State, Event> {
  readonly keeps: 'record';
}

/** A decider that only moves money: no state is folded from its events. */
export interface MovesDecider<Commands extends CommandMap, Event extends DomainEvent>
  extends Decider<Commands, undefined, Event> {
  readonly keeps: 'nothing';
}
