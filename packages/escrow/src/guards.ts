import type { Actor, Instant, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { compare, isSameCurrency } from '@holdfast/money';
import type { Thing, Whole } from './process/thing.ts';

/** What a guard or a computed amount may look at. */
export interface Facts<Input = object> {
  readonly input: Input;
  readonly at: Instant;
  readonly actor: Actor;
  /** What the command is about, the whole or a part, as it stands before; `undefined` where the command begins it. */
  readonly thing: Thing | undefined;
  /** The process as it stands before; `undefined` where the command begins it. */
  readonly whole: Whole | undefined;
}

/** A named "no" of a process: pure, and the last to be asked before the money. */
export interface Guard<R extends Refusal = Refusal, Input = never> {
  /** The code of its refusal, so that docs and tables can list it without running it. */
  readonly code: R['code'];
  /** When it refuses, as the end of a sentence: "the budget lies outside …". */
  readonly says: string;
  /** Gives the refusal, or nothing when the command may go on. */
  readonly refuses: (facts: Facts<Input>) => R | undefined;
}

/**
 * Names a guard.
 *
 * @param guard - `refuses` is pure: the same facts, the same answer.
 */
export function defineGuard<R extends Refusal, Input>(guard: Guard<R, Input>): Guard<R, Input> {
  return guard;
}

/**
 * An amount lies outside its range, or is in another currency.
 *
 * @severity answer
 * @retry no
 */
export interface AmountOutOfRange<Code extends string = string> extends Refusal<Code> {
  readonly minimum: Money;
  readonly maximum: Money;
}

/**
 * Makes a guard on the amount that funds the process.
 *
 * @param code - The refusal's code, such as `budget_out_of_range`.
 * @param range - Both ends belong to it, and are of one currency.
 */
export function amountBetween<const Code extends string>(
  code: Code,
  range: { readonly minimum: Money; readonly maximum: Money },
): Guard<AmountOutOfRange<Code>, { readonly amount: Money }> {
  const { minimum, maximum } = range;
  return {
    code,
    says: `the amount is not between ${minimum} and ${maximum}`,
    refuses: ({ input }) => {
      const fits = isSameCurrency(input.amount.currency, minimum.currency);
      const within = fits && compare(input.amount, minimum) >= 0 && compare(input.amount, maximum) <= 0;
      return within ? undefined : { code, minimum, maximum };
    },
  };
}

/**
 * The same actor may not do both steps.
 *
 * @severity answer
 * @retry no, but another actor may
 */
export interface SameActor extends Refusal<'same_actor'> {}

/** Wants a second pair of eyes: who brought the thing into its status may not take it further. */
export const someoneElse: Guard<SameActor, object> = {
  code: 'same_actor',
  says: 'the actor is the one who brought it into this status',
  refuses: ({ thing, actor }) =>
    thing !== undefined && thing.entered[thing.status]?.by === actor.id ? { code: 'same_actor' } : undefined,
};
