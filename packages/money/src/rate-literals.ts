import type { Result } from 'neverthrow';
import { defect } from './defect.ts';
import type { PositiveLiteral } from './literal.ts';
import { parseBasisPoints, parsePercent, parseRate } from './parse-rate.ts';
import type { Rate } from './rate.ts';
import type { RatioInvalid } from './refusals.ts';

/**
 * Makes a rate from a percentage from 0 to 100 with at most 8 decimals: `percent('2.9')`.
 *
 * @param literal - Checked by the compiler; for text from outside see `parsePercent`.
 * @returns The rate, a hundredth of what was written.
 * @throws A `TypeError` with code `ratio_invalid` above 100, or where the types were circumvented.
 * @source docs/rules/money.md, M-8
 */
export function percent<const Literal extends string>(literal: PositiveLiteral<Literal, 8, 'percent'>): Rate {
  return orDefect(parsePercent(literal));
}

/**
 * Makes a rate from basis points, hundredths of a percent: `basisPoints(250n)` is 2.5 %.
 *
 * @param points - 0 to 10,000.
 * @returns The rate.
 * @throws A `TypeError` with code `ratio_invalid` otherwise.
 * @source docs/rules/money.md, M-8
 */
export function basisPoints(points: bigint): Rate {
  return orDefect(parseBasisPoints(points));
}

/**
 * Makes a rate from a decimal with at most 18 decimals: `rate('0.05')`, or `rate('1.4705')` for an exchange.
 *
 * @param literal - Checked by the compiler; for text from outside see `parseRate`.
 * @returns The rate.
 * @throws A `TypeError` with code `ratio_invalid` where the types were circumvented.
 * @source docs/rules/money.md, M-8
 */
export function rate<const Literal extends string>(literal: PositiveLiteral<Literal, 18, 'rate'>): Rate {
  return orDefect(parseRate(literal));
}

function orDefect(result: Result<Rate, RatioInvalid>): Rate {
  if (result.isOk()) return result.value;
  const { field, given, allowed } = result.error;
  throw defect('ratio_invalid', `${given} is no ${field}: it takes ${allowed}.`);
}
