import type { Day } from '../calendar.ts';
import type { Factors } from '../factors.ts';
import type { ScaleId } from '../scale.ts';

/** What an instalment is worth that was paid up to some days late. */
export interface SeverityStep {
  /** The most days late, after the days of grace. */
  readonly upToDays: number;
  /** What it is worth, in basis points. */
  readonly bps: bigint;
}

/** A place in the KYC for one kind of proof. */
export interface KycSlot {
  readonly name: string;
  /** The reason when it is empty. */
  readonly code: string;
  /** The kinds of documents that fill it. */
  readonly kinds: readonly string[];
  /** What it is worth, in basis points; all slots sum to 10000n. */
  readonly bps: bigint;
}

/** A most that a score may be while something stands. */
export interface CapRule {
  readonly code: string;
  /** What it stands for: arrears of a prized ticket older than `overDays`, or a ticket accelerated or written off. */
  readonly when: 'prized_arrears' | 'accelerated_or_written_off';
  /** Days late, for arrears; 0 otherwise. */
  readonly overDays: number;
  /** The most, as a part of the scale: 5500n of 9000n is 550 on a scale to 900. */
  readonly part: bigint;
  readonly of: bigint;
}

/** Everything about a score that is judgement: data, under a version. */
export interface ScoreParameters {
  /** The scale unless another is asked for. */
  readonly scale: ScaleId;
  /** In basis points; they sum to 10000n. */
  readonly weights: Factors;
  /** Days after the due date that count as on time. */
  readonly graceDays: number;
  /** By days, each worth no more than the one before; beyond the last one nothing. */
  readonly severities: readonly SeverityStep[];
  /** What the weight of an instalment is multiplied by for each month that it is older than the latest: at most 1. */
  readonly recency: { readonly num: bigint; readonly den: bigint };
  /** How much more an instalment weighs that was due after its ticket had won. */
  readonly prizedExposure: bigint;
  /** The most of a short record: `base`, and `perOnTime` more for each instalment paid on time; in basis points. */
  readonly shortRecord: { readonly base: bigint; readonly perOnTime: bigint };
  /** How many months back from the latest due date count as recent in the reasons. */
  readonly recentMonths: number;
  /** Months in schemes until nothing more is earned, and what they earn, in basis points. */
  readonly tenure: { readonly months: number; readonly bps: bigint };
  /** What completed schemes earn in the limit, in basis points: a half of it with the first, of the rest with each. */
  readonly completedBps: bigint;
  readonly slots: readonly KycSlot[];
  /** The fields of the profile, each worth the same. */
  readonly profileFields: readonly string[];
  readonly caps: readonly CapRule[];
  /** Below this many due instalments a score is provisional. */
  readonly leastInstalments: number;
  /** A factor of at least this much is told as a strength, in basis points. */
  readonly strengthBps: bigint;
}

/** A way of scoring, named for ever: other parameters are another version. */
export interface ScoreModel {
  readonly id: string;
  readonly version: string;
  /** The first day on which it is in force. */
  readonly effectiveFrom: Day;
  readonly params: ScoreParameters;
  /** SHA-256 of everything above. */
  readonly hash: string;
}
