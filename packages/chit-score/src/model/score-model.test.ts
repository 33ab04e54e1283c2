import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asOf, scored, whole, year } from '../../test/members.ts';
import {
  defineScoreModel,
  eventModel,
  modelAt,
  parseScoreModel,
  replayScore,
  type ScoreEvent,
  type ScoreParameters,
  scoreModelToText,
  scoreToText,
} from '../index.ts';

describe('a model', () => {
  const define = (params: object) =>
    defineScoreModel('own', '1', {
      effectiveFrom: asOf,
      params: { ...eventModel.params, ...params } as ScoreParameters,
    });

  it('has a hash that its parameters make, and cannot be changed', () => {
    expect(eventModel.hash).toBe('b0caa4695022bd08cddfa8c60f7b3847363e605338aa6e8e7cfc2d77ae2ffdad');
    expect(define({})._unsafeUnwrap().hash).not.toBe(define({ graceDays: 3 })._unsafeUnwrap().hash);
    expect([eventModel, eventModel.params, eventModel.params.severities[0]].every(Object.isFrozen)).toBe(true);
  });

  it.each<[string, object]>([
    ['params.scale', { scale: 'none' }],
    ['params.weights', { weights: { ...eventModel.params.weights, paymentHistory: 4_001n } }],
    ['params.weights', { weights: { ...eventModel.params.weights, paymentHistory: 0.4 } }],
    ['params.tenure.bps', { completedBps: 4_999n }],
    ['params.tenure.months', { tenure: { months: 0, bps: 5_000n } }],
    ['params.slots', { slots: [] }],
    ['params.slots', { slots: eventModel.params.slots.map((slot) => ({ ...slot, kinds: ['PAN'] })) }],
    ['params.profileFields', { profileFields: [] }],
    ['params.graceDays', { graceDays: 1.5 }],
    ['params.recentMonths', { recentMonths: -1 }],
    ['params.severities', { severities: [] }],
    [
      'params.severities',
      {
        severities: [
          { upToDays: 0, bps: 10_000n },
          { upToDays: 7, bps: 10_001n },
        ],
      },
    ],
    ['params.recency', { recency: { num: 19n, den: 18n } }],
    ['params.recency', { recency: { num: 0n, den: 18n } }],
    ['params.prizedExposure', { prizedExposure: 0n }],
    ['params.shortRecord.base', { shortRecord: { base: -1n, perOnTime: 0n } }],
    ['params.shortRecord.perOnTime', { shortRecord: { base: 0n, perOnTime: 5 } }],
    ['params.caps.0.part', { caps: [{ ...eventModel.params.caps[0], part: 901n }] }],
    ['params.caps.0.when', { caps: [{ ...eventModel.params.caps[0], when: 'never' }] }],
    ['params.leastInstalments', { leastInstalments: Number.NaN }],
    ['params.strengthBps', { strengthBps: 1 }],
    ['params', { slots: null }],
  ])('is refused for %s', (field, params) => {
    const refused = define(params)._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'config_invalid', field });
    expect(refused.problems.length).toBeGreaterThan(0);
  });

  it('tells all problems at once', () => {
    const both = defineScoreModel('', '1', { effectiveFrom: 'now', params: eventModel.params })._unsafeUnwrapErr();
    expect(both.problems.map((problem) => problem.split(':')[0])).toEqual(['id', 'effectiveFrom']);
  });

  it('replays a kept score, and names what differs', () => {
    const kept = scored(whole);
    expect(replayScore(kept, eventModel, [...whole].reverse())._unsafeUnwrap()).toBe(kept);
    const later: ScoreEvent = { type: 'SchemeCompleted', id: 'later', scheme: 's', on: '2027-01-01' };
    expect(replayScore(kept, eventModel, [...whole, later]).isOk()).toBe(true);
    expect(replayScore({ ...kept, score: 631n }, eventModel, whole)._unsafeUnwrapErr()).toMatchObject({
      code: 'score_differs',
      part: 'score',
      kept: '"631"',
      replayed: '"630"',
    });
    expect(replayScore(kept, eventModel, year())._unsafeUnwrapErr()).toMatchObject({ part: 'inputsHash' });
    const other = define({})._unsafeUnwrap();
    expect(replayScore(kept, other, whole)._unsafeUnwrapErr()).toMatchObject({ code: 'model_mismatch' });
  });

  it('gives the same bytes for ever', () => {
    const text = scoreToText(scored(year({ 4: '2026-04-20' })));
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '7fa7f796892da910e86c62b87d3d04667b0e1e8d28844d100b09a7b90e69b527',
    );
  });
});

describe('a model that is kept as text', () => {
  it('is read again as the same model, and scores the same', () => {
    const read = parseScoreModel(scoreModelToText(eventModel))._unsafeUnwrap();
    expect(read).toEqual(eventModel);
    expect(replayScore(scored(whole), read, whole).isOk()).toBe(true);
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', 'model'],
    ['no object', '"model"', 'model'],
    ['a ceiling that was changed', scoreModelToText(eventModel).replace('"base":"4000"', '"base":"4001"'), 'hash'],
    [
      'weights that make no whole',
      scoreModelToText(eventModel).replace('"paymentHistory":"4000"', '"paymentHistory":"4001"'),
      'params.weights',
    ],
    ['a hash of other parameters', scoreModelToText(eventModel).replace('"graceDays":0', '"graceDays":1'), 'hash'],
    ['a fraction', scoreModelToText(eventModel).replace('"7500"', '7500.5'), 'params.severities'],
  ])('is refused for %s', (_, text, field) => {
    const refused = parseScoreModel(text)._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'config_invalid', field });
  });
});

describe('modelAt', () => {
  const version = (name: string, effectiveFrom: string) =>
    defineScoreModel('own', name, { effectiveFrom, params: eventModel.params })._unsafeUnwrap();
  const models = [version('2', '2026-07-01'), version('1', '2026-01-01'), version('3', '2027-01-01')];

  it.each([
    ['2026-01-01', '1'],
    ['2026-06-30', '1'],
    ['2026-07-01', '2'],
    ['2030-01-01', '3'],
  ])('on %s is version %s', (day, name) => {
    expect(modelAt(models, 'own', day)._unsafeUnwrap().version).toBe(name);
  });

  it('refuses a day before the first version, another model, and what is no day', () => {
    expect(modelAt(models, 'own', '2025-12-31')._unsafeUnwrapErr()).toMatchObject({ code: 'model_unknown' });
    expect(modelAt(models, 'other', '2026-12-31')._unsafeUnwrapErr()).toMatchObject({ code: 'model_unknown' });
    expect(modelAt(models, 'own', 'today')._unsafeUnwrapErr()).toMatchObject({ code: 'day_invalid', field: 'day' });
  });
});
