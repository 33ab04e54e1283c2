import { divideRounded, largestRemainder } from '@holdfast/money';
import type { FactorName, Factors } from './factors.ts';
import { factorNames } from './factors.ts';
import { PARTS_OF_POINT, type Scale } from './scale.ts';

/** What somebody could do about a reason. */
export interface Help {
  /** What to do; `none` where nothing undoes it. */
  readonly action:
    | 'raise_factor'
    | 'pay_overdue'
    | 'pay_on_time'
    | 'stay_in_schemes'
    | 'complete_scheme'
    | 'verify_document'
    | 'verify_field'
    | 'none';
  /** What it is about: instalments, a slot of documents, a field of the profile; empty for no one thing. */
  readonly about: readonly string[];
}

/** One share of what a factor lost, before it becomes points. */
export interface LostShare {
  /** The code of the reason. */
  readonly code: string;
  /** How much of the factor's loss it is, against its other shares; zero or more. */
  readonly weight: bigint;
  /** The ids of what shows it. */
  readonly evidence: readonly string[];
  /** What somebody could do about it. */
  readonly help: Help;
}

/** Why points were lost. */
export interface Reason {
  /** Such as `PH01`. */
  readonly code: string;
  /** The factor that lost them. */
  readonly factor: FactorName;
  /** How many points, of the scale; more than zero. */
  readonly points: bigint;
  /** The ids of the instalments, documents or tickets that show it, in order. */
  readonly evidence: readonly string[];
  /** What somebody could do about it. */
  readonly whatWouldHelp: Help;
}

/** What reasons count points against. */
export interface Standard {
  /** `maximum` for the best that can be, or the name of a reference population. */
  readonly id: string;
  /** The factors against which is counted, in basis points. */
  readonly factors: Factors;
}

/** The reasons of a score, and what they sum to. */
export interface Reasons {
  /** What was lost in points: against the maximum, the maximum less the score. */
  readonly lost: bigint;
  /** The reasons by points, the most first; of equal ones by code. Their points sum to `lost`. */
  readonly reasons: readonly Reason[];
}

/**
 * Splits what was lost against a standard into reasons, to the last point.
 *
 * @param factors - The factors, in basis points.
 * @param options - `weights` in basis points, the scale, the standard, and the shares of each factor's loss.
 * @returns The reasons; a factor that reaches the standard has none.
 * @source docs/rules/chit-score.md, CS-5
 */
export function reasonsOf(
  factors: Factors,
  options: {
    readonly weights: Factors;
    readonly scale: Scale;
    readonly standard: Standard;
    readonly shares: Readonly<Record<FactorName, readonly LostShare[]>>;
  },
): Reasons {
  const { weights, scale, standard, shares } = options;
  const parts: (LostShare & { readonly factor: FactorName; readonly exact: bigint })[] = [];
  let lostExactly = 0n;
  for (const factor of factorNames) {
    const short = standard.factors[factor] - factors[factor];
    const exact = short > 0n ? weights[factor] * short * (scale.maximum - scale.minimum) : 0n;
    const showing = shares[factor].filter(({ weight }) => weight > 0n);
    if (exact === 0n || showing.length === 0) continue;
    lostExactly += exact;
    const split = largestRemainder(
      exact,
      showing.map(({ weight }) => weight),
    );
    showing.forEach((share, index) => parts.push({ ...share, factor, exact: split[index] as bigint }));
  }
  // The score rounds a half up, so what it lost rounds a half down: the two sum to the maximum.
  const lost = divideRounded(lostExactly, PARTS_OF_POINT, 'halfDown');
  if (lost === 0n) return { lost, reasons: [] };
  const points = largestRemainder(
    lost,
    parts.map(({ exact }) => exact),
  );
  const reasons = parts
    .map(({ code, factor, evidence, help }, index) => {
      const reason = { code, factor, points: points[index] as bigint, evidence, whatWouldHelp: help };
      return Object.freeze(reason satisfies Reason);
    })
    .filter((reason) => reason.points > 0n)
    .sort(byPointsThenCode);
  return { lost, reasons: Object.freeze(reasons) };
}

function byPointsThenCode(left: Reason, right: Reason): number {
  if (left.points !== right.points) return left.points > right.points ? -1 : 1;
  return left.code < right.code ? -1 : left.code > right.code ? 1 : 0;
}
