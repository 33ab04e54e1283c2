import { type Day, daysBetween } from './calendar.ts';
import type { History } from './history.ts';
import type { CapRule, ScoreParameters } from './model/score-model.ts';
import type { Scale } from './scale.ts';

/** A most that a score may be, and what it is for. */
export interface Cap {
  /** Such as `OV01`. */
  readonly code: string;
  /** The most, in points of the scale. */
  readonly cap: bigint;
  /** The points that it took: only the lowest cap takes any. */
  readonly points: bigint;
  /** The ids of the instalments or tickets that it is for. */
  readonly evidence: readonly string[];
}

/**
 * Finds the caps that a history calls for, and what they take of a score.
 *
 * @param before - The score without them.
 * @param history - The member's history.
 * @param options - The day, the model's parameters and the scale.
 * @returns The caps, the lowest first, and the score under them: never more than before.
 * @source docs/rules/chit-score.md, CS-10
 */
export function applyCaps(
  before: bigint,
  history: History,
  options: { readonly asOf: Day; readonly params: ScoreParameters; readonly scale: Scale },
): { readonly overlays: readonly Cap[]; readonly score: bigint } {
  const { asOf, params, scale } = options;
  const span = scale.maximum - scale.minimum;
  const called = params.caps
    .map((rule) => ({ rule, evidence: causesOf(rule, history, asOf, params) }))
    .filter(({ evidence }) => evidence.length > 0)
    // Rounded down: a cap is a most.
    .map(({ rule, evidence }) => ({
      code: rule.code,
      cap: scale.minimum + (rule.part * span) / rule.of,
      evidence,
    }))
    .sort((left, right) =>
      left.cap === right.cap ? (left.code < right.code ? -1 : 1) : left.cap < right.cap ? -1 : 1,
    );
  const lowest = called[0]?.cap ?? before;
  const score = lowest < before ? lowest : before;
  const overlays = called.map((cap, index) => Object.freeze({ ...cap, points: index === 0 ? before - score : 0n }));
  return { overlays: Object.freeze(overlays), score };
}

function causesOf(rule: CapRule, history: History, asOf: Day, { graceDays }: ScoreParameters): readonly string[] {
  const open = history.instalments.filter(({ paidOn }) => paidOn === undefined);
  switch (rule.when) {
    case 'prized_arrears':
      return open
        .filter(({ prized, dueOn }) => prized && daysBetween(dueOn, asOf) - graceDays > rule.overDays)
        .map(({ id }) => id);
    case 'accelerated_or_written_off': {
      const writtenOff = open.filter((instalment) => instalment.writtenOff).map(({ id }) => id);
      return [...history.accelerated, ...writtenOff];
    }
  }
}
