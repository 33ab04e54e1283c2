import { defect } from './defect.ts';
import { printGiven } from './print-given.ts';

/**
 * A currency: what an amount is counted in.
 *
 * @typeParam Code - Its code as a literal, when known.
 * @typeParam Scale - Its number of decimals as a literal, when known.
 */
export interface Currency<Code extends string = string, Scale extends number = number> {
  /** Such as `USD`, or `USDC`: an upper-case letter, then 1 to 23 upper-case letters, digits or `_`. */
  readonly code: Code;
  /** Decimals: 2 for cents, 8 for satoshi, 18 for wei; 0 to 18. */
  readonly scale: Scale;
}

/** The largest number of decimals that a currency may have. */
export const LARGEST_SCALE = 18;

const CODE = /^[A-Z][A-Z0-9_]{1,23}$/;
const known = new Map<string, Currency[]>();

/**
 * Tells what is wrong with a currency, if anything.
 *
 * @param code - Its code.
 * @param scale - Its decimals.
 * @returns A sentence, or nothing when the currency is fine.
 */
export function currencyProblem(code: unknown, scale: unknown): string | undefined {
  if (typeof code !== 'string' || code.length > 24 || !CODE.test(code)) {
    return `the code ${printGiven(code)} is not an upper-case letter followed by 1 to 23 upper-case letters, digits or _`;
  }
  if (typeof scale !== 'number' || !Number.isInteger(scale) || scale < 0 || scale > LARGEST_SCALE) {
    return `the scale of ${code} is ${printGiven(scale)}, not a whole number from 0 to ${LARGEST_SCALE}`;
  }
  return undefined;
}

/**
 * Gives the one frozen object that stands for a currency in this process, so that equal currencies are identical.
 *
 * @param currency - A currency, or a kit of `defineCurrency`.
 * @returns The same code and scale, as plain frozen data.
 * @throws A `TypeError` with code `config_invalid` when the currency is none.
 */
export function canonicalCurrency<Code extends string>(currency: Currency<Code>): Currency<Code> {
  const { code, scale } = currency;
  const found = known.get(code)?.[scale] as Currency<Code> | undefined;
  if (found !== undefined) return found;
  const problem = currencyProblem(code, scale);
  if (problem !== undefined) throw defect('config_invalid', `No currency: ${problem}.`);
  const made: Currency<Code> = Object.freeze({ code, scale: scale === 0 ? 0 : scale });
  const sameCode = known.get(code) ?? [];
  sameCode[made.scale] = made;
  known.set(code, sameCode);
  return made;
}

/**
 * Tells whether two currencies are the same: the same code with the same number of decimals.
 *
 * @param left - A currency.
 * @param right - Another.
 * @returns Whether amounts of the two may be added.
 */
export function isSameCurrency(left: Currency, right: Currency): boolean {
  return left === right || (left.code === right.code && left.scale === right.scale);
}
