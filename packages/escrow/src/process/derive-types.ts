import type { FeeExceedsAmount } from '@holdfast/fees';
import type { Duration } from '@holdfast/kernel';
import type { CurrencyMismatch, Money } from '@holdfast/money';
import type { Guard } from '../guards.ts';
import type {
  ActorNotAllowed,
  AlreadyStarted,
  AmountNotPositive,
  ExceedsHeld,
  NotDue,
  NotFound,
  Overdue,
  TooLate,
  WrongStatus,
} from '../refusals.ts';
import type { ValuesOf } from './inputs.ts';

/**
 * For each command of a process: its exact shape, and exactly what it may be refused for. Both are rebuilt in place, since a hover prints
 * an alias by its definition.
 */
export type DerivedCommands<States, Transitions, Parties extends string, Claims> = {
  readonly [Name in keyof Transitions & string]: {
    readonly command: {
      readonly [Key in keyof CommandOf<Name, Transitions[Name], Parties, Claims>]: CommandOf<
        Name,
        Transitions[Name],
        Parties,
        Claims
      >[Key];
    };
    readonly refusal: {
      [Code in RefusalsOf<Name, Transitions[Name], States>['code']]: Extract<
        RefusalsOf<Name, Transitions[Name], States>,
        { readonly code: Code }
      >;
    }[RefusalsOf<Name, Transitions[Name], States>['code']];
  };
};

/** The types of the events that a process's transitions emit. */
export type EventNameOf<Transitions> = {
  [Name in keyof Transitions]: Transitions[Name] extends { readonly emits: infer E } ? E : never;
}[keyof Transitions] &
  string;

type CommandOf<Name, T, Parties extends string, Claims> = { readonly type: Name } & (T extends {
  readonly input: infer F;
}
  ? ValuesOf<F>
  : unknown) &
  (T extends { readonly funds: string } ? { readonly amount: Money } : unknown) &
  (Begins<T> extends true ? { readonly parties: Readonly<Record<Parties, string>> } & ReferenceOf<Claims> : unknown);

/** A process that claims a name of its reference has to be given one. */
type ReferenceOf<Claims> =
  Referring<Claims> extends never ? { readonly reference?: string } : { readonly reference: string };

type Referring<Claims> = Claims extends readonly (infer Claim)[]
  ? Extract<Claim extends { readonly name: infer Name } ? Name : Claim, `${string}{reference}${string}`>
  : never;

type List<T> = T extends readonly (infer Item)[] ? Item : T;
type ByOf<T> = T extends { readonly by: infer By } ? List<By> & string : never;
type FromOf<T> = T extends { readonly from: infer From } ? List<From> & string : never;
type Begins<T> = [FromOf<T>] extends [never] ? true : false;

/** In the order in which they are asked. */
type RefusalsOf<Name, T, States> =
  | (Begins<T> extends true ? AlreadyStarted : NotFound)
  | ActorNotAllowed<ByOf<T>>
  | (Begins<T> extends true ? never : WrongStatus<Exclude<keyof States & string, FromOf<T>>, FromOf<T>>)
  | TimeRefusal<Name, T, States>
  | (T extends { readonly within: Duration } ? TooLate : never)
  | GuardRefusal<T>
  | AmountRefusal<T>;

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
  | (T extends { readonly passes: object } ? AmountNotPositive : never)
  | (T extends { readonly settles: infer S }
      ? [Exclude<S[keyof S], 'rest'>] extends [never]
        ? never
        : AmountNotPositive | CurrencyMismatch | ExceedsHeld
      : never);
