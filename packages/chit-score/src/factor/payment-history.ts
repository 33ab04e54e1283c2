import { type Day, daysBetween, monthNumber } from '../calendar.ts';
import { WHOLE_BPS } from '../factors.ts';
import type { History, Instalment } from '../history.ts';
import type { ScoreParameters } from '../model/score-model.ts';
import type { LostShare } from '../reason.ts';

/** A factor and the shares of what it lost. */
export interface FactorFound {
  /** In basis points. */
  readonly bps: bigint;
  /** What it lost by, weighed against each other; empty where it lost nothing. */
  readonly shares: readonly LostShare[];
  /** The ids that speak for it. */
  readonly evidence: readonly string[];
}

/** An instalment with what it is worth and how much it weighs. */
interface Weighed {
  readonly instalment: Instalment;
  readonly isOpen: boolean;
  readonly daysLate: number;
  /** Its worth in basis points. */
  readonly bps: bigint;
  readonly weight: bigint;
  readonly isRecent: boolean;
}

/**
 * Finds how well somebody paid: an average of what each due instalment is worth, the recent and the prized ones
 * weighing more, under the ceiling of a short record.
 *
 * @param history - The member's history.
 * @param asOf - The day of the score.
 * @param params - The model's parameters.
 * @returns The factor: the lesser of average and ceiling, rounded down.
 * @source docs/rules/chit-score.md, CS-6
 */
export function paymentHistory(history: History, asOf: Day, params: ScoreParameters): FactorFound {
  const all = weighAll(history.instalments, asOf, params);
  const onTime = all.filter(({ instalment, bps }) => instalment.paidOn !== undefined && bps === WHOLE_BPS);
  const evidence = onTime.map(({ instalment }) => instalment.id);
  const { base, perOnTime } = params.shortRecord;
  const ceiling = least(WHOLE_BPS, base + perOnTime * BigInt(onTime.length));
  const counted = countedOf(all);
  const { worth, weight } = totals(counted);
  if (weight === 0n) {
    return { bps: 0n, shares: [shortRecord(1n, evidence)], evidence };
  }
  // Over `weight`: the average is `worth`, and the ceiling this. Who has settled nothing yet has no record at all.
  const top = all.some(({ isOpen }) => !isOpen) ? ceiling * weight : 0n;
  const short = worth > top ? worth - top : 0n;
  return {
    bps: least(worth, top) / weight,
    shares: [...lateShares(counted), ...(short > 0n ? [shortRecord(short, evidence)] : [])],
    evidence,
  };
}

function weighAll(instalments: readonly Instalment[], asOf: Day, params: ScoreParameters): readonly Weighed[] {
  const months = instalments.map(({ dueOn }) => monthNumber(dueOn));
  const [latest, earliest] = months.reduce(
    ([most, fewest], month) => [Math.max(most, month), Math.min(fewest, month)],
    [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  );
  const weightAt = recencyWeights(latest - earliest, params);
  return instalments.map((instalment, index) => {
    const back = latest - (months[index] as number);
    const isOpen = instalment.paidOn === undefined && !instalment.writtenOff;
    const daysLate = daysBetween(instalment.dueOn, instalment.paidOn ?? asOf) - params.graceDays;
    const bps = instalment.writtenOff ? 0n : worthOf(daysLate, params);
    const weight = (weightAt[back] as bigint) * (instalment.prized ? params.prizedExposure : 1n);
    return { instalment, isOpen, daysLate, bps, weight, isRecent: back < params.recentMonths };
  });
}

/**
 * The weight of each month back from the latest one, over one denominator, exactly: months in a rounded table would
 * weigh a little more or less against each other whenever a new latest one came.
 */
function recencyWeights(span: number, { recency }: ScoreParameters): readonly bigint[] {
  const weights: bigint[] = [];
  if (span < 0) return weights;
  let weight = recency.den ** BigInt(span);
  for (let back = 0; back <= span; back += 1) {
    weights.push(weight);
    weight = (weight * recency.num) / recency.den;
  }
  return weights;
}

function worthOf(daysLate: number, { severities }: ScoreParameters): bigint {
  return severities.find(({ upToDays }) => daysLate <= upToDays)?.bps ?? 0n;
}

/**
 * Whatever is settled counts, and of what is open the part that makes the average least: an unpaid instalment never
 * speaks for anybody. With nothing settled all counts, for the reasons.
 */
function countedOf(all: readonly Weighed[]): readonly Weighed[] {
  const settled = all.filter(({ isOpen }) => !isOpen);
  if (settled.length === 0) return all;
  const counted = [...settled];
  let { worth, weight } = totals(settled);
  const open = all.filter(({ isOpen }) => isOpen).sort((left, right) => (left.bps < right.bps ? -1 : 1));
  for (const one of open) {
    if (one.bps * weight >= worth) break;
    counted.push(one);
    worth += one.bps * one.weight;
    weight += one.weight;
  }
  return counted;
}

function totals(counted: readonly Weighed[]): { worth: bigint; weight: bigint } {
  let worth = 0n;
  let weight = 0n;
  for (const one of counted) {
    worth += one.bps * one.weight;
    weight += one.weight;
  }
  return { worth, weight };
}

function lateShares(counted: readonly Weighed[]): readonly LostShare[] {
  const shares = new Map<string, { weight: bigint; evidence: string[] }>();
  for (const one of counted) {
    if (one.bps === WHOLE_BPS) continue;
    const code = codeOf(one);
    const share = shares.get(code) ?? { weight: 0n, evidence: [] };
    share.weight += one.weight * (WHOLE_BPS - one.bps);
    share.evidence.push(one.instalment.id);
    shares.set(code, share);
  }
  return [...shares].map(([code, { weight, evidence }]): LostShare => {
    const about = evidence.sort();
    const action = code === 'PH01' ? 'pay_overdue' : 'pay_on_time';
    return { code, weight, evidence: about, help: { action, about: code === 'PH01' ? about : [] } };
  });
}

function codeOf({ instalment, isRecent }: Weighed): string {
  if (instalment.paidOn === undefined) return 'PH01';
  if (instalment.prized) return 'PH02';
  return isRecent ? 'PH03' : 'PH04';
}

function shortRecord(weight: bigint, evidence: readonly string[]): LostShare {
  return { code: 'PH05', weight, evidence, help: { action: 'pay_on_time', about: [] } };
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
