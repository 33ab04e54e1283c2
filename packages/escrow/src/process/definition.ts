import type { FeeSchedule } from '@holdfast/fees';
import type { Duration, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Facts, Guard } from '../guards.ts';
import type { Field, Fields, OptionalField, ValuesOf } from './inputs.ts';
import type { Places } from './places.ts';

/** One state of a process. */
export interface StateDefinition<State extends string = string, Command extends string = string> {
  /** It holds nothing, for good, and nothing starts here. */
  readonly done?: true;
  /** When the clock acts: so long after the state was entered, or at an instant that the thing remembers. */
  readonly after?: Duration | string;
  /** What the clock then asks for: the first of them that is not refused. */
  readonly fire?: Command | readonly Command[];
  /** Where it goes by itself when it holds nothing. */
  readonly whenDone?: State;
  /** For whom it may wait for ever while it holds money. */
  readonly waits?: string;
}

/** One command of a process: who and when, and then the money in the order of the fields. */
export interface TransitionDefinition<
  State extends string = string,
  Role extends string = string,
  Inside extends string = string,
  Outside extends string = string,
  Line extends string = string,
  Way extends string = string,
> {
  /** Where it starts; none begins the process. */
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
  /** Only so long after the state was entered. */
  readonly within?: Duration;
  /** Money that passes from outside to outside: `{ bonus: 'extra: sponsor -> seller' }`. */
  readonly passes?: Readonly<Record<string, `${string}: ${Outside} -> ${Outside}`>>;
  /** How much leaves, and by which way: `'rest'`, an amount of the input, or one of `amounts`. */
  readonly settles?: { readonly [W in Way]?: string };
  /** A line that lies elsewhere from then on: `{ platform_fee: 'platform: held -> unearned' }`. */
  readonly shifts?: Readonly<Record<string, `${Line}: ${Inside} -> ${Inside}`>>;
  /** Freezes a quote of `amount`, and takes its charge: `'buyer -> held'`. */
  readonly funds?: `${Outside} -> ${Inside}`;
  /** Computed amounts for `settles` and `passes`: pure, never below zero, in the currency that is held. */
  readonly amounts?: Readonly<Record<string, (facts: Facts<never>) => Money>>;
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
}

/** The lines of a schedule's quotes: its fees, and `payout`, which takes the rest. */
export type LineOf<Fees> = Fees extends FeeSchedule<infer Line> ? Line | 'payout' : never;

/** The process as the compiler checks it: every name in it is one that exists. */
export interface StrictDefinition<
  Kind extends string,
  Parties extends string,
  Staff extends string,
  PlacesGiven,
  Fees,
  Ways,
  States,
  Transitions,
  Claims,
> {
  readonly kind: Kind;
  readonly version: number;
  readonly parties: readonly Parties[];
  readonly staff?: readonly Staff[];
  readonly sameParty?: 'may be the same';
  readonly fees: Fees;
  readonly places: PlacesGiven;
  readonly ways?: Ways;
  readonly cutBy?: { readonly [W in keyof Ways]?: readonly LineOf<Fees>[] };
  readonly kinds?: { readonly [Name in KindName<keyof Ways & string, LineOf<Fees>>]?: string };
  readonly claims?: Claims;
  readonly states: States;
  readonly transitions: Transitions;
}

type KindName<WayName extends string, Line extends string> = 'fund' | WayName | `${WayName}.${Line}`;

/** What one transition says about itself must agree: ways exist, amounts are inputs, what is kept was given, guards fit the input. */
export type Linked<T, Ways extends string> = (T extends { readonly settles: infer S }
  ? {
      readonly settles: {
        readonly [W in keyof S]: W extends Ways ? 'rest' | AmountField<T> | Computed<T> : NoSuchWay<Ways>;
      };
    }
  : unknown) &
  (T extends { readonly keeps: readonly unknown[] }
    ? { readonly keeps: readonly (T extends { readonly input: infer F } ? keyof F & string : never)[] }
    : unknown) &
  (T extends { readonly guards: readonly unknown[] }
    ? { readonly guards: readonly Guard<Refusal, InputOf<T>>[] }
    : unknown) &
  (T extends { readonly amounts: infer A }
    ? {
        /** Computed amounts, each from the facts of its own transition. */ readonly amounts: {
          readonly [Name in keyof A]: (facts: Facts<InputOf<T>>) => Money;
        };
      }
    : unknown);

/** What the compiler says of a way that does not exist. */
export interface NoSuchWay<Ways extends string> {
  readonly 'no such way; there are': Ways;
}

/** The input of a transition's command: its fields, and the amount where it funds. */
export type InputOf<T> = (T extends { readonly input: infer F } ? ValuesOf<F> : object) &
  (T extends { readonly funds: string } ? { readonly amount: Money } : object);

type AmountField<T> = T extends { readonly input: infer F }
  ? {
      [Name in keyof F]: F[Name] extends OptionalField ? never : F[Name] extends Field<Money, 'amount'> ? Name : never;
    }[keyof F] &
      string
  : never;

type Computed<T> = T extends { readonly amounts: infer A } ? keyof A & string : never;
