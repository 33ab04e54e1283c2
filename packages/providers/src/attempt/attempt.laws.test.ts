import { addDuration, hours, type Instant } from '@holdfast/kernel';
import { eur, type Money, money } from '@holdfast/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservedReturn, ObservedStatus } from '../port/observation.ts';
import type { SubmitOutcome } from '../port/outcome.ts';
import { cents, sampleAttempt, sampleObservation } from '../testing/sample-attempt.ts';
import { applyAbsence } from './apply-absence.ts';
import { applyObservation } from './apply-observation.ts';
import { applyOutcome } from './apply-outcome.ts';
import { assertAbsent } from './assert-absent.ts';
import { assertPaid } from './assert-paid.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptPosting, AttemptStep } from './attempt-step.ts';
import { decodeAttempt, encodeAttempt } from './codec.ts';
import { driveAgain } from './drive-again.ts';
import { inTransit } from './postings-between.ts';
import { presumeSilence } from './presume-silence.ts';
import { sendAgain } from './send-again.ts';
import { openGate } from './sending-gate.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? '200') };
const TIMEOUT_MS = 30_000 + runs.numRuns * 100;
const t0: Instant = '2026-03-07T10:00:00.000Z';
const after = (count: number): Instant => addDuration(t0, hours(count));
const gate = openGate({ provider: 'sample', account: 'acct_platform', mode: 'simulated' });

type Place = 'owed' | 'transit' | 'provider' | 'suspense' | 'debts' | 'expense';
type Balances = Record<string, bigint>;

const routes: { readonly [Kind in AttemptPosting['kind']]: readonly [from: Place, to: Place] } = {
  to_transit: ['owed', 'transit'],
  back_to_owed: ['transit', 'owed'],
  paid: ['transit', 'provider'],
  excess: ['suspense', 'provider'],
  returned: ['provider', 'owed'],
  returned_excess: ['provider', 'suspense'],
  fee: ['provider', 'expense'],
};

function post(balances: Balances, postings: readonly AttemptPosting[]): void {
  for (const { kind, amount } of postings) {
    expect(amount.minor).toBeGreaterThan(0n);
    const [from, to] = routes[kind];
    const code = amount.currency.code;
    balances[`${from} ${code}`] = (balances[`${from} ${code}`] ?? 0n) - amount.minor;
    balances[`${to} ${code}`] = (balances[`${to} ${code}`] ?? 0n) + amount.minor;
  }
}

interface Seen {
  readonly object: string;
  readonly status: ObservedStatus;
  readonly amount: Money;
  readonly destination: string;
  readonly returns: readonly ObservedReturn[];
  readonly fee: Money | undefined;
}

const returned: readonly ObservedReturn[] = [
  { id: 'trr_1', amount: cents(1000), at: after(1) },
  { id: 'trr_2', amount: cents(6500), at: after(2), reference: 'debt-3' },
  { id: 'trr_3', amount: cents(1), at: after(3) },
];

/** An object of the provider has one amount and destination; what is told of it grows and comes in any order. */
const seen: fc.Arbitrary<Seen> = fc.record({
  object: fc.constantFrom('tr_1', 'tr_1', 'tr_1', 'tr_2'),
  status: fc.constantFrom(
    'pending',
    'action_required',
    'succeeded',
    'succeeded',
    'failed',
    'cancelled',
    'unrecognised',
  ),
  amount: fc.constant(cents(7500)),
  destination: fc.constantFrom('acct_ann', 'acct_ann', 'acct_ann', 'acct_bob'),
  returns: fc.subarray([...returned]),
  fee: fc.constantFrom(undefined, cents(25), cents(30)),
});
/** A provider that changes its mind even about the amount. */
const wild = fc
  .tuple(seen, fc.constantFrom(cents(7500), cents(7400), cents(7600), money(7500n, eur)))
  .map(([one, amount]): Seen => ({ ...one, amount, returns: [] }));

function observe(attempt: Attempt, { fee, ...rest }: Seen): AttemptStep {
  const changed = fee === undefined ? rest : { ...rest, fee };
  return applyObservation(attempt, sampleObservation(attempt, changed), after(5));
}

function play(attempt: Attempt, sights: readonly Seen[]) {
  const balances: Balances = {};
  let now = attempt;
  for (const sight of sights) {
    const step = observe(now, sight);
    post(balances, step.postings);
    now = step.attempt;
  }
  return {
    objects: now.objects,
    state: now.state,
    balances: Object.entries(balances)
      .filter(([, sum]) => sum !== 0n)
      .sort(),
  };
}

/** The same sights in another order, each once more at least. */
const shuffled = (one: fc.Arbitrary<Seen>) =>
  fc
    .array(one, { minLength: 1, maxLength: 6 })
    .chain((sights) =>
      fc.tuple(fc.constant(sights), fc.shuffledSubarray([...sights, ...sights], { minLength: sights.length * 2 })),
    );

describe.each([
  ['a transfer', {}],
  ['a success that may be taken back', { revocableFor: hours(120) }],
] as const)('observations of %s', (_name, power) => {
  it('law: in any order and however often, the same observations leave the same state and the same money', {
    timeout: TIMEOUT_MS,
  }, () => {
    for (const kind of [seen, wild]) {
      fc.assert(
        fc.property(shuffled(kind), ([once, twice]) => {
          const attempt = sampleAttempt(t0, power);
          expect(play(attempt, twice)).toEqual(play(attempt, once));
        }),
        runs,
      );
    }
  });
});

type Event =
  | { readonly kind: 'outcome'; readonly send: number; readonly outcome: SubmitOutcome }
  | { readonly kind: 'seen'; readonly seen: Seen }
  | { readonly kind: 'absent'; readonly conclusive: boolean }
  | { readonly kind: 'presume' | 'again' | 'assert_paid' | 'assert_absent' | 'drive' };

const outcomes: readonly SubmitOutcome[] = [
  { outcome: 'unknown', reason: 'silence', detail: '' },
  { outcome: 'unknown', reason: 'server_error', detail: '' },
  { outcome: 'unknown', reason: 'key_in_use', detail: '' },
  { outcome: 'not_sent', reason: 'connection_refused' },
  { outcome: 'rejected', code: '429', advice: 'retry_later', kept: false, replayed: false },
  { outcome: 'rejected', code: '400', advice: 'stop', kept: false, replayed: false },
  { outcome: 'rejected', code: 'no', advice: 'retry_later', kept: true, replayed: false },
  { outcome: 'rejected', code: 'no', advice: 'retry_later', kept: true, replayed: true },
  { outcome: 'rejected', code: 'bad', advice: 'fix_destination', kept: true, replayed: false },
  { outcome: 'conflict', field: 'key', expected: 'a', got: 'b' },
];
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('outcome'),
      send: fc.integer({ min: 1, max: 3 }),
      outcome: fc.constantFrom(...outcomes),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('seen'), seen }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('absent'), conclusive: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('presume', 'again', 'again', 'assert_paid', 'assert_absent', 'drive'),
    }),
  },
);
/** Events with the hours that pass before each. */
const history = fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), event), { maxLength: 12 });

function take(attempt: Attempt, happened: Event, at: Instant): AttemptStep | undefined {
  switch (happened.kind) {
    case 'outcome':
      // Of a send that was never stored nobody reports here.
      return happened.send > attempt.sends.length ? undefined : applyOutcome(attempt, happened, at);
    case 'seen':
      return observe(attempt, happened.seen);
    case 'absent':
      return applyAbsence(attempt, { lookedAt: at, conclusive: happened.conclusive }, at);
    case 'presume':
      return presumeSilence(attempt, at, at);
    case 'again':
      return sendAgain(attempt, { gate, eligible: true }, at).unwrapOr(undefined);
    case 'assert_paid':
      return assertPaid(attempt, 'tr_1', at).unwrapOr(undefined);
    case 'assert_absent':
      return assertAbsent(attempt, 'a letter', at).unwrapOr(undefined);
    case 'drive':
      return driveAgain(attempt, at).unwrapOr(undefined);
  }
}

function walk(
  steps: readonly (readonly [number, Event])[],
  look: (step: AttemptStep, before: Attempt, at: Instant) => void,
): void {
  let attempt = sampleAttempt(t0);
  let passed = 0;
  for (const [pause, happened] of steps) {
    passed += pause;
    const step = take(attempt, happened, after(passed));
    if (!step) continue;
    look(step, attempt, after(passed));
    attempt = step.attempt;
  }
}

describe('any history of an attempt', () => {
  it('law: what was posted leaves in transit what the attempt says, and nothing where it is not open', {
    timeout: TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(history, (steps) => {
        const balances: Balances = { 'owed USD': 0n, 'transit USD': 7500n };
        walk(steps, ({ attempt, postings }) => {
          post(balances, postings);
          const { status } = attempt.state;
          expect(balances['transit USD']).toBe(inTransit(attempt).minor);
          if (['sending', 'unknown', 'waiting'].includes(status)) expect(inTransit(attempt).minor).toBe(7500n);
          else if (status !== 'conflict') expect(inTransit(attempt).minor).toBe(0n);
        });
      }),
      runs,
    );
  });

  it('law: a key advances only on a kept no, strong absence a day after a 5xx, or the word of an operator', {
    timeout: TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(history, (steps) => {
        walk(steps, ({ attempt, keyAdvances }) => {
          if (!keyAdvances) return;
          const { sends, lookups, resolution, objects } = attempt;
          const open = sends.filter(({ answer }) => !answer || /silence|server_error/.test(answer.kind));
          const no = sends.some(({ answer }) => answer?.kind === 'stored_no' && (answer.replayed || open.length === 0));
          const heard =
            open
              .map(({ at, answeredAt }) => answeredAt ?? at)
              .sort()
              .at(-1) ?? t0;
          const broken = sends.some(({ answer }) => answer?.kind === 'server_error');
          const gone = lookups.absentAt !== undefined && lookups.absentAt >= addDuration(heard, hours(24));
          const failed = objects.length > 0 && objects.every((one) => one.failed && !one.succeeded);
          expect((no && !broken) || (broken && gone) || resolution !== undefined || failed).toBe(true);
        });
      }),
      runs,
    );
  });

  it('law: the same key is sent again only while it is young, and never after a 5xx, a kept no or an end', {
    timeout: TIMEOUT_MS,
  }, () => {
    fc.assert(
      fc.property(history, (steps) => {
        walk(steps, ({ attempt }, before, at) => {
          if (attempt.sends.length === before.sends.length) return;
          const kinds = before.sends.map(({ answer }) => answer?.kind);
          expect(kinds).not.toContain('server_error');
          expect(kinds).not.toContain('conflict');
          expect(kinds).not.toContain(undefined);
          if (kinds.some((kind) => kind === 'silence' || kind === 'presumed_silence')) {
            expect(at < addDuration(before.intentAt, hours(23))).toBe(true);
          }
          expect([attempt.key, attempt.body]).toEqual([before.key, before.body]);
        });
      }),
      runs,
    );
  });

  it('law: an attempt is read back as it was written', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(history, (steps) => {
        walk(steps, ({ attempt }) => {
          const json = encodeAttempt(attempt);
          expect(decodeAttempt(JSON.parse(JSON.stringify(json)))).toEqual(attempt);
        });
      }),
      runs,
    );
  });
});
