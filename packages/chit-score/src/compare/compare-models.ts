import { printGiven, type Rate, ratio } from '@holdfast/money';
import { err, type Result } from 'neverthrow';
import type { Day } from '../calendar.ts';
import type { ScoreModel } from '../model/score-model.ts';
import type { PopulationInvalid, TooMany } from '../refusals.ts';
import { findScale, type ScaleId } from '../scale.ts';
import { type ScoreRefusal, score } from '../score.ts';
import type { ScoreEvent } from '../score-event.ts';
import { adverseImpact, type GroupImpact } from './adverse-impact.ts';
import { populationStability, type Stability } from './population-stability.ts';

/** One person of a population. */
export interface Member {
  readonly id: string;
  readonly events: readonly ScoreEvent[];
  /** A label for the figures of fairness; it never enters a score. */
  readonly group?: string;
}

/** How to compare. */
export interface ComparisonOptions {
  readonly asOf: Day;
  /** The scale of both; the old model's unless given. */
  readonly scale?: ScaleId;
  /** Where bands begin above the lowest one, in points, rising: 450n, 600n, 750n makes four bands. */
  readonly bands: readonly bigint[];
  /** The score that groups are compared at. */
  readonly threshold: bigint;
}

/** What another model would make of a population. */
export interface Comparison {
  /** How many people. */
  readonly people: number;
  readonly raised: number;
  readonly lowered: number;
  /** Each whose score differs, in the order given. */
  readonly moved: readonly { readonly id: string; readonly old: bigint; readonly new: bigint }[];
  /** The mean scores, as exact fractions. */
  readonly means: { readonly old: Rate; readonly new: Rate };
  /** How many people went from each old band (rows) to each new one. */
  readonly bands: readonly (readonly number[])[];
  /** How far the population drifts between the bands. */
  readonly drift: Stability;
  /** How the labelled groups fare under each. */
  readonly fairness: { readonly old: readonly GroupImpact[]; readonly new: readonly GroupImpact[] };
}

/** The most people of one comparison. */
export const MOST_MEMBERS = 100_000;

/** Why two models cannot be compared; of a person's events with the field `population.N` before it. */
export type ComparisonRefusal = PopulationInvalid | TooMany | ScoreRefusal;

/**
 * Scores a population under two models and tells what differs, before one replaces the other.
 *
 * @param models - The old one and the new one.
 * @param population - The people.
 * @param options - The day, the bands and the threshold.
 * @returns Who moves where, the drift and the figures of fairness.
 *
 * @errors
 * - `population_invalid`: nobody, or bands that do not rise.
 * - `limit_exceeded`: more than 100,000 people.
 * - those of `score`, the field with `population.N.` before it where it is about one person.
 * @source docs/rules/chit-score.md, CS-12
 */
export function compareModels(
  models: { readonly old: ScoreModel; readonly new: ScoreModel },
  population: readonly Member[],
  options: ComparisonOptions,
): Result<Comparison, ComparisonRefusal> {
  const problem = shapeProblem(population, options.bands);
  if (problem !== undefined) return err(problem);
  const scale = findScale(options.scale ?? models.old.params.scale);
  if (scale.isErr()) return err(scale.error);
  const scored = { asOf: options.asOf, scale: scale.value.id };
  const pairs: Pair[] = [];
  for (const [index, { id, events, group }] of population.entries()) {
    const both = score(models.old, events, scored).andThen((before) =>
      score(models.new, events, scored).map((after) => ({ id, group, old: before.score, new: after.score })),
    );
    if (both.isErr()) return err(aboutPerson(both.error, index));
    pairs.push(both.value);
  }
  return compared(pairs, options);
}

interface Pair {
  readonly id: string;
  readonly group: string | undefined;
  readonly old: bigint;
  readonly new: bigint;
}

function compared(
  pairs: readonly Pair[],
  { bands, threshold }: ComparisonOptions,
): Result<Comparison, PopulationInvalid> {
  const matrix = Array.from({ length: bands.length + 1 }, () => Array.from({ length: bands.length + 1 }, () => 0));
  for (const pair of pairs) {
    const row = matrix[bandOf(pair.old, bands)] as number[];
    const column = bandOf(pair.new, bands);
    row[column] = (row[column] as number) + 1;
  }
  const were = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const are = matrix.map((_, column) => matrix.reduce((sum, row) => sum + (row[column] as number), 0));
  const people = pairs.length;
  const mean = (of: 'old' | 'new') =>
    ratio(
      pairs.reduce((sum, pair) => sum + pair[of], 0n),
      BigInt(people),
    );
  const impact = (of: 'old' | 'new') =>
    adverseImpact(
      pairs.flatMap(({ group, [of]: points }) =>
        group === undefined ? [] : [{ group, reaches: points >= threshold }],
      ),
    );
  return populationStability(were, are).map((drift) => ({
    people,
    raised: pairs.filter((pair) => pair.new > pair.old).length,
    lowered: pairs.filter((pair) => pair.new < pair.old).length,
    moved: pairs.filter((pair) => pair.new !== pair.old).map(({ id, old, new: is }) => ({ id, old, new: is })),
    means: { old: mean('old'), new: mean('new') },
    bands: matrix,
    drift,
    fairness: { old: impact('old'), new: impact('new') },
  }));
}

function bandOf(points: bigint, bands: readonly bigint[]): number {
  return bands.filter((floor) => points >= floor).length;
}

function shapeProblem(
  population: readonly Member[],
  bands: readonly bigint[],
): PopulationInvalid | TooMany | undefined {
  const invalid = (field: string, given: unknown, allowed: string): PopulationInvalid => {
    return { code: 'population_invalid', field, given: printGiven(given), allowed };
  };
  if (!Array.isArray(population) || population.length === 0)
    return invalid('population', population, 'at least one person');
  if (population.length > MOST_MEMBERS) {
    const given = `${population.length} people`;
    return { code: 'limit_exceeded', field: 'population', given, allowed: `at most ${MOST_MEMBERS} people` };
  }
  const rising = bands.every(
    (floor, index) => typeof floor === 'bigint' && (index === 0 || floor > (bands[index - 1] as bigint)),
  );
  return rising ? undefined : invalid('bands', bands, 'floors of bands as bigints that rise');
}

/** Says whose events a refusal is about; one about the day or the scale is about all. */
function aboutPerson(refusal: ScoreRefusal, index: number): ScoreRefusal {
  if (refusal.code === 'day_invalid' || refusal.code === 'scale_unknown') return refusal;
  return { ...refusal, field: `population.${index}.${refusal.field}` };
}
