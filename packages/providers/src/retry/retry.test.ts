import { hours, minutes } from '@holdfast/kernel';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubmitOutcome } from '../port/outcome.ts';
import { type Backoff, exponentialBackoff, fixedBackoff, noBackoff } from './backoff.ts';
import { nextRetry, retryPolicy } from './next-retry.ts';
import { readRetryAfter } from './read-retry-after.ts';
import { whoRetries } from './who-retries.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const at = '2026-03-07T10:00:00.000Z';
const exponential = exponentialBackoff({ base: { ms: 1_000 }, most: { ms: 10_000 } });

function waits(backoff: Backoff, random: number, retryAt?: string): (number | string)[] {
  const policy = retryPolicy({ retries: 5, backoff });
  return [1, 2, 3, 4, 5, 6].map((failures) => {
    const next = nextRetry(policy, { at, failures, random, ...(retryAt === undefined ? {} : { retryAt }) });
    return next === 'spent' ? next : Date.parse(next.dueAt) - Date.parse(at);
  });
}

describe('a back-off', () => {
  it('doubles up to its most, all of it by chance', () => {
    expect(waits(exponential, 0.999_999)).toEqual([999, 1_999, 3_999, 7_999, 9_999, 'spent']);
    expect(waits(exponential, 0.5)).toEqual([500, 1_000, 2_000, 4_000, 5_000, 'spent']);
    expect(waits(exponential, 0)).toEqual([0, 0, 0, 0, 0, 'spent']);
  });

  it('is fixed, or none', () => {
    expect(waits(fixedBackoff(minutes(1)), 0.7)).toEqual([60_000, 60_000, 60_000, 60_000, 60_000, 'spent']);
    expect(waits(noBackoff, 0.7)).toEqual([0, 0, 0, 0, 0, 'spent']);
  });

  it('gives way to what the other side asks for, where that is later', () => {
    expect(waits(exponential, 0.5, '2026-03-07T10:00:03.000Z')).toEqual([3_000, 3_000, 3_000, 4_000, 5_000, 'spent']);
  });

  it('law: a wait is never below zero, never above its most, and never before what was asked for', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), chance, fc.nat({ max: 20_000 }), (failures, random, askedMs) => {
        const retryAt = new Date(Date.parse(at) + askedMs).toISOString();
        const next = nextRetry(retryPolicy({ retries: 100, backoff: exponential }), { at, failures, random, retryAt });
        if (next === 'spent') throw new Error('spent too early');
        const ms = Date.parse(next.dueAt) - Date.parse(at);
        expect(ms).toBeGreaterThanOrEqual(askedMs);
        expect(ms).toBeLessThanOrEqual(Math.max(askedMs, 10_000));
      }),
      runs,
    );
  });

  it.each<[string, () => unknown]>([
    ['no base', () => exponentialBackoff({ base: { ms: 0 }, most: { ms: 1 } })],
    ['a base below zero', () => exponentialBackoff({ base: { ms: -1_000 }, most: { ms: 1_000 } })],
    ['a most below the base', () => exponentialBackoff({ base: { ms: 2 }, most: { ms: 1 } })],
    ['a base that is no number', () => exponentialBackoff({ base: { ms: Number.NaN }, most: { ms: 1 } })],
    ['more than a week', () => fixedBackoff({ ms: 604_800_001 })],
    ['half a millisecond', () => fixedBackoff({ ms: 0.5 })],
    ['endless retries', () => retryPolicy({ retries: Number.POSITIVE_INFINITY, backoff: noBackoff })],
    ['fewer than no retries', () => retryPolicy({ retries: -1, backoff: noBackoff })],
  ])('is refused with %s', (_, make) => {
    expect(make).toThrow(/back-off|retries/);
  });
});

describe('Retry-After', () => {
  it.each<[unknown, string | undefined]>([
    ['120', '2026-03-07T10:02:00.000Z'],
    [' 1 ', '2026-03-07T10:00:01.000Z'],
    ['Sat, 07 Mar 2026 10:00:30 GMT', '2026-03-07T10:00:30.000Z'],
    ['999999999', '2026-03-08T10:00:00.000Z'],
    ['99999999999', '2026-03-08T10:00:00.000Z'],
    ['Sat, 07 Mar 2037 10:00:30 GMT', '2026-03-08T10:00:00.000Z'],
    ['Sun, 07 Mar 2026 10:00:30 GMT', undefined],
    ['Sat, 07 Mar 2026 09:59:59 GMT', undefined],
    ['Mon, 30 Feb 2026 10:00:00 GMT', undefined],
    ['0', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
    [120, undefined],
    [['120'], undefined],
  ])('%j means %s', (header, instant) => {
    expect(readRetryAfter(header, at)).toBe(instant);
  });

  it('is cut to what the caller believes', () => {
    expect(readRetryAfter('7200', at, hours(1))).toBe('2026-03-07T11:00:00.000Z');
  });
});

describe('who sends again', () => {
  const rejected = { outcome: 'rejected', code: 'x', replayed: false } as const;
  const unknown = { outcome: 'unknown', detail: '' } as const;
  it.each<[string, SubmitOutcome, string]>([
    ['a name that is not found', { outcome: 'not_sent', reason: 'name_not_found' }, 'in_process'],
    ['a refused connection', { outcome: 'not_sent', reason: 'connection_refused' }, 'in_process'],
    ['a failed handshake', { outcome: 'not_sent', reason: 'handshake_failed' }, 'in_process'],
    ['a full bulkhead', { outcome: 'not_sent', reason: 'bulkhead_full' }, 'in_process'],
    ['an open breaker', { outcome: 'not_sent', reason: 'breaker_open' }, 'scheduler'],
    ['a caller that gave up', { outcome: 'not_sent', reason: 'given_up' }, 'scheduler'],
    ['a provider that cannot', { outcome: 'not_sent', reason: 'not_capable' }, 'nobody'],
    ['a key in use', { ...unknown, reason: 'key_in_use' }, 'in_process'],
    ['a silence', { ...unknown, reason: 'silence' }, 'scheduler'],
    ['a 5xx', { ...unknown, reason: 'server_error' }, 'scheduler'],
    ['an unreadable success', { ...unknown, reason: 'unreadable' }, 'scheduler'],
    ['a throttle', { ...rejected, advice: 'retry_later', kept: false }, 'in_process'],
    ['a stored no that may pass', { ...rejected, advice: 'retry_later', kept: true }, 'scheduler'],
    ['a short balance', { ...rejected, advice: 'fund_platform', kept: true }, 'scheduler'],
    ['refused credentials', { ...rejected, advice: 'close_provider', kept: false }, 'scheduler'],
    ['a no for good', { ...rejected, advice: 'stop', kept: true }, 'nobody'],
    ['a conflict', { outcome: 'conflict', field: 'amount', expected: '1', got: '2' }, 'nobody'],
  ])('after %s: %s', (_, outcome, who) => {
    expect(whoRetries(outcome)).toBe(who);
  });
});
