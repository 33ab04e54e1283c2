import { addDuration, days, hours, type Instant, minutes } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../port/observation.ts';
import type { Rejected, SubmitOutcome } from '../port/outcome.ts';
import { cents, sampleAttempt, sampleObservation, samplePlan, samplePower } from '../testing/sample-attempt.ts';
import { adoptAttempt } from './adopt-attempt.ts';
import { applyAbsence } from './apply-absence.ts';
import { applyLookup } from './apply-lookup.ts';
import { applyObservation } from './apply-observation.ts';
import { applyOutcome } from './apply-outcome.ts';
import { assertAbsent } from './assert-absent.ts';
import { assertPaid } from './assert-paid.ts';
import type { Attempt } from './attempt.ts';
import { driveAgain } from './drive-again.ts';
import { mayResend } from './may-resend.ts';
import { presumeSilence } from './presume-silence.ts';
import { sendAgain } from './send-again.ts';
import { adoptList, closeSending, openGate, settlingTime } from './sending-gate.ts';
import { startAttempt } from './start-attempt.ts';

const t0: Instant = '2026-03-07T10:00:00.000Z';
const later = (ms: number): Instant => addDuration(t0, { ms });
const hour = hours(1).ms;
const minute = minutes(1).ms;
const gate = openGate({ provider: 'sample', account: 'acct_platform', mode: 'simulated' });
const open = { gate, eligible: true };

const throttled: SubmitOutcome = {
  outcome: 'rejected',
  code: 'rate_limit',
  advice: 'retry_later',
  kept: false,
  replayed: false,
};
const stored: Rejected = { outcome: 'rejected', code: 'declined', advice: 'retry_later', kept: true, replayed: false };
const silence: SubmitOutcome = { outcome: 'unknown', reason: 'silence', detail: 'timeout' };
const broken: SubmitOutcome = { outcome: 'unknown', reason: 'server_error', detail: '500' };
const accepted = (attempt: Attempt, changed: Partial<Observation> = {}): SubmitOutcome => ({
  outcome: 'accepted',
  observation: sampleObservation(attempt, changed),
  replayed: false,
});

const hear = (attempt: Attempt, outcome: SubmitOutcome, ms = minute, send = 1) =>
  applyOutcome(attempt, { send, outcome }, later(ms));
const absent = (attempt: Attempt, ms: number, conclusive = true) =>
  applyAbsence(attempt, { lookedAt: later(ms), conclusive }, later(ms));
/** Unknown after silence, with one look-up that found nothing and one more send. */
const sentTwice = (power: Parameters<typeof sampleAttempt>[1] = {}): Attempt => {
  const silent = hear(sampleAttempt(t0, power), silence).attempt;
  const looked = absent(silent, 2 * minute).attempt;
  return sendAgain(looked, open, later(3 * minute))._unsafeUnwrap().attempt;
};

const toTransit = { kind: 'to_transit', amount: cents(7500) };
const backToOwed = { kind: 'back_to_owed', amount: cents(7500) };
const paid = { kind: 'paid', amount: cents(7500), object: 'tr_po-7_1' };

describe('the table of the attempt (PR-3)', () => {
  it('due, started: sending, the money in transit', () => {
    const step = startAttempt(samplePlan(), t0)._unsafeUnwrap();
    expect(step).toMatchObject({
      postings: [toTransit],
      keyAdvances: false,
      attempt: { number: 1, state: { status: 'sending', send: 1 }, sends: [{ number: 1, at: t0 }] },
    });
  });

  it.each([
    ['429', throttled],
    ['400', { ...throttled, code: 'parameter_missing', advice: 'stop' }],
    ['not sent', { outcome: 'not_sent', reason: 'connection_refused' }],
  ] as const)('sending, the only send: an own no (%s) makes it due under the same key', (_name, outcome) => {
    const step = hear(sampleAttempt(t0), outcome);
    expect(step).toMatchObject({ postings: [backToOwed], keyAdvances: false });
    expect(step.attempt.state).toMatchObject({ status: 'due', next: 'same_key' });
    const again = sendAgain(step.attempt, open, later(hour))._unsafeUnwrap();
    expect(again).toMatchObject({ postings: [toTransit], attempt: { state: { status: 'sending', send: 2 } } });
    expect(again.attempt.key).toBe(step.attempt.key);
    expect(startAttempt(samplePlan({}, { previous: step.attempt }), later(hour))._unsafeUnwrapErr().code).toBe(
      'key_still_good',
    );
  });

  it('sending, the only send: after an own no the key advances if something else is asked for', () => {
    const due = hear(sampleAttempt(t0), throttled).attempt;
    const plan = samplePlan({}, { previous: due });
    const other = { ...plan, operation: { ...plan.operation, amount: cents(7400) } };
    const next = startAttempt(other, later(hour))._unsafeUnwrap().attempt;
    expect(next.number).toBe(2);
    expect(next.key).not.toBe(due.key);
  });

  it.each(['401', '403'])('sending, the only send: %s closes the provider', (code) => {
    const step = hear(sampleAttempt(t0), { ...throttled, code, advice: 'close_provider' } as SubmitOutcome);
    expect(step.alarms).toEqual(['close_provider']);
    expect(step.attempt.state).toMatchObject({ status: 'due', next: 'same_key', spendsRetry: false });
  });

  it.each([
    ['429', throttled],
    ['409', { outcome: 'unknown', reason: 'key_in_use', detail: '409' }],
    ['not sent', { outcome: 'not_sent', reason: 'name_not_found' }],
  ] as const)('sending, an earlier send open: an own no (%s) leaves it unknown', (_name, outcome) => {
    const step = hear(sentTwice(), outcome, hour, 2);
    expect(step).toMatchObject({ postings: [], keyAdvances: false });
    expect(step.attempt.state).toEqual({ status: 'unknown', because: 'silence' });
  });

  it('sending: a success in which every field matches is paid', () => {
    const sending = sampleAttempt(t0);
    const step = hear(sending, accepted(sending));
    expect(step).toMatchObject({ postings: [paid], keyAdvances: false, alarms: [] });
    expect(step.attempt.state).toEqual({ status: 'paid', object: 'tr_po-7_1' });
  });

  it('unknown: a late success in which every field matches is paid', () => {
    const unknown = hear(sampleAttempt(t0), silence).attempt;
    expect(hear(unknown, accepted(unknown), hour).attempt.state.status).toBe('paid');
  });

  it('sending, the only send: a kept no ends the key', () => {
    const step = hear(sampleAttempt(t0), stored);
    expect(step).toMatchObject({ postings: [backToOwed], keyAdvances: true });
    expect(step.attempt.state).toMatchObject({ status: 'due', next: 'next_key', code: 'declined', spendsRetry: true });
    const next = startAttempt(samplePlan({}, { previous: step.attempt }), later(hour))._unsafeUnwrap().attempt;
    expect(next).toMatchObject({ number: 2, operation: { metadata: { attempt: '2' } } });
  });

  it('sending, an earlier send open: a kept no that is marked as a replay ends the key', () => {
    const step = hear(sentTwice(), { ...stored, replayed: true }, hour, 2);
    expect(step).toMatchObject({ postings: [backToOwed], keyAdvances: true });
  });

  it('sending, an earlier send open: a kept no without the mark speaks for its own send', () => {
    const step = hear(sentTwice(), stored, hour, 2);
    expect(step).toMatchObject({ postings: [], keyAdvances: false });
    expect(step.attempt.state).toEqual({ status: 'unknown', because: 'silence' });
    expect(absent(step.attempt, 2 * hour).keyAdvances).toBe(false);
  });

  it('without marks, a kept no to a later send counts with strong absence since', () => {
    const idempotency = { mechanism: 'key', retention: days(1), replaysErrors: true, marksReplays: false } as const;
    const step = hear(sentTwice({ idempotency }), stored, hour, 2);
    expect(step.keyAdvances).toBe(false);
    expect(absent(step.attempt, 30 * minute).keyAdvances).toBe(false);
    expect(absent(step.attempt, 2 * hour)).toMatchObject({ postings: [backToOwed], keyAdvances: true });
  });

  it('a kept no that wants the destination mended fails', () => {
    const step = hear(sampleAttempt(t0), { ...stored, advice: 'fix_destination' });
    expect(step).toMatchObject({ postings: [backToOwed], keyAdvances: false });
    expect(step.attempt.state).toMatchObject({ status: 'failed', advice: 'fix_destination' });
  });

  it('a kept no after the last retry fails', () => {
    const sending = startAttempt(samplePlan({}, { retriesLeft: 0 }), t0)._unsafeUnwrap().attempt;
    expect(hear(sending, stored).attempt.state.status).toBe('failed');
  });

  it('a shortage of our balance spends no retry and says so', () => {
    const sending = startAttempt(samplePlan({}, { retriesLeft: 0 }), t0)._unsafeUnwrap().attempt;
    const step = hear(sending, { ...stored, code: 'balance_insufficient', advice: 'fund_platform' });
    expect(step).toMatchObject({ keyAdvances: true, alarms: ['fund_platform'] });
    expect(step.attempt.state).toMatchObject({ status: 'due', next: 'next_key', spendsRetry: false });
  });

  it.each(['silence', 'unreadable', 'key_in_use'] as const)('sending: %s makes it unknown', (reason) => {
    const step = hear(sampleAttempt(t0), { outcome: 'unknown', reason, detail: '' });
    expect(step).toMatchObject({ postings: [], keyAdvances: false });
    expect(step.attempt.state).toEqual({ status: 'unknown', because: 'silence' });
  });

  it('sending: a crash is silence once its lease is over, and an answer that comes after all counts', () => {
    const sending = sampleAttempt(t0);
    expect(presumeSilence(sending, t0, later(hour)).attempt.state.status).toBe('sending');
    const presumed = presumeSilence(sending, later(1), later(hour)).attempt;
    expect(presumed.state).toEqual({ status: 'unknown', because: 'silence' });
    expect(hear(presumed, stored, 2 * hour).keyAdvances).toBe(true);
  });

  it('any open one: a 5xx makes it unknown for the 5xx, and nothing is sent under the key again', () => {
    for (const attempt of [sampleAttempt(t0), hear(sampleAttempt(t0), silence).attempt, sentTwice()]) {
      const step = hear(attempt, broken, hour, attempt.sends.length);
      expect(step).toMatchObject({ postings: [], keyAdvances: false });
      expect(step.attempt.state).toEqual({ status: 'unknown', because: 'server_error' });
      const looked = absent(step.attempt, 2 * hour).attempt;
      expect(mayResend(looked, open, later(2 * hour))._unsafeUnwrapErr().code).toBe('attempt_not_sendable');
    }
  });

  it('unknown: a look-up or a webhook finds it', () => {
    const silent = hear(sampleAttempt(t0), silence).attempt;
    const lookup = { found: [sampleObservation(silent)] };
    const { step, others } = applyLookup(silent, { lookup, lookedAt: later(hour) }, later(hour));
    expect(step).toMatchObject({ postings: [paid], attempt: { state: { status: 'paid' } } });
    expect(others).toEqual([]);
    expect(applyObservation(silent, sampleObservation(silent), later(hour))).toMatchObject({ postings: [paid] });
  });

  it('unknown after silence: absent, young and eligible sends the same key and bytes again', () => {
    const silent = hear(sampleAttempt(t0), silence).attempt;
    expect(mayResend(silent, open, later(hour))._unsafeUnwrapErr().code).toBe('look_up_first');
    const looked = absent(silent, hour);
    expect(looked).toMatchObject({ postings: [], keyAdvances: false });
    const again = sendAgain(looked.attempt, open, later(2 * hour))._unsafeUnwrap();
    expect(again).toMatchObject({ postings: [], attempt: { key: silent.key, body: silent.body, number: 1 } });
    expect(again.attempt.sends).toHaveLength(2);
  });

  it('unknown after silence: absent and no longer eligible is only looked up', () => {
    const looked = absent(hear(sampleAttempt(t0), silence).attempt, hour).attempt;
    const refusal = mayResend(looked, { gate, eligible: false }, later(hour));
    expect(refusal._unsafeUnwrapErr().code).toBe('payout_not_eligible');
  });

  it('unknown after a 5xx: strong absence after the repair horizon ends the key', () => {
    const unknown = hear(sampleAttempt(t0), broken, hour).attempt;
    expect(absent(unknown, 25 * hour - 1).attempt.state).toEqual({ status: 'unknown', because: 'server_error' });
    const step = absent(unknown, 25 * hour);
    expect(step).toMatchObject({ postings: [backToOwed], keyAdvances: true });
    expect(absent(unknown, 25 * hour, false).keyAdvances).toBe(false);
  });

  it('unknown after a 5xx: the horizon counts from the last that was heard of any open send', () => {
    const first = hear(sentTwice(), broken, hour, 2).attempt;
    const both = hear(first, silence, 3 * hour, 1).attempt;
    expect(absent(both, 25 * hour - 1).keyAdvances).toBe(false);
    expect(absent(both, 25 * hour).keyAdvances).toBe(true);
  });

  it('unknown: an old key waits for an operator, and look-ups go on', () => {
    const silent = hear(sampleAttempt(t0), silence).attempt;
    const young = absent(silent, 23 * hour - 1).attempt;
    expect(young.state.status).toBe('unknown');
    expect(mayResend(young, open, later(23 * hour))._unsafeUnwrapErr()).toMatchObject({
      code: 'key_too_old',
      resendUntil: later(23 * hour),
    });
    const step = absent(silent, 23 * hour);
    expect(step).toMatchObject({ postings: [], keyAdvances: false, alarms: ['waits_for_operator'] });
    expect(step.attempt.state).toEqual({ status: 'waiting', because: 'key_old' });
    expect(applyObservation(step.attempt, sampleObservation(silent), later(30 * hour)).postings).toMatchObject([paid]);
  });

  it.each([
    ['silence', silence],
    ['a 5xx', broken],
  ])('unknown after %s: a weak look-up waits for an operator', (_name, outcome) => {
    const unknown = hear(sampleAttempt(t0, { lookup: { consistency: 'eventual', lag: hours(1) } }), outcome).attempt;
    const step = absent(unknown, 26 * hour);
    expect(step).toMatchObject({ postings: [], keyAdvances: false });
    expect(step.attempt.state).toEqual({ status: 'waiting', because: 'lookup_weak' });
  });

  it('unknown: a provider without keys waits for an operator', () => {
    const idempotency = { mechanism: 'none', replaysErrors: false, marksReplays: false } as const;
    const silent = hear(sampleAttempt(t0, { idempotency }), silence).attempt;
    expect(absent(silent, hour).attempt.state).toEqual({ status: 'waiting', because: 'no_key' });
  });

  it.each([
    ['amount', { amount: cents(7400) }, { kind: 'paid', amount: cents(7400) }],
    ['destination', { destination: 'acct_bob' }, { kind: 'paid', amount: cents(7500) }],
    ['reference', { reference: 'booking-8' }, { kind: 'paid', amount: cents(7500) }],
    ['kind', { kind: 'payout' }, { kind: 'paid', amount: cents(7500) }],
  ] as const)('any open one: another %s is a conflict, and what moved is posted', (field, changed, posting) => {
    const sending = sampleAttempt(t0);
    const step = hear(sending, accepted(sending, changed));
    expect(step).toMatchObject({ postings: [posting], keyAdvances: false, alarms: ['conflict'] });
    expect(step.attempt.state).toMatchObject({ status: 'conflict', field });
  });

  it('any open one: money beyond what was in transit goes to suspense', () => {
    const sending = sampleAttempt(t0);
    expect(hear(sending, accepted(sending, { amount: cents(7600) })).postings).toMatchObject([
      { kind: 'paid', amount: cents(7500) },
      { kind: 'excess', amount: cents(100) },
    ]);
  });

  it.each(['provider', 'account', 'mode'])('another %s is a conflict, and nothing of ours moved', (field) => {
    const sending = sampleAttempt(t0);
    const step = applyObservation(sending, sampleObservation(sending, { [field]: 'sandbox' }), later(1));
    expect(step).toMatchObject({ postings: [], attempt: { state: { status: 'conflict', field } } });
  });

  it('any open one: a key that was used with other parameters is a conflict, and a matching object resolves it', () => {
    const outcome = { outcome: 'conflict', field: 'key', expected: 'the same', got: 'others' } as const;
    const sending = sampleAttempt(t0);
    const step = hear(sending, outcome);
    expect(step).toMatchObject({ postings: [], keyAdvances: false, attempt: { state: { status: 'conflict' } } });
    expect(mayResend(step.attempt, open, later(hour))._unsafeUnwrapErr().code).toBe('attempt_not_sendable');
    expect(applyObservation(step.attempt, sampleObservation(sending), later(hour)).postings).toMatchObject([paid]);
  });

  it('paid: reversals are posted one by one by their names, ours apart from others', () => {
    const sending = sampleAttempt(t0);
    const done = hear(sending, accepted(sending)).attempt;
    const first = { id: 'trr_1', amount: cents(1000), at: later(hour), reference: 'debt-3' };
    const one = applyObservation(done, sampleObservation(sending, { returns: [first] }), later(hour));
    expect(one.postings).toMatchObject([{ kind: 'returned', returned: 'trr_1', reference: 'debt-3' }]);
    expect(one.attempt.state).toMatchObject({ status: 'returned', amount: cents(1000), whole: false });
    const second = { id: 'trr_2', amount: cents(6500), at: later(2 * hour) };
    const two = applyObservation(one.attempt, sampleObservation(sending, { returns: [second, first] }), later(hour));
    expect(two.postings).toEqual([
      { kind: 'returned', returned: 'trr_2', amount: cents(6500), object: 'tr_po-7_1', at: later(2 * hour) },
    ]);
    expect(two.attempt.state).toMatchObject({ status: 'returned', amount: cents(7500), whole: true });
  });

  it('failed: driven again after a look-up, under the next key', () => {
    const failed = hear(sampleAttempt(t0), { ...stored, advice: 'fix_destination' }).attempt;
    expect(driveAgain(failed, later(hour))._unsafeUnwrapErr().code).toBe('look_up_first');
    const looked = absent(failed, hour);
    expect(looked).toMatchObject({ postings: [], attempt: { state: { status: 'failed' } } });
    const step = driveAgain(looked.attempt, later(2 * hour))._unsafeUnwrap();
    expect(step).toMatchObject({ postings: [], keyAdvances: true, attempt: { state: { next: 'next_key' } } });
  });

  it('waits for an operator: asserted paid, or absent', () => {
    const waiting = absent(hear(sampleAttempt(t0), silence).attempt, 24 * hour).attempt;
    expect(assertPaid(waiting, 'tr_9', later(25 * hour))._unsafeUnwrap()).toMatchObject({
      postings: [{ kind: 'paid', object: 'tr_9', amount: cents(7500) }],
      keyAdvances: false,
      attempt: { state: { status: 'paid', object: 'tr_9' } },
    });
    expect(assertAbsent(waiting, 'letter of 8 March', later(25 * hour))._unsafeUnwrap()).toMatchObject({
      postings: [backToOwed],
      keyAdvances: true,
    });
    expect(assertPaid(sampleAttempt(t0), 'tr_9', t0)._unsafeUnwrapErr().code).toBe('attempt_not_waiting');
  });

  it('paid, returned: late answers, webhooks and sweeps change nothing but the record', () => {
    const twice = sentTwice();
    const done = hear(twice, accepted(twice), hour, 2).attempt;
    for (const outcome of [silence, broken, throttled, stored, accepted(twice)]) {
      const step = hear(done, outcome, 2 * hour, 1);
      expect(step).toMatchObject({ postings: [], keyAdvances: false, alarms: [] });
      expect(step.attempt.state).toEqual(done.state);
    }
    expect(absent(done, 30 * hour)).toMatchObject({ postings: [], attempt: { state: done.state } });
  });

  it('after a restore: nothing is sent until the list was adopted', () => {
    const closed = closeSending(
      gate,
      { because: 'epoch', from: later(-hour), settles: minutes(10), epoch: 1 },
      later(hour),
    );
    const refused = startAttempt(samplePlan({}, { gate: closed }), later(hour));
    expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'sending_closed', because: 'epoch' });
    const looked = absent(hear(sampleAttempt(t0), silence).attempt, hour).attempt;
    const standing = { gate: closed, eligible: true };
    expect(mayResend(looked, standing, later(hour))._unsafeUnwrapErr().code).toBe('sending_closed');
    const due = hear(sampleAttempt(t0), throttled).attempt;
    expect(mayResend(due, standing, later(hour))._unsafeUnwrapErr().code).toBe('sending_closed');
    const list = { from: later(-hour), to: later(2 * hour), readAt: later(2 * hour) };
    const opened = adoptList(closed, list)._unsafeUnwrap();
    expect(opened).toEqual({ ...gate, epoch: 1 });
    expect(mayResend(looked, { gate: opened, eligible: true }, later(2 * hour)).isOk()).toBe(true);
  });
});

describe('what a key and a look-up are good for', () => {
  it('counts no look-up that began before the last send', () => {
    const twice = sentTwice();
    const silent = hear(twice, silence, hour, 2).attempt;
    const looked = applyAbsence(silent, { lookedAt: later(2.5 * minute), conclusive: true }, later(2 * hour)).attempt;
    expect(mayResend(looked, open, later(2 * hour))._unsafeUnwrapErr().code).toBe('look_up_first');
    expect(mayResend(absent(looked, 3 * minute).attempt, open, later(2 * hour)).isOk()).toBe(true);
  });

  it('counts the age of a key from the intent, not from the last send', () => {
    const silent = hear(sampleAttempt(t0), silence).attempt;
    const again = sendAgain(absent(silent, hour).attempt, open, later(20 * hour))._unsafeUnwrap().attempt;
    const looked = absent(hear(again, silence, 21 * hour, 2).attempt, 22 * hour).attempt;
    expect(mayResend(looked, open, later(23 * hour - 1)).isOk()).toBe(true);
    expect(mayResend(looked, open, later(23 * hour))._unsafeUnwrapErr().code).toBe('key_too_old');
  });

  it('counts it anew after a no that nobody keeps, for no key was used', () => {
    const due = hear(sampleAttempt(t0), throttled).attempt;
    const again = sendAgain(due, open, later(30 * hour))._unsafeUnwrap().attempt;
    const looked = absent(hear(again, silence, 31 * hour, 2).attempt, 32 * hour).attempt;
    expect(mayResend(looked, open, later(33 * hour)).isOk()).toBe(true);
  });

  it('takes the absence of a weak look-up for nothing', () => {
    const silent = hear(sampleAttempt(t0, { lookup: { consistency: 'eventual', lag: hours(1) } }), silence).attempt;
    expect(absent(silent, hour).attempt.lookups).toEqual({ count: 1, lastAt: later(hour) });
  });

  it('waits as long as the provider asks for', () => {
    const due = hear(sampleAttempt(t0), { ...throttled, retryAt: later(hour) } as SubmitOutcome).attempt;
    expect(mayResend(due, open, later(hour - 1))._unsafeUnwrapErr()).toMatchObject({
      code: 'send_too_early',
      notBefore: later(hour),
    });
    expect(mayResend(due, open, later(hour)).isOk()).toBe(true);
  });
});

describe('the next attempt of a payout', () => {
  const sending = sampleAttempt(t0);
  const done = hear(sending, accepted(sending)).attempt;
  it.each([
    ['sending', sending],
    ['unknown', hear(sending, silence).attempt],
    ['unknown', hear(sending, broken).attempt],
    ['waiting', absent(hear(sending, silence).attempt, 24 * hour).attempt],
    ['conflict', hear(sending, accepted(sending, { amount: cents(1) })).attempt],
    ['paid', done],
    ['failed', hear(sending, { ...stored, advice: 'stop' }).attempt],
  ] as const)('is not started while the one before is %s', (status, previous) => {
    expect(previous.state.status).toBe(status);
    const refused = startAttempt(samplePlan({}, { previous }), later(48 * hour));
    expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'attempt_not_ended', status });
  });

  it('is not started for what the provider cannot do', () => {
    const refused = startAttempt(samplePlan({ currencies: ['EUR'] }), t0)._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'provider_not_capable', kind: 'transfer', currency: 'USD' });
  });
});

describe('a second object under one attempt', () => {
  it('is a conflict, and its money comes from suspense', () => {
    const sending = sampleAttempt(t0);
    const done = hear(sending, accepted(sending)).attempt;
    const step = applyObservation(done, sampleObservation(sending, { object: 'tr_other' }), later(hour));
    expect(step).toMatchObject({
      postings: [{ kind: 'excess', amount: cents(7500), object: 'tr_other' }],
      alarms: ['conflict'],
      attempt: { state: { status: 'conflict', field: 'object' } },
    });
  });
});

describe('what settles after a restore', () => {
  const pause = hours(2);

  it('is what is under way, where keys keep a 5xx and the look-up is strong', () => {
    expect(settlingTime(samplePower, pause)).toEqual({ ms: 2 * hour + 10 * minute });
  });

  it.each([
    ['no keys', { idempotency: { ...samplePower.idempotency, mechanism: 'none' } }, 26],
    ['errors that are not kept', { idempotency: { ...samplePower.idempotency, replaysErrors: false } }, 26],
    ['a look-up that lags', { lookup: { consistency: 'eventual', lag: hours(36) } }, 62],
  ] as const)('is also what is repaired, and what lags, with %s', (_name, changed, inHours) => {
    expect(settlingTime({ ...samplePower, ...changed }, pause)).toEqual({ ms: inHours * hour + 10 * minute });
  });

  it('wants the list without a gap, and read late enough', () => {
    const closed = closeSending(gate, { because: 'epoch', from: t0, settles: hours(2) }, later(hour));
    const read = (from: number, to: number, readAt: number) =>
      adoptList(closed, { from: later(from), to: later(to), readAt: later(readAt) });
    expect(read(minute, 4 * hour, 4 * hour)._unsafeUnwrapErr().code).toBe('list_not_continuous');
    expect(read(0, 4 * hour, 3 * hour - 1)._unsafeUnwrapErr().code).toBe('list_not_continuous');
    expect(read(0, 2 * hour, 4 * hour)._unsafeUnwrap().closed?.adoptedUntil).toBe(later(2 * hour));
    expect(read(0, 3 * hour, 4 * hour)._unsafeUnwrap().closed).toBeUndefined();
    const again = closeSending(
      closed,
      { because: 'unknown_attempt', from: later(-hour), settles: hours(1) },
      later(hour),
    );
    expect(again.closed).toEqual({ because: 'epoch', at: later(3 * hour), adoptedUntil: later(-hour) });
  });
});

describe('an attempt that has ended', () => {
  it('is paid after all where money is seen to move, with an alarm', () => {
    const ended = hear(sampleAttempt(t0), stored).attempt;
    const step = applyObservation(ended, sampleObservation(ended), later(hour));
    expect(step).toMatchObject({ postings: [toTransit, paid], alarms: ['paid_after_no'], keyAdvances: false });
    expect(step.attempt.state.status).toBe('paid');
  });

  it('is not opened again by a late answer', () => {
    const ended = absent(hear(sentTwice(), broken, hour, 2).attempt, 30 * hour);
    expect(ended.keyAdvances).toBe(true);
    const late = hear(ended.attempt, broken, 40 * hour, 1);
    expect(late).toMatchObject({ postings: [], keyAdvances: false, attempt: { state: ended.attempt.state } });
  });
});

describe('an attempt that the book does not know', () => {
  it('is adopted as its payout’s paid attempt', () => {
    const lost = sampleAttempt(t0);
    const observation = sampleObservation(lost);
    const power = lost.power;
    const step = adoptAttempt({ book: 'main', power, observation }, later(hour))._unsafeUnwrap();
    expect(step).toMatchObject({ postings: [toTransit, paid], attempt: { key: lost.key, state: { status: 'paid' } } });
    expect(adoptAttempt({ book: 'other', power, observation }, t0)._unsafeUnwrapErr().code).toBe(
      'observation_not_ours',
    );
  });
});
