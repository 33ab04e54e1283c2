import { type Duration, instantAt } from '@holdfast/kernel';
import { CircuitState, ConsecutiveBreaker, CountBreaker, circuitBreaker, handleAll, type IBreaker } from 'cockatiel';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askBreaker } from './ask-breaker.ts';
import { reportResult } from './report-result.ts';
import { type BreakerSettings, breakerSettings } from './settings.ts';
import { type BreakerPermit, type BreakerResult, type BreakerState, newBreaker } from './state.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const start = Date.parse('2026-03-07T10:00:00.000Z');

type Step =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'ask' }
  | { readonly kind: 'tell'; readonly which: number; readonly result: BreakerResult };

const anyResult = fc.constantFrom<BreakerResult>('success', 'failure', 'failure', 'ignore');
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait'), seconds: fc.constantFrom(0, 1, 30, 59, 60, 61, 600, 4_000) }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('ask') }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('tell'), which: fc.nat(), result: anyResult }) },
) as fc.Arbitrary<Step>;
const anySteps = fc.array(anyStep, { maxLength: 80 });
const anySettings = fc
  .record({
    failuresInRow: fc.integer({ min: 1, max: 6 }),
    jitterBps: fc.constantFrom(0, 2_000),
    probes: fc.integer({ min: 1, max: 3 }),
  })
  .map((given) => breakerSettings(given));

/** Plays steps and shows each with the state before it and after it. */
function play(
  steps: readonly Step[],
  settings: BreakerSettings,
  see: (step: Step, before: BreakerState, after: BreakerState, told?: BreakerPermit) => void,
): BreakerState {
  let state: BreakerState = newBreaker();
  let now = start;
  const permits: BreakerPermit[] = [];
  for (const [index, step] of steps.entries()) {
    const before = state;
    const moment = { at: instantAt(now), random: (index % 10) / 10 };
    if (step.kind === 'wait') now += step.seconds * 1_000;
    if (step.kind === 'ask') {
      const asked = askBreaker(state, moment, settings);
      state = asked.state;
      if (asked.answer.permit) permits.push(asked.answer.permit);
    }
    const permit = step.kind === 'tell' ? permits[step.which % Math.max(1, permits.length)] : undefined;
    if (step.kind === 'tell' && permit) state = reportResult(state, { permit, result: step.result }, moment, settings);
    see(step, before, state, permit);
  }
  return state;
}

describe('a breaker', { timeout: 30_000 + runs.numRuns * 50 }, () => {
  it('law: whatever happens, it is closed again after one more wait and a probe that succeeds', () => {
    fc.assert(
      fc.property(anySteps, anySettings, (steps, settings) => {
        let state = play(steps, settings, () => undefined);
        let now = start + 10_000_000_000;
        for (let times = 0; times < 10 && state.phase !== 'closed'; times++) {
          const moment = { at: instantAt(now), random: 0.5 };
          const { state: next, answer } = askBreaker(state, moment, settings);
          state = answer.permit
            ? reportResult(next, { permit: answer.permit, result: 'success' }, moment, settings)
            : next;
          now += 10_000_000;
        }
        expect(state.phase).toBe('closed');
      }),
      runs,
    );
  });

  it('law: a report from an earlier generation changes nothing but what time changes by itself', () => {
    fc.assert(
      fc.property(anySteps, anySettings, (steps, settings) => {
        play(steps, settings, (step, before, after, told) => {
          if (step.kind !== 'tell' || !told || told.generation >= before.generation) return;
          const opensByTime = before.phase === 'half_open' && after.phase === 'open';
          if (!opensByTime) expect(after).toEqual(before);
        });
      }),
      runs,
    );
  });

  it('law: while it is not closed, at most one permit is out, and none while it is open', () => {
    fc.assert(
      fc.property(anySteps, anySettings, (steps, settings) => {
        let out = 0;
        play(steps, settings, (step, before, after, told) => {
          if (before.generation !== after.generation) out = 0;
          if (step.kind === 'ask' && after.phase === 'half_open' && before !== after && after.probe) {
            if (before.phase !== 'half_open' || before.granted !== after.granted) out += 1;
          }
          if (step.kind === 'tell' && told && before.phase === 'half_open' && after.phase === 'half_open') {
            if (before.probe && !after.probe) out -= 1;
          }
          expect(out).toBeLessThanOrEqual(1);
          if (after.phase === 'half_open') expect(out).toBe(after.probe ? 1 : 0);
        });
      }),
      runs,
    );
  });

  it('law: generations only grow, the state stays plain data, and it is open no longer than its settings say', () => {
    fc.assert(
      fc.property(anySteps, anySettings, (steps, settings) => {
        let now = start;
        play(steps, settings, (step, before, after) => {
          if (step.kind === 'wait') now += step.seconds * 1_000;
          expect(after.generation).toBeGreaterThanOrEqual(before.generation);
          expect(JSON.parse(JSON.stringify(after))).toEqual(after);
          if (after.phase === 'open') expect(Date.parse(after.openUntil as string) - now).toBeLessThanOrEqual(720_000);
          if (after.phase === 'closed') expect(after.recent.length).toBeLessThanOrEqual(20);
        });
      }),
      runs,
    );
  });
});

/** Calls one after the other, as cockatiel judges them: waits in seconds, and whether the call fails. */
const anyCalls = fc.array(fc.tuple(fc.constantFrom(0, 0, 0, 1, 30, 59, 60, 61), fc.boolean()), { maxLength: 60 });
const never = { size: 1_000, least: 1_000, failureBps: 10_000 };
const minute: Duration = { ms: 60_000 };
const alike = { jitterBps: 0, openFor: minute, openAtMost: minute, remember: { ms: 86_400_000 } };

/** What came of each call: it was let through (`S`, `F`) or refused (`-`); and whether the breaker ended open. */
async function cockatielTrace(calls: readonly (readonly [number, boolean])[], breaker: IBreaker) {
  let now = start;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
  const policy = circuitBreaker(handleAll, { halfOpenAfter: minute.ms, breaker });
  let trace = '';
  for (const [seconds, fails] of calls) {
    now += seconds * 1_000;
    let called = false;
    const call = policy.execute(() => {
      called = true;
      if (fails) throw new Error('failed');
    });
    await call.catch(() => undefined);
    trace += `${called ? (fails ? 'F' : 'S') : '-'}${policy.state === CircuitState.Open ? 'o' : 'c'}`;
  }
  return trace;
}

function ourTrace(calls: readonly (readonly [number, boolean])[], settings: BreakerSettings): string {
  let state: BreakerState = newBreaker();
  let now = start;
  let trace = '';
  for (const [seconds, fails] of calls) {
    now += seconds * 1_000;
    const moment = { at: instantAt(now), random: 0.5 };
    const asked = askBreaker(state, moment, settings);
    state = asked.state;
    const { permit } = asked.answer;
    if (permit) state = reportResult(state, { permit, result: fails ? 'failure' : 'success' }, moment, settings);
    trace += `${permit ? (fails ? 'F' : 'S') : '-'}${state.phase === 'open' ? 'o' : 'c'}`;
  }
  return trace;
}

describe('a breaker beside that of cockatiel', { timeout: 30_000 + runs.numRuns * 50 }, () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('law: calls one after the other are let through and refused alike, for failures in a row', async () => {
    await fc.assert(
      fc.asyncProperty(anyCalls, fc.integer({ min: 1, max: 6 }), async (calls, failuresInRow) => {
        const theirs = await cockatielTrace(calls, new ConsecutiveBreaker(failuresInRow));
        expect(ourTrace(calls, breakerSettings({ ...alike, failuresInRow, window: never }))).toBe(theirs);
      }),
      runs,
    );
  });

  it('law: and for a rate of failures, until it closes again: there cockatiel counts the probe and ours begins anew', async () => {
    const window = { size: 20, least: 10, failureBps: 5_000 };
    await fc.assert(
      fc.asyncProperty(anyCalls, async (calls) => {
        // Theirs opens above the threshold and ours at it: no rate of at most 20 calls lies between the two.
        const breaker = new CountBreaker({ threshold: 0.499_9, size: 20, minimumNumberOfCalls: 10 });
        const theirs = await cockatielTrace(calls, breaker);
        const ours = ourTrace(calls, breakerSettings({ ...alike, failuresInRow: 1_000, window }));
        const closes = /o(?:-o)*Sc/.exec(ours);
        const until = closes ? closes.index + closes[0].length : ours.length;
        expect(ours.slice(0, until)).toBe(theirs.slice(0, until));
      }),
      runs,
    );
  });
});
