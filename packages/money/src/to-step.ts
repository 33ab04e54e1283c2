import { amountOf, assertSameCurrency, type Money } from './amount.ts';
import { defect } from './defect.ts';
import { divideRounded, type Rounding } from './rounding.ts';

/**
 * Rounds an amount to a multiple of a step: whole forints, five rappen, ten fils.
 *
 * @param amount - Any amount; what the rounding leaves is `subtract(amount, result)`.
 * @param step - More than zero, in the same currency.
 * @param rounding - Which multiple to take.
 * @returns A multiple of `step`.
 * @throws A defect: `currency_mismatch`, or `ratio_invalid` for a step of zero or less.
 * @source docs/rules/money.md, M-12
 */
export function toStep<Code extends string>(
  amount: Money<Code>,
  step: Money<NoInfer<Code>>,
  rounding: Rounding,
): Money<Code> {
  assertSameCurrency(amount, step);
  if (step.minor <= 0n) throw defect('ratio_invalid', `A step is more than zero, not ${step}.`);
  return amountOf(divideRounded(amount.minor, step.minor, rounding) * step.minor, amount.currency);
}
