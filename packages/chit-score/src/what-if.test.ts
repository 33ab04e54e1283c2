import { describe, expect, it } from 'vitest';
import { asOf, due, prized, profile, scored, whole, year } from '../test/members.ts';
import { eventModel, explainScore, nextActions, type ScoreEvent, whatIf } from './index.ts';

describe('explainScore', () => {
  it('tells four reasons, what the others come to, and two strengths', () => {
    const told = explainScore(scored([...year({ 12: undefined }), ...profile('name')]));
    expect(told.principal.map(({ code }) => code)).toEqual(['SP01', 'SP02', 'KY01', 'KY02']);
    const { lost } = scored([...year({ 12: undefined }), ...profile('name')]);
    expect(told.principal.reduce((sum, { points }) => sum + points, told.others)).toBe(lost);
    expect(explainScore(scored(whole)).strengths.map(({ code }) => code)).toEqual(['GD01', 'GD03']);
    expect(explainScore(scored(whole)).sentences).toEqual([
      'SP01 The time in schemes is short: 135 points lost.',
      'SP02 Few schemes are completed: 135 points lost.',
      'GD01 Instalments are paid on time: 360 points earned.',
      'GD03 The documents are verified: 180 points earned.',
    ]);
  });
});

describe('whatIf and nextActions', () => {
  it('tells what paying what is overdue gains: a cap is lifted at once, and a fall is stopped', () => {
    const schemes = ['s1', 's2', 's3'].flatMap((scheme): ScoreEvent[] => [
      { type: 'SchemeCommenced', id: `${scheme}-in`, scheme, on: '2023-01-01' },
      { type: 'SchemeCompleted', id: `${scheme}-out`, scheme, on: '2025-12-31' },
    ]);
    const open = [...whole.filter(({ id }) => id !== 'p11' && id !== 'p12'), ...schemes, prized(due(10))];
    expect(scored(open)).toMatchObject({ before: 803n, score: 550n });
    const [first, ...others] = nextActions(eventModel, open, { asOf, laterOn: '2027-03-31' })._unsafeUnwrap();
    expect(first).toMatchObject({
      help: { action: 'pay_overdue', about: ['i11', 'i12'] },
      gain: 253n,
      laterGain: 253n,
    });
    expect(others.map(({ help, gain }) => [help.about, gain])).toEqual([[['i11'], 253n]]);
    expect(nextActions(eventModel, open, { asOf, laterOn: 'soon' })._unsafeUnwrapErr()).toMatchObject({
      code: 'day_invalid',
      field: 'laterOn',
    });
  });

  it('tells what missing the next one loses', () => {
    const eleven = whole.filter(({ id }) => id !== 'd12' && id !== 'p12');
    const missed = year({ 12: undefined }).slice(-1);
    const { before, after, gain } = whatIf(eventModel, eleven, missed, { asOf })._unsafeUnwrap();
    expect([before.score, after.score, gain]).toEqual([612n, 610n, -2n]);
  });

  it('offers each document and field that is missing, and what it gains is what it then is', () => {
    const start = year();
    const actions = nextActions(eventModel, start, { asOf })._unsafeUnwrap();
    expect(actions.map(({ help }) => help.action).sort()).toEqual([
      ...Array.from({ length: 2 }, () => 'verify_document'),
      ...Array.from({ length: 7 }, () => 'verify_field'),
    ]);
    for (const { events, gain } of actions)
      expect(scored([...start, ...events]).score).toBe(scored(start).score + gain);
    expect(nextActions(eventModel, whole, { asOf })._unsafeUnwrap()).toEqual([]);
  });
});
