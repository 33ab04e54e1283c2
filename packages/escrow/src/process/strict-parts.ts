import type { FeeSchedule } from '@holdfast/fees';
import type { LineOf, PartTransitionDefinition, StateDefinition, Way } from './definition.ts';
import type { InsideOf, OutsideOf } from './places.ts';
import type { KindName, Linked } from './strict-definition.ts';
import type { Part } from './thing.ts';

/** No parts. */
export type NoParts = Readonly<Record<never, never>>;

/** The parts as the compiler checks them: what they say agrees with the whole and with each other. */
export type StrictParts<
  Parts,
  Kind extends string,
  Parties extends string,
  Staff extends string,
  PlacesGiven,
  Fees,
  Ways,
  States,
  Transitions,
> = {
  readonly [Name in keyof Parts]: {
    readonly fees?: FeeSchedule;
    readonly ways?: {
      readonly [W in KeysOf<Parts[Name], 'ways'>]: Way<
        LinesOf<Parts[Name], Fees>,
        Parties | OutsideOf<PlacesGiven> | InsideOf<PlacesGiven>
      >;
    };
    readonly cutBy?: { readonly [W in KeysOf<Parts[Name], 'ways'>]?: readonly LinesOf<Parts[Name], Fees>[] };
    readonly kinds?: {
      readonly [K in KindName<
        (keyof Ways & string) | KeysOf<Parts[Name], 'ways'>,
        LinesOf<Parts[Name], Fees>
      >]?: string;
    };
    readonly states: StrictStates<Parts[Name]>;
    readonly transitions: StrictTransitions<
      Parts[Name],
      KeysOf<Parts[Name], 'ways'> | (keyof Ways & string),
      PartTransitionDefinition<
        KeysOf<Parts[Name], 'states'>,
        Parties | Staff,
        InsideOf<PlacesGiven>,
        Parties | OutsideOf<PlacesGiven>,
        LinesOf<Parts[Name], Fees>,
        (keyof Ways & string) | KeysOf<Parts[Name], 'ways'>,
        StandingOf<Parts> | `${Kind}.${keyof States & string}`,
        keyof Transitions & string,
        SourceOf<Parts, Kind, keyof Ways & string>
      >
    >;
  };
};

/** Keys of what is given, not of `Parts[Name]` itself: to the compiler those would be bound by the very type that is to bind them. */
type StrictStates<P> = P extends { readonly states: infer Given }
  ? { readonly [S in keyof Given]: StateDefinition<keyof Given & string, KeysOf<P, 'transitions'>> }
  : object;

type StrictTransitions<P, Ways extends string, Plain> = P extends { readonly transitions: infer Given }
  ? { readonly [T in keyof Given]: Linked<Given[T], Ways> & SaidWho<Given[T]> & Plain }
  : object;

/** Who may do it has to be said, except of what happens by itself with a command of the whole. */
type SaidWho<T> = T extends { readonly on: string } ? unknown : { readonly by: unknown };

/** Each part with each of its states: `dispute.open`. */
export type StandingOf<Parts> = {
  [Name in keyof Parts & string]: `${Name}.${KeysOf<Parts[Name], 'states'>}`;
}[keyof Parts & string];

/** What parts can be cut from: `booking.rest`, `booking.pay`. */
type SourceOf<Parts, Kind extends string, WholeWay extends string> =
  | `${Kind}.${'rest' | WholeWay}`
  | { [Name in keyof Parts & string]: `${Name}.${'rest' | WholeWay | KeysOf<Parts[Name], 'ways'>}` }[keyof Parts &
      string];

/** The lines that a part may hold: of its own fees where it has some, else of the whole's. */
type LinesOf<P, Fees> = P extends { readonly fees: infer Own } ? LineOf<Own> : LineOf<Fees>;

/** The parts as the state of the process has them. */
export type PartsOf<Parts, Fees> = {
  readonly [Name in keyof Parts]?: Readonly<
    Record<string, Part<KeysOf<Parts[Name], 'states'>, LinesOf<Parts[Name], Fees>>>
  >;
};

/** The keys of a field of a type. */
export type KeysOf<T, Field extends PropertyKey> = T extends { readonly [Key in Field]: infer Value }
  ? keyof Value & string
  : never;
