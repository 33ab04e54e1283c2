import { addDuration, hours, type Instant, minutes } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import type { SubmitOutcome } from '../port/outcome.ts';
import { sampleAttempt, sampleObservation } from '../testing/sample-attempt.ts';
import { applyAbsence } from './apply-absence.ts';
import { applyObservation } from './apply-observation.ts';
import { applyOutcome } from './apply-outcome.ts';
import type { Attempt } from './attempt.ts';
import { decodeAttempt, encodeAttempt } from './codec.ts';
import { nextLookup } from './next-lookup.ts';

const t0: Instant = '2026-03-07T10:00:00.000Z';
const after = (ms: number): Instant => addDuration(t0, { ms });
const unknown = (reason: 'silence' | 'server_error'): Attempt => {
  const outcome: SubmitOutcome = { outcome: 'unknown', reason, detail: '' };
  return applyOutcome(sampleAttempt(t0), { send: 1, outcome }, t0).attempt;
};

/** The instants at which an attempt is looked up and nothing is found, in minutes from the start. */
function lookups(start: Attempt, count: number): readonly number[] {
  const found: number[] = [];
  let attempt = start;
  for (let nth = 0; nth < count; nth++) {
    const at = nextLookup(attempt);
    if (at === undefined) break;
    found.push((Date.parse(at) - Date.parse(t0)) / minutes(1).ms);
    attempt = applyAbsence(attempt, { lookedAt: at, conclusive: true }, at).attempt;
  }
  return found;
}

describe('nextLookup', () => {
  it('looks after a minute, then after twice as long each time, and every six hours at least', () => {
    const instants = lookups(unknown('silence'), 12);
    const pauses = instants.map((at, index) => at - (instants[index - 1] ?? 0));
    expect(pauses.slice(0, 9)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    expect(pauses.slice(9, 11)).toEqual([360, 360]);
  });

  it('looks on while an operator is awaited', () => {
    const silent = unknown('silence');
    const old = applyAbsence(silent, { lookedAt: after(hours(30).ms), conclusive: true }, after(hours(30).ms)).attempt;
    expect(old.state.status).toBe('waiting');
    expect(nextLookup(old)).toBe(after(hours(30).ms + minutes(2).ms));
  });

  it('looks at the end of the repair horizon after a 5xx, and is then done', () => {
    const instants = lookups(unknown('server_error'), 30);
    expect(instants.at(-1)).toBe(24 * 60);
  });

  it('has nothing to look up where nothing is open', () => {
    const sending = sampleAttempt(t0);
    expect(nextLookup(sending)).toBeUndefined();
    expect(nextLookup(applyObservation(sending, sampleObservation(sending), t0).attempt)).toBeUndefined();
  });
});

describe('decodeAttempt', () => {
  it('does not read a form that it does not know', () => {
    const json = encodeAttempt(sampleAttempt(t0)) as { readonly [field: string]: never };
    expect(() => decodeAttempt({ ...json, version: 2 })).toThrow('form 2');
  });
});
