import type { FeeSchedule } from '@holdfast/fees';
import type { Duration, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Facts, Guard } from '../guards.ts';
import type { Fields } from './inputs.ts';
import type { Places } from './places.ts';

/** One state of a process. */
export interface StateDefinition<State extends string = string, Command extends string = string> {
  /** It holds nothing, for good, and nothing starts here. */
  readonly done?: true;
  /** When the clock acts: so long after the state was entered, or at an instant that the thing remembers. */
  readonly after?: Duration | string;
  /** What the clock then asks for: the first of them that is not refused. */
  readonly fire?: Command | readonly Command[];
  /** Where it goes by itself when it holds nothing and what was made of it is done: the parts of a process, what was cut from a part. */
  readonly whenDone?: State;
  /** For whom it may wait for ever while it holds money. */
  readonly waits?: string;
}

/** One command: who and when, and then the money in the order of the fields. */
export interface TransitionDefinition<
  State extends string = string,
  Role extends string = string,
  Inside extends string = string,
  Outside extends string = string,
  Line extends string = string,
  Way extends string = string,
  Standing extends string = string,
> {
  /** Where it starts; none begins the thing. */
  readonly from?: State | readonly State[];
  /** Where it goes; none stays, and the deadline goes on. */
  readonly to?: State;
  /** Parties by their id, staff and the clock by their role. */
  readonly by: Role | 'clock' | readonly (Role | 'clock')[];
  /** The event's type, in the past tense. */
  readonly emits: string;
  readonly input?: Fields;
  /** Inputs that the thing remembers. */
  readonly keeps?: readonly string[];
  /** Asked in order, after everything else but the money. */
  readonly guards?: readonly Guard<Refusal, never>[];
  /** Not as long as some part stands so: `'dispute.open'`. */
  readonly unless?: Standing | readonly Standing[];
  /** Only so long after the state was entered; where it begins a part, after the state that `while` names was. */
  readonly within?: Duration;
  /** Money that passes from outside to outside: `{ bonus: 'extra: sponsor -> seller' }`. */
  readonly passes?: Readonly<Record<string, `${string}: ${Outside} -> ${Outside}`>>;
  /** How much leaves, and by which way: `'rest'`, an amount of the input, or one of `amounts`. */
  readonly settles?: { readonly [W in Way]?: string };
  /** A line that lies elsewhere from then on: `{ platform_fee: 'platform: held -> unearned' }`. */
  readonly shifts?: Readonly<Record<string, `${Line}: ${Inside} -> ${Inside}`>>;
  /** Freezes a quote of `amount`, and takes its charge: `'buyer -> held'`. */
  readonly funds?: `${Outside} -> ${Inside}`;
  /**
   * Computed amounts: pure, never below zero, in the currency that is held; `undefined` is nothing. One called `amount` takes the place of
   * the command's.
   */
  readonly amounts?: Readonly<Record<string, (facts: Facts<never>) => Money | undefined>>;
  /** What others are asked for: its event says so, and whoever follows the journal acts on it. */
  readonly asks?: string | readonly string[];
}

/** One command of a part. */
export interface PartTransitionDefinition<
  State extends string = string,
  Role extends string = string,
  Inside extends string = string,
  Outside extends string = string,
  Line extends string = string,
  Way extends string = string,
  Standing extends string = string,
  Command extends string = string,
  Source extends string = string,
> extends Omit<TransitionDefinition<State, Role, Inside, Outside, Line, Way, Standing>, 'by'> {
  /** Parties by their id, staff and the clock by their role; nobody where it is said what it happens `on`. */
  readonly by?: Role | 'clock' | readonly (Role | 'clock')[];
  /** No command of its own: it happens with this one of the whole. */
  readonly on?: Command;
  /** Only as long as the whole, or what the part is cut from, stands so: `'booking.completed'`. */
  readonly while?: Standing | readonly Standing[];
  /** Begins the part with `amount` of what a thing holds, `'booking.rest'`; or, as a debt, of what left it by a way, `'booking.pay'`. */
  readonly cuts?: Source;
  /** Of a debt: by which way each line is borne, and who is paid: `'bear -> card'`. */
  readonly owes?: `${Way} -> ${Outside}`;
}

/** A part: a thing inside the process, with a small machine and money of its own. */
export interface PartDefinition {
  /** Of what funds it; without it, the whole's. */
  readonly fees?: FeeSchedule;
  /** Its own, beside those of the whole; one of the same name takes its place. */
  readonly ways?: Readonly<Record<string, Way>>;
  readonly cutBy?: Readonly<Record<string, readonly string[] | undefined>>;
  readonly kinds?: Readonly<Record<string, string | undefined>>;
  readonly states: Readonly<Record<string, StateDefinition>>;
  readonly transitions: Readonly<Record<string, PartTransitionDefinition>>;
}

/** Where the lines go: all to one place, or each to its own. */
export type Way<Line extends string = string, Place extends string = string> = Place | { readonly [L in Line]: Place };

/** A unique name in the book that a process holds: while in some states, or from its beginning until it is done. */
export type ClaimDefinition<State extends string = string> =
  | string
  | { readonly name: string; readonly while: State | readonly State[] };

/** A process as data, without what the compiler knows of it. */
export interface ProcessDefinition {
  readonly kind: string;
  /** Of the shape of its events. */
  readonly version: number;
  /** Bound to ids when the process begins. */
  readonly parties: readonly string[];
  /** Bound to roles. */
  readonly staff?: readonly string[];
  /** `'may be the same'` lets one id be two parties. */
  readonly sameParty?: 'may be the same';
  readonly fees: FeeSchedule;
  readonly places: Places;
  readonly ways?: Readonly<Record<string, Way>>;
  /** In which order a way takes the lines; lines left out are kept. Without it a way takes them in proportion. */
  readonly cutBy?: Readonly<Record<string, readonly string[] | undefined>>;
  /** Names for transfers where a team has its own: by way, by `way.line`, and `fund`. */
  readonly kinds?: Readonly<Record<string, string | undefined>>;
  /** Templates of unique names: `offer:job:{reference}`, with `{id}` and the parties' names too. */
  readonly claims?: readonly ClaimDefinition[];
  readonly states: Readonly<Record<string, StateDefinition>>;
  readonly transitions: Readonly<Record<string, TransitionDefinition>>;
  /** By name. A part comes after those from which it is cut. */
  readonly parts?: Readonly<Record<string, PartDefinition>>;
}

/** The lines of a schedule's quotes: its fees, and `payout`, which takes the rest. */
export type LineOf<Fees> = Fees extends FeeSchedule<infer Line> ? Line | 'payout' : never;
