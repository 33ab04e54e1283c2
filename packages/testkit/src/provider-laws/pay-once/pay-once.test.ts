import { describe, expect, it } from 'vitest';
import { playPayOnce } from './play-pay-once.ts';
import { allRules, honestProviders, rowsOfRules } from './rules.ts';
import { runPayOnce } from './run-pay-once.ts';

// Some thousands; the script pay-once.ts in this package's scripts plays tens of thousands of each row.
const histories = Number(process.env.HOLDFAST_RUNS ?? '3000');
const TIMEOUT_MS = 60_000 + histories * 50;

describe('one obligation, two workers and a rough provider', () => {
  it('law: with all rules nothing is paid twice, and the book knows what the provider did', {
    timeout: TIMEOUT_MS,
  }, () => {
    const count = runPayOnce(allRules, { histories });
    expect(count).toMatchObject({ histories, paidTwice: 0, untold: 0 });
    expect(count.paidOnce).toBeGreaterThan(histories * 0.9);
    // Whatever was not paid waits for somebody.
    expect(count.paidOnce + count.leftToOperator).toBeGreaterThanOrEqual(histories);
  });

  const removed = rowsOfRules.filter(({ rules }) => rules !== allRules);
  it.each(removed)('pays twice with $name', { timeout: TIMEOUT_MS }, ({ rules }) => {
    expect(runPayOnce(rules, { histories: 5_000, stopsAtTwice: true }).paidTwice).toBe(1);
  });

  it.each(honestProviders)('law: nothing is paid twice with $name', { timeout: TIMEOUT_MS }, ({ rules }) => {
    const count = runPayOnce(rules, { histories: Math.ceil(histories / 10) });
    expect(count).toMatchObject({ paidTwice: 0, untold: 0 });
  });

  it('plays the same history for the same seed', () => {
    const [one, other] = [playPayOnce(12, allRules, true), playPayOnce(12, allRules, true)];
    expect(one.story.length).toBeGreaterThan(3);
    expect(other).toEqual(one);
  });
});
