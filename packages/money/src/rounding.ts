/**
 * How a quotient becomes a whole number of minor units. Every operation that rounds takes one by name.
 *
 * | mode | 1.5 | -1.5 | 2.5 | -2.5 | 1.2 | -1.2 | 1.8 | -1.8 | goes to |
 * | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
 * | `up` | 2 | -2 | 3 | -3 | 2 | -2 | 2 | -2 | away from zero |
 * | `down` | 1 | -1 | 2 | -2 | 1 | -1 | 1 | -1 | zero |
 * | `ceiling` | 2 | -1 | 3 | -2 | 2 | -1 | 2 | -1 | plus infinity |
 * | `floor` | 1 | -2 | 2 | -3 | 1 | -2 | 1 | -2 | minus infinity |
 * | `halfUp` | 2 | -2 | 3 | -3 | 1 | -1 | 2 | -2 | the nearest; ties away from zero |
 * | `halfDown` | 1 | -1 | 2 | -2 | 1 | -1 | 2 | -2 | the nearest; ties to zero |
 * | `halfEven` | 2 | -2 | 2 | -2 | 1 | -1 | 2 | -2 | the nearest; ties to the even neighbour |
 * | `halfCeiling` | 2 | -1 | 3 | -2 | 1 | -1 | 2 | -2 | the nearest; ties to plus infinity |
 * | `halfFloor` | 1 | -2 | 2 | -3 | 1 | -1 | 2 | -2 | the nearest; ties to minus infinity |
 *
 * @source docs/rules/money.md, M-7
 */
export type Rounding = (typeof roundings)[number];

/** The names of all rounding modes. */
export const roundings = [
  'up',
  'down',
  'ceiling',
  'floor',
  'halfUp',
  'halfDown',
  'halfEven',
  'halfCeiling',
  'halfFloor',
] as const;

/**
 * Divides two whole numbers and rounds the quotient once.
 *
 * @param dividend - Of either sign.
 * @param divisor - More than zero.
 * @param rounding - Which neighbour of an inexact quotient to take.
 * @returns The whole quotient.
 * @source docs/rules/money.md, M-7
 */
export function divideRounded(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const truncated = dividend / divisor;
  const remainder = dividend % divisor;
  if (remainder === 0n) return truncated;
  const negative = dividend < 0n;
  const twice = negative ? -2n * remainder : 2n * remainder;
  const beyondHalf = twice === divisor ? 0 : twice > divisor ? 1 : -1;
  if (!goesAway(rounding, negative, beyondHalf, truncated)) return truncated;
  return negative ? truncated - 1n : truncated + 1n;
}

/** Whether an inexact quotient goes away from zero; `beyondHalf` compares its fraction with a half. */
function goesAway(rounding: Rounding, negative: boolean, beyondHalf: -1 | 0 | 1, truncated: bigint): boolean {
  switch (rounding) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'ceiling':
      return !negative;
    case 'floor':
      return negative;
    case 'halfUp':
      return beyondHalf >= 0;
    case 'halfDown':
      return beyondHalf > 0;
    case 'halfEven':
      return beyondHalf > 0 || (beyondHalf === 0 && truncated % 2n !== 0n);
    case 'halfCeiling':
      return beyondHalf > 0 || (beyondHalf === 0 && !negative);
    case 'halfFloor':
      return beyondHalf > 0 || (beyondHalf === 0 && negative);
    default:
      return assertNever(rounding);
  }
}

function assertNever(rounding: never): never {
  throw new TypeError(`${String(rounding)} is no rounding mode.`);
}

/**
 * Tells whether a value names a rounding mode.
 *
 * @param value - Anything.
 * @returns Whether it is one of {@link roundings}.
 */
export function isRounding(value: unknown): value is Rounding {
  return (roundings as readonly unknown[]).includes(value);
}
