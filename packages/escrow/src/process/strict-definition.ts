import type { Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Facts, Guard } from '../guards.ts';
import type { LineOf } from './definition.ts';
import type { Field, OptionalField, ValuesOf } from './inputs.ts';

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
  Parts,
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
  readonly parts?: Parts;
}

/** What a definition may give names of transfers for. */
export type KindName<WayName extends string, Line extends string> = 'fund' | WayName | `${WayName}.${Line}`;

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
          readonly [Name in keyof A]: (facts: Facts<InputOf<T>>) => Money | undefined;
        };
      }
    : unknown);

/** What the compiler says of a way that does not exist. */
export interface NoSuchWay<Ways extends string> {
  readonly 'no such way; there are': Ways;
}

/** The input of a transition's command: its fields, and the amount where it funds or cuts and does not compute it. */
export type InputOf<T> = (T extends { readonly input: infer F } ? ValuesOf<F> : object) &
  (TakesAmount<T> extends true ? { readonly amount: Money } : object);

/** Whether a command carries the amount that it funds or cuts. */
export type TakesAmount<T> = T extends { readonly funds: string } | { readonly cuts: string }
  ? 'amount' extends Computed<T>
    ? false
    : true
  : false;

type AmountField<T> = T extends { readonly input: infer F }
  ? {
      [Name in keyof F]: F[Name] extends OptionalField ? never : F[Name] extends Field<Money, 'amount'> ? Name : never;
    }[keyof F] &
      string
  : never;

type Computed<T> = T extends { readonly amounts: infer A } ? keyof A & string : never;
