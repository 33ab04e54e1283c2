import { inr, isSameRate, ratio } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adverseImpact,
  compareModels,
  defineScoreModel,
  eventModel,
  type Member,
  populationStability,
  type ScoreEvent,
} from '../index.ts';
import { LOG_ONE, naturalLog } from './natural-log.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const anyCounts = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 8 });

describe('naturalLog', () => {
  it.each<[bigint, bigint, bigint]>([
    [1n, 1n, 0n],
    [2n, 1n, 693_147_180_559_945_309_417_232_121_458n],
    [1n, 2n, -693_147_180_559_945_309_417_232_121_458n],
    [10n, 1n, 2_302_585_092_994_045_684_017_991_454_684n],
    [10n ** 12n, 1n, 12n * 2_302_585_092_994_045_684_017_991_454_684n],
  ])('of %s / %s is right to 26 decimals', (num, den, expected) => {
    const off = naturalLog(num, den) - expected;
    expect(off < 10_000n && off > -10_000n).toBe(true);
    expect(LOG_ONE).toBe(10n ** 30n);
  });
});

describe('populationStability', () => {
  it.each<[string, number[], number[], bigint, number[]]>([
    ['nothing that moved', [10, 20, 30], [100, 200, 300], 0n, []],
    // (0.6 − 0.5) ln 1.2 + (0.4 − 0.5) ln 0.8 = 0.1 ln 1.5 = 0.0405465…
    ['a tenth', [50, 50], [60, 40], 405n, []],
    // 0.4 ln 9 = 0.8788898…
    ['a great deal', [50, 50], [90, 10], 8_789n, []],
    // 100 and ½ of 100½ against ½ and 100: 2 × 99.5 / 100.5 × ln 200 = 10.49119…
    ['a swap', [100, 0], [0, 100], 104_912n, [0, 1]],
    ['bands that are empty on both sides', [50, 0, 50], [60, 0, 40], 405n, []],
  ])('of %s', (_, expected, actual, psiBps, smoothed) => {
    expect(populationStability(expected, actual)._unsafeUnwrap()).toEqual({ psiBps, smoothed });
  });

  it.each<[unknown, unknown, string]>([
    [[], [], 'expected'],
    [[0, 0], [1, 1], 'expected'],
    [[1], [0], 'actual'],
    [[1, 2], [1], 'actual'],
    [[1, 0.5], [1, 1], 'expected.1'],
    [[1, 1], [1, -1], 'actual.1'],
    [[Number.NaN], [1], 'expected.0'],
    [['1'], [1], 'expected.0'],
    [null, [1], 'expected'],
  ])('refuses %j against %j', (expected, actual, field) => {
    const refused = populationStability(expected as number[], actual as number[])._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'population_invalid', field });
  });

  it('law: the index is never below zero, the same both ways, and none for the same people', () => {
    fc.assert(
      fc.property(anyCounts, (pairs) => {
        const [before, after] = [pairs.map(([was]) => was), pairs.map(([, is]) => is)];
        fc.pre(before.some((count) => count > 0) && after.some((count) => count > 0));
        const there = populationStability(before, after)._unsafeUnwrap().psiBps;
        expect(there >= 0n).toBe(true);
        expect(populationStability(after, before)._unsafeUnwrap().psiBps).toBe(there);
        expect(populationStability(before, before)._unsafeUnwrap().psiBps).toBe(0n);
      }),
      runs,
    );
  });
});

describe('adverseImpact', () => {
  const cohort = (group: string, people: number, reaching: number) =>
    Array.from({ length: people }, (_, index) => ({ group, reaches: index < reaching }));

  it('compares each group with the one that fares best', () => {
    expect(adverseImpact([...cohort('b', 50, 20), ...cohort('a', 100, 50), ...cohort('c', 3, 1)])).toEqual([
      { group: 'a', people: 100, reaching: 50, ratioBps: 10_000n, isWithinFourFifths: true },
      { group: 'b', people: 50, reaching: 20, ratioBps: 8_000n, isWithinFourFifths: true },
      { group: 'c', people: 3, reaching: 1, ratioBps: 6_666n, isWithinFourFifths: false },
    ]);
  });

  it('finds all equal where nobody reaches it, and nothing of nobody', () => {
    expect(adverseImpact([...cohort('a', 2, 0), ...cohort('b', 1, 0)]).map(({ ratioBps }) => ratioBps)).toEqual([
      10_000n,
      10_000n,
    ]);
    expect(adverseImpact([])).toEqual([]);
  });
});

describe('compareModels', () => {
  const asOf = '2026-06-30';
  const events = (late: boolean): readonly ScoreEvent[] =>
    [1, 2, 3, 4, 5, 6].flatMap((month): ScoreEvent[] => {
      const [instalment, dueOn] = [`i${month}`, `2026-0${month}-05`];
      const on = late ? `2026-0${month}-08` : dueOn;
      return [
        { type: 'InstalmentDue', id: `d${month}`, instalment, ticket: 't', dueOn, amount: inr('500') },
        { type: 'InstalmentPaid', id: `p${month}`, instalment, on, amount: inr('500') },
      ];
    });
  const population: readonly Member[] = [
    { id: 'prompt', events: events(false), group: 'north' },
    { id: 'late', events: events(true), group: 'south' },
    { id: 'new', events: [] },
  ];
  const graceful = defineScoreModel('chit-history', '2', {
    effectiveFrom: '2027-01-01',
    params: { ...eventModel.params, graceDays: 3 },
  })._unsafeUnwrap();
  const models = { old: eventModel, new: graceful };
  const options = { asOf, bands: [150n, 200n], threshold: 200n };

  it('tells who moves where, the drift and what the groups make of it', () => {
    const told = compareModels(models, population, options)._unsafeUnwrap();
    expect(told).toMatchObject({
      people: 3,
      raised: 1,
      lowered: 0,
      moved: [{ id: 'late', old: 144n, new: 252n }],
      bands: [
        [1, 0, 1],
        [0, 0, 0],
        [0, 0, 1],
      ],
    });
    expect(isSameRate(told.means.old, ratio(396n, 3n)) && isSameRate(told.means.new, ratio(504n, 3n))).toBe(true);
    // (1/3) ln 2 both ways: 0.4620981…
    expect(told.drift).toEqual({ psiBps: 4_621n, smoothed: [] });
    expect(told.fairness.old.map(({ group, isWithinFourFifths }) => [group, isWithinFourFifths])).toEqual([
      ['north', true],
      ['south', false],
    ]);
    expect(told.fairness.new.every(({ isWithinFourFifths }) => isWithinFourFifths)).toBe(true);
  });

  it('finds nothing between a model and itself', () => {
    const told = compareModels({ old: eventModel, new: eventModel }, population, options)._unsafeUnwrap();
    expect(told).toMatchObject({ raised: 0, lowered: 0, moved: [], drift: { psiBps: 0n } });
  });

  it.each<[string, unknown, object, object]>([
    ['nobody', [], {}, { code: 'population_invalid', field: 'population' }],
    ['too many', Array.from({ length: 100_001 }), {}, { code: 'limit_exceeded', field: 'population' }],
    ['bands that do not rise', population, { bands: [200n, 200n] }, { code: 'population_invalid', field: 'bands' }],
    ['bands of numbers', population, { bands: [200] }, { code: 'population_invalid', field: 'bands' }],
    ['a scale that is none', population, { scale: 'x' }, { code: 'scale_unknown', field: 'scale' }],
    ['a day that is none', population, { asOf: 'x' }, { code: 'day_invalid', field: 'asOf' }],
    [
      'bad events',
      [population[0], { id: 'x', events: [null] }],
      {},
      { code: 'event_invalid', field: 'population.1.events.0' },
    ],
  ])('refuses %s', (_, people, more, expected) => {
    const refused = compareModels(models, people as Member[], { ...options, ...more })._unsafeUnwrapErr();
    expect(refused).toMatchObject(expected);
  });
});
