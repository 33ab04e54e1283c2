import type { FeeExceedsAmount } from '@holdfast/fees';
import type { Duration } from '@holdfast/kernel';
import type { CurrencyMismatch } from '@holdfast/money';
import type { Guard } from '../guards.ts';
import type {
  ActorNotAllowed,
  AlreadyStarted,
  AmountNotPositive,
  Blocked,
  ExceedsHeld,
  NotDue,
  NotFound,
  NotWhile,
  Overdue,
  PartAlreadyExists,
  PartNotFound,
  TooLate,
  WrongStatus,
} from '../refusals.ts';
import type { InputOf } from './strict-definition.ts';
import type { KeysOf } from './strict-parts.ts';

/**
 * For each command of a process and of its parts: its exact shape, and exactly what it may be refused for. Both are rebuilt in place, since a
 * hover prints an alias by its definition.
 */
export type DerivedCommands<States, Transitions, Parties extends string, Claims, Parts, Kind extends string> = {
  readonly [Name in keyof Transitions & string]: Rebuilt<
    CommandOf<Name, Transitions[Name], Parties, Claims>,
    RefusalsOf<Name, Transitions[Name], States>
  >;
} & {
  readonly [Name in PartCommandName<Parts>]: Rebuilt<
    PartCommandOf<Name, PartTransition<Parts, Name>, PartNameOf<Parts, Name>, Kind>,
    PartRefusalsOf<
      Name,
      PartTransition<Parts, Name>,
      StatesOf<Parts, Name>,
      PartNameOf<Parts, Name>,
      Kind,
      States,
      Parts
    >
  >;
};

/** The types of the events that a process's transitions emit. */
export type EventNameOf<Transitions, Parts> = (
  | Emitted<Transitions>
  | { [Name in keyof Parts]: Parts[Name] extends { readonly transitions: infer T } ? Emitted<T> : never }[keyof Parts]
) &
  string;

type Emitted<Transitions> = {
  [Name in keyof Transitions]: Transitions[Name] extends { readonly emits: infer E } ? E : never;
}[keyof Transitions];

interface Rebuilt<Command, Refused extends { readonly code: string }> {
  readonly command: { readonly [Key in keyof Command]: Command[Key] };
  readonly refusal: { [Code in Refused['code']]: Extract<Refused, { readonly code: Code }> }[Refused['code']];
}

type CommandOf<Name, T, Parties extends string, Claims> = { readonly type: Name } & InputOf<T> &
  (Begins<T> extends true ? { readonly parties: Readonly<Record<Parties, string>> } & ReferenceOf<Claims> : unknown);

/** A command of a part names it by its id, `{ dispute: 'D1' }`, and likewise the part that it is cut from. */
type PartCommandOf<Name, T, PartName extends string, Kind extends string> = { readonly type: Name } & {
  readonly [Id in PartName | Exclude<SourceKind<T>, Kind>]: string;
} & InputOf<T>;

type SourceKind<T> = T extends { readonly cuts: `${infer From}.${string}` } ? From : never;

/** A process that claims a name of its reference has to be given one. */
type ReferenceOf<Claims> =
  Referring<Claims> extends never ? { readonly reference?: string } : { readonly reference: string };

type Referring<Claims> = Claims extends readonly (infer Claim)[]
  ? Extract<Claim extends { readonly name: infer Name } ? Name : Claim, `${string}{reference}${string}`>
  : never;

/** What happens with a command of the whole is no command itself. */
type PartCommandName<Parts> = {
  [P in keyof Parts]: Parts[P] extends { readonly transitions: infer T }
    ? { [Name in keyof T]: T[Name] extends { readonly on: string } ? never : Name }[keyof T]
    : never;
}[keyof Parts] &
  string;
type PartNameOf<Parts, Name> = {
  [P in keyof Parts & string]: Name extends KeysOf<Parts[P], 'transitions'> ? P : never;
}[keyof Parts & string];
type PartTransition<Parts, Name> = {
  [P in keyof Parts]: Parts[P] extends { readonly transitions: infer T }
    ? Name extends keyof T
      ? T[Name]
      : never
    : never;
}[keyof Parts];
type StatesOf<Parts, Name> = {
  [P in keyof Parts]: Name extends KeysOf<Parts[P], 'transitions'>
    ? Parts[P] extends { readonly states: infer S }
      ? S
      : never
    : never;
}[keyof Parts];

type List<T> = T extends readonly (infer Item)[] ? Item : T;
type ByOf<T> = T extends { readonly by: infer By } ? List<By> & string : never;
type FromOf<T> = T extends { readonly from: infer From } ? List<From> & string : never;
type Begins<T> = [FromOf<T>] extends [never] ? true : false;

/** In the order in which they are asked. */
type RefusalsOf<Name, T, States> =
  | (Begins<T> extends true ? AlreadyStarted : NotFound)
  | ActorNotAllowed<ByOf<T>>
  | (Begins<T> extends true ? never : WrongStatus<Exclude<keyof States & string, FromOf<T>>, FromOf<T>>)
  | CommonRefusal<Name, T, States>;

/** In the order in which they are asked. */
type PartRefusalsOf<Name, T, States, PartName extends string, Kind extends string, WholeStates, Parts> =
  | NotFound
  | (Begins<T> extends true
      ?
          | PartAlreadyExists<PartName>
          | ([Exclude<SourceKind<T>, Kind>] extends [never] ? never : PartNotFound<Exclude<SourceKind<T>, Kind>>)
      : PartNotFound<PartName> | WrongStatus<Exclude<keyof States & string, FromOf<T>>, FromOf<T>>)
  | ActorNotAllowed<ByOf<T>>
  | (T extends { readonly while: infer W }
      ? NotWhile<KindIn<List<W>>, StatusIn<List<W>>> | LateElsewhere<List<W>, ByOf<T>, Kind, WholeStates, Parts>
      : never)
  | CommonRefusal<Name, T, States>;

type CommonRefusal<Name, T, States> =
  | (T extends { readonly unless: infer U } ? Blocked<List<U> & string> : never)
  | TimeRefusal<Name, T, States>
  | (T extends { readonly within: Duration } ? TooLate : never)
  | GuardRefusal<T>
  | AmountRefusal<T>;

type KindIn<W> = W extends `${infer Of}.${string}` ? Of : never;
type StatusIn<W> = W extends `${string}.${infer Status}` ? Status : never;

/** What has to stand while a part's command happens may be due, and so have left. */
type LateElsewhere<W, By, Kind extends string, WholeStates, Parts> = [Exclude<By, 'clock'>] extends [never]
  ? never
  : W extends `${infer Of}.${infer Status}`
    ? (Of extends Kind ? WholeStates : StatesIn<Parts, Of>) extends infer S
      ? Status extends keyof S
        ? S[Status] extends { readonly fire: unknown }
          ? Overdue
          : never
        : never
      : never
    : never;
type StatesIn<Parts, Of> = Of extends keyof Parts
  ? Parts[Of] extends { readonly states: infer S }
    ? S
    : never
  : never;

/** The clock may come early; a person may come late, except with what the state itself fires. */
type TimeRefusal<Name, T, States> =
  | ('clock' extends ByOf<T> ? NotDue : never)
  | ([Exclude<ByOf<T>, 'clock'>] extends [never]
      ? never
      : [FiringOthers<Name, States, FromOf<T>>] extends [never]
        ? never
        : Overdue);

/** The states that fire something, but not this command. */
type FiringOthers<Name, States, State extends string> = {
  [S in State & keyof States]: States[S] extends { readonly fire: infer Fire }
    ? Name extends List<Fire>
      ? never
      : S
    : never;
}[State & keyof States];

type GuardRefusal<T> = T extends { readonly guards: readonly (infer G)[] }
  ? G extends Guard<infer R, never>
    ? R
    : never
  : never;

type AmountRefusal<T> =
  | (T extends { readonly funds: string } ? AmountNotPositive | CurrencyMismatch | FeeExceedsAmount : never)
  | (T extends { readonly cuts: string } ? AmountNotPositive | CurrencyMismatch | ExceedsHeld : never)
  | (T extends { readonly passes: object } ? AmountNotPositive : never)
  | (T extends { readonly settles: infer S }
      ? [Exclude<S[keyof S], 'rest'>] extends [never]
        ? never
        : AmountNotPositive | CurrencyMismatch | ExceedsHeld
      : never);
