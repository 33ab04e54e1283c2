import * as fc from 'fast-check';
import { LARGEST_MINOR, type Money, money } from '../amount.ts';
import { currencies } from '../currencies.ts';
import type { Currency } from '../currency.ts';
import { type Rate, ratio } from '../rate.ts';
import { basisPoints } from '../rate-literals.ts';
import { type Rounding, roundings } from '../rounding.ts';

/** Which amounts to make. */
export interface MinorRange {
  /** The least count of minor units; 38 nines below zero unless given. */
  readonly min?: bigint;
  /** The greatest count of minor units; 38 nines unless given. */
  readonly max?: bigint;
}

/**
 * Makes a currency: the ready-made ones, those of unusual scales more often than they are in the list, and now and
 * then one of your own.
 *
 * @returns An arbitrary of currencies with 0 to 18 decimals.
 */
export function anyCurrency(): fc.Arbitrary<Currency> {
  const known = [...currencies.values()];
  const unusual = known.filter(({ scale }) => scale !== 2);
  const own = fc.record({ code: fc.stringMatching(/^[A-Z][A-Z0-9]{3,7}$/), scale: fc.nat({ max: 18 }) });
  return fc.oneof(
    fc.constantFrom(...known),
    fc.constantFrom(...unusual),
    own.filter(({ code }) => !currencies.has(code)),
  );
}

/**
 * Makes a count of minor units, often where mistakes are: around zero, around powers of ten and of two, at the bounds.
 *
 * @param range - The bounds, both included.
 * @returns An arbitrary of bigints.
 */
export function anyMinor(range: MinorRange = {}): fc.Arbitrary<bigint> {
  const { min = -LARGEST_MINOR, max = LARGEST_MINOR } = range;
  const edges = edgesWithin(min, max);
  const everywhere = fc.bigInt({ min, max });
  const small = fc.bigInt({ min: min > -100_000n ? min : -100_000n, max: max < 100_000n ? max : 100_000n });
  const nearZero = min <= 100_000n && max >= -100_000n ? small : everywhere;
  return fc.oneof({ weight: 3, arbitrary: nearZero }, everywhere, fc.constantFrom(min, max, ...edges));
}

/**
 * Makes an amount.
 *
 * @param currency - Its currency.
 * @param range - The bounds in minor units, both included.
 * @returns An arbitrary of amounts.
 */
export function anyMoney<Code extends string>(
  currency: Currency<Code>,
  range: MinorRange = {},
): fc.Arbitrary<Money<Code>> {
  return anyMinor(range).map((minor) => money(minor, currency));
}

/**
 * Makes the weights of a split: some zero, some equal, some far larger than others, and at least one above zero.
 *
 * @param most - The most weights; 8 unless given.
 * @returns An arbitrary of lists of bigints.
 */
export function anyWeights(most = 8): fc.Arbitrary<bigint[]> {
  const weight = fc.oneof(
    { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: 10n }) },
    fc.bigInt({ min: 0n, max: 10_000n }),
    fc.bigInt({ min: 0n, max: LARGEST_MINOR }),
  );
  return fc
    .array(weight, { minLength: 1, maxLength: most })
    .filter((weights) => weights.some((candidate) => candidate > 0n));
}

/**
 * Makes a rate from 0 to 1: whole basis points, and fractions such as a third.
 *
 * @returns An arbitrary of rates.
 */
export function anyRate(): fc.Arbitrary<Rate> {
  const points = fc.bigInt({ min: 0n, max: 10_000n }).map(basisPoints);
  const fraction = fc
    .tuple(fc.bigInt({ min: 0n, max: 1_000n }), fc.bigInt({ min: 1n, max: 1_000n }))
    .map(([left, right]) => (left > right ? ratio(right, left) : ratio(left, right)));
  return fc.oneof(points, fraction, fc.constantFrom(ratio(0n, 1n), ratio(1n, 1n), ratio(1n, 3n)));
}

/**
 * Makes a rounding mode.
 *
 * @returns An arbitrary of all modes.
 */
export function anyRounding(): fc.Arbitrary<Rounding> {
  return fc.constantFrom(...roundings);
}

function edgesWithin(min: bigint, max: bigint): readonly bigint[] {
  const magnitudes = [0n, 1n, 2n, 99n, 100n, 101n, 10n ** 18n, 2n ** 53n, 2n ** 63n, 2n ** 64n, LARGEST_MINOR];
  return magnitudes
    .flatMap((magnitude) => [magnitude - 1n, magnitude, magnitude + 1n])
    .flatMap((magnitude) => [magnitude, -magnitude])
    .filter((edge) => edge >= min && edge <= max);
}
