import { addDuration, days, hours } from '@holdfast/kernel';
import { percent, usd } from '@holdfast/money';
import type { SubmitOutcome } from '@holdfast/providers';
import { describe, expect, it } from 'vitest';
import {
  earn,
  type OpenedPayouts,
  observationOf,
  openPayouts,
  operator,
  outcomeOf,
} from '../../testing/open-payouts.ts';
import { payoutStatus } from './payout.ts';

const start = { type: 'StartAttempt' };
const no = (advice: string, more: object = {}) =>
  ({ outcome: 'rejected', code: 'no', advice, kept: true, replayed: false, ...more }) as SubmitOutcome;
const silence: SubmitOutcome = { outcome: 'unknown', reason: 'silence', detail: 'timed out' };

async function sent(options: Parameters<typeof openPayouts>[0] = {}, ...amounts: readonly ReturnType<typeof usd>[]) {
  const world = await openPayouts(options);
  const obligations = amounts.length > 0 ? amounts : [usd('80')];
  for (const [index, amount] of obligations.entries())
    await world.done('obligation', `b${index}`, earn(amount, { group: 'b' }));
  (await world.plan('p', ...obligations.map((_amount, index) => `b${index}`)))._unsafeUnwrap();
  await world.done('payout', 'p', start);
  return world;
}
const status = async (world: OpenedPayouts) => payoutStatus(await world.payout('p'));
const report = async (world: OpenedPayouts, outcome: SubmitOutcome) =>
  world.done('payout', 'p', outcomeOf(await world.payout('p'), outcome));
const accepted = async (world: OpenedPayouts, change: object = {}) =>
  report(world, { outcome: 'accepted', observation: observationOf(await world.payout('p'), change), replayed: false });
const observed = async (world: OpenedPayouts, change: object = {}) =>
  world.done('payout', 'p', { type: 'ReportObservation', observation: observationOf(await world.payout('p'), change) });
const absent = async (world: OpenedPayouts, conclusive = true) =>
  world.done('payout', 'p', {
    type: 'ReportLookup',
    attempt: (await world.payout('p')).attempts.length,
    lookedAt: world.now(),
    lookup: { found: [], conclusive, why: 'nothing there' },
  });
const money = (world: OpenedPayouts, ...accounts: readonly string[]) => Promise.all(accounts.map(world.balance));

describe('a payout', () => {
  it('moves what is owed into transit when it is sent, and out when it is paid', async () => {
    const world = await sent({}, usd('60'), usd('6'));
    const places = ['payouts:b0:owed', 'payouts:b1:owed', 'payouts:p.1:transit', 'world:peer:main'] as const;
    expect(await money(world, ...places)).toEqual([0n, 0n, 6_600n, -6_600n]);
    await accepted(world);
    expect(await money(world, ...places)).toEqual([0n, 0n, 0n, 0n]);
    expect(await status(world)).toBe('paid');
    expect(await world.code('payout', 'p', start)).toBe('payout_wrong_status');
  });

  it('claims its obligations, so that no other payout has them', async () => {
    const world = await openPayouts();
    await world.done('obligation', 'b0', earn(usd('80')));
    expect((await world.plan('p', 'b0')).isOk()).toBe(true);
    expect((await world.plan('q', 'b0'))._unsafeUnwrapErr().code).toBe('obligation_not_open');
    const alone = { type: 'PlanPayout', sender: 'peer.main', obligations: ['b0'] };
    expect(await world.code('payout', 'q', alone)).toBe('obligation_not_open');
  });

  it('goes back to what is owed after a no, and is sent again under the next key', async () => {
    const world = await sent();
    await report(world, no('retry_later'));
    expect(await money(world, 'payouts:b0:owed', 'payouts:p.1:transit')).toEqual([8_000n, 0n]);
    expect(await world.code('payout', 'p', start)).toBe('payout_blocked');
    world.pass(300_000);
    await world.done('payout', 'p', start);
    const { attempts } = await world.payout('p');
    expect(attempts.map(({ attempt }) => attempt.number)).toEqual([1, 2]);
    expect(attempts[0]?.attempt.key).not.toBe(attempts[1]?.attempt.key);
    expect(await money(world, 'payouts:b0:owed', 'payouts:p.2:transit')).toEqual([0n, 8_000n]);
  });

  it('fails after one try and three retries, and is driven again by an operator who looked', async () => {
    const world = await sent();
    for (let call = 1; call <= 4; call++) {
      await report(world, no('retry_later'));
      expect(await status(world)).toBe(call < 4 ? 'due' : 'failed');
      world.pass(days(1).ms);
      if (call < 4) await world.done('payout', 'p', start);
    }
    expect(await money(world, 'payouts:b0:owed')).toEqual([8_000n]);
    const redrive = { type: 'Redrive', attempt: 4, why: 'the bank is back' };
    expect(await world.code('payout', 'p', redrive)).toBe('operator_needed');
    expect(await world.code('payout', 'p', redrive, operator)).toBe('look_up_first');
    await absent(world);
    expect(await world.code('payout', 'p', redrive, operator)).toBe('done');
    await world.done('payout', 'p', start);
    await accepted(world);
    expect(await status(world)).toBe('paid');
  });

  it('G41: is not sent twice after silence: the same key, one transfer, nothing owed', async () => {
    const world = await sent();
    const [first] = (await world.payout('p')).attempts;
    await report(world, silence);
    expect(await status(world)).toBe('unknown');
    expect(await world.code('payout', 'p', start)).toBe('payout_wrong_status');
    expect(await world.code('payout', 'p', { type: 'SendAgain' })).toBe('look_up_first');
    world.pass(60_000);
    await absent(world);
    await world.done('payout', 'p', { type: 'SendAgain' });
    await accepted(world);
    const { attempts } = await world.payout('p');
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.attempt).toMatchObject({ key: first?.attempt.key, body: first?.attempt.body });
    expect(await money(world, 'payouts:b0:owed', 'payouts:p.1:transit', 'world:peer:main')).toEqual([0n, 0n, 0n]);
  });

  it('is sent under the same key no more once somebody keeps the payee or an obligation back', async () => {
    const world = await sent();
    await report(world, silence);
    world.pass(60_000);
    await absent(world);
    for (const [kind, id] of [
      ['payee', 'ann'],
      ['obligation', 'b0'],
    ] as const) {
      await world.done(kind, id, { type: 'AddHold', reason: 'risk' });
      expect(await world.code('payout', 'p', { type: 'SendAgain' })).toBe('payout_blocked');
      await world.done(kind, id, { type: 'ReleaseHold', reason: 'risk' });
    }
    await world.done('payee', 'ann', { type: 'ChangeDestination', destination: 'acct_other' });
    world.pass(days(2).ms);
    expect(await world.code('payout', 'p', { type: 'SendAgain' })).toBe('payout_blocked');
  });

  it('waits for an operator once the key is old, whose word ends it', async () => {
    for (const [word, end, owed] of [
      [{ type: 'AssertPaid', attempt: 1, reference: 'tr_9', why: 'seen in the dashboard' }, 'paid', 0n],
      [{ type: 'AssertAbsent', attempt: 1, evidence: 'case-77' }, 'due', 8_000n],
    ] as const) {
      const world = await sent();
      await report(world, silence);
      world.pass(days(2).ms);
      await absent(world);
      expect(await status(world)).toBe('waiting');
      expect(await world.code('payout', 'p', word)).toBe('operator_needed');
      await world.done('payout', 'p', word, operator);
      expect(await status(world)).toBe(end);
      expect(await money(world, 'payouts:b0:owed', 'payouts:p.1:transit')).toEqual([owed, 0n]);
    }
  });

  it('is asked everything again when it is sent', async () => {
    const rows: readonly (readonly [string, string, object])[] = [
      ['obligation', 'b0', { type: 'AddHold', reason: 'dispute', reference: 'd-1' }],
      ['payee', 'ann', { type: 'FreezePayee' }],
      ['payee', 'ann', { type: 'SetOnboarded', onboarded: false }],
      ['sender', 'peer.main', { type: 'StopSending', reason: 'operator' }],
      ['sender', 'peer.main', { type: 'ReportShortage', currency: 'USD' }],
      ['sender', 'peer.main', { type: 'BeginEpoch', epoch: 1, from: '2026-03-01T00:00:00.000Z' }],
    ];
    for (const [kind, id, command] of rows) {
      const world = await openPayouts();
      await world.done('obligation', 'b0', earn(usd('80')));
      (await world.plan('p', 'b0'))._unsafeUnwrap();
      await world.done(kind as 'payee', id, command);
      expect(await world.code('payout', 'p', start)).toBe('payout_blocked');
    }
  });

  it('leaves a disputed obligation out and hands it over, to be planned when the dispute is over', async () => {
    const world = await openPayouts();
    for (const id of ['b0', 'b1']) await world.done('obligation', id, earn(usd('40'), { group: 'b' }));
    (await world.plan('p', 'b0', 'b1'))._unsafeUnwrap();
    await world.done('obligation', 'b0', { type: 'AddHold', reason: 'dispute', reference: 'd-1' });
    await world.done('payout', 'p', start);
    expect(await money(world, 'payouts:b0:owed', 'payouts:p.1:transit')).toEqual([4_000n, 4_000n]);
    await world.handOver('p');
    expect((await world.plan('q', 'b0'))._unsafeUnwrapErr().code).toBe('payout_blocked');
    await world.done('obligation', 'b0', { type: 'ReleaseHold', reason: 'dispute', reference: 'd-1' });
    expect((await world.plan('q', 'b0')).isOk()).toBe(true);
  });

  it('gives what somebody took back to what is owed, once, and hands it over', async () => {
    const world = await sent({}, usd('60'), usd('6'));
    await accepted(world);
    const returns = [{ id: 'trr_1', amount: usd('10'), at: world.now() }];
    await observed(world, { returns });
    await observed(world, { returns });
    expect(await status(world)).toBe('returned');
    expect(await money(world, 'payouts:b0:owed', 'payouts:b1:owed', 'world:peer:main')).toEqual([400n, 600n, -1_000n]);
    await world.handOver('p');
    (await world.plan('q', 'b0', 'b1'))._unsafeUnwrap();
    await world.done('payout', 'q', start);
    expect(await world.balance('payouts:q.1:transit')).toBe(1_000n);
  });

  it('puts what we took back against the debts of the payee', async () => {
    const world = await sent();
    await accepted(world);
    await world.done('obligation', 'b0', { type: 'RefundObligation', amount: usd('20'), to: 'buyers:bea:refunds' });
    expect(await money(world, 'payees:ann:debts', 'buyers:bea:refunds')).toEqual([-2_000n, 2_000n]);
    await observed(world, { returns: [{ id: 'trr_1', amount: usd('25'), at: world.now(), reference: 'claw-1' }] });
    expect(await money(world, 'payees:ann:debts', 'payouts:b0:owed', 'world:peer:main')).toEqual([0n, 500n, -2_500n]);
  });

  it('E61: of which a part is given back while it is under way is recovered, whatever becomes of it', async () => {
    for (const end of ['paid', 'no'] as const) {
      const world = await sent();
      await world.done('obligation', 'b0', { type: 'RefundObligation', amount: usd('20'), to: 'buyers:bea:refunds' });
      if (end === 'paid') await accepted(world);
      else await report(world, no('retry_later'));
      expect(await world.balance('payees:ann:debts')).toBe(-2_000n);
      world.pass(days(1).ms);
      if (end === 'paid') continue;
      await world.done('payout', 'p', start);
      expect(await money(world, 'payees:ann:debts', 'payouts:p.2:transit')).toEqual([0n, 6_000n]);
    }
  });

  it('is settled without a call where debts take all of it, or nothing is owed', async () => {
    const world = await openPayouts();
    await world.done('payee', 'ann', {
      type: 'OpenDebt',
      amount: usd('85'),
      to: 'buyers:bea:refunds',
      why: 'chargeback',
    });
    await world.done('obligation', 'b0', earn(usd('51')));
    (await world.plan('p', 'b0'))._unsafeUnwrap();
    await world.done('payout', 'p', start);
    expect(await status(world)).toBe('settled');
    expect(await money(world, 'payees:ann:debts', 'payouts:b0:owed')).toEqual([-3_400n, 0n]);
    await world.done('obligation', 'b1', earn(usd('51')));
    await world.done('obligation', 'b1', { type: 'RefundObligation', amount: usd('51'), to: 'buyers:bea:refunds' });
    (await world.plan('q', 'b1'))._unsafeUnwrap();
    await world.done('payout', 'q', start);
    expect(payoutStatus(await world.payout('q'))).toBe('settled');
    await world.done('payee', 'ann', { type: 'WriteOffDebt', amount: usd('34'), why: 'left the platform' });
    expect(await money(world, 'payees:ann:debts', 'platform:losses')).toEqual([0n, -3_400n]);
    const more = { type: 'WriteOffDebt', amount: usd('0.01'), why: 'again' };
    expect(await world.code('payee', 'ann', more)).toBe('write_off_exceeds_debt');
  });

  it('takes its fee when it is paid, and none where it is not', async () => {
    const fees = [{ fixed: usd('1.50'), rate: percent('0.75'), least: usd('2') }];
    const world = await sent({ policy: { fees } }, usd('100'));
    expect(await money(world, 'payouts:b0:owed', 'payouts:p.1:transit')).toEqual([225n, 9_775n]);
    await report(world, no('retry_later'));
    expect(await money(world, 'payouts:b0:owed', 'platform:fees:earned')).toEqual([10_000n, 0n]);
    world.pass(days(1).ms);
    await world.done('payout', 'p', start);
    await accepted(world);
    expect(await money(world, 'payouts:b0:owed', 'platform:fees:earned')).toEqual([0n, 225n]);
  });

  it('posts what the provider took as a cost, and never less to the payee', async () => {
    const world = await sent();
    await accepted(world, { fee: usd('0.25') });
    await observed(world, { fee: usd('0.25') });
    expect(await money(world, 'platform:costs:providers', 'world:peer:main')).toEqual([-25n, 25n]);
  });

  it('is in conflict where another amount moved: what moved is posted, the rest waits for an operator', async () => {
    const world = await sent();
    await accepted(world, { amount: usd('79') });
    expect(await status(world)).toBe('conflict');
    expect(await money(world, 'payouts:p.1:transit', 'world:peer:main')).toEqual([100n, -100n]);
    const word = { type: 'AssertPaid', attempt: 1, reference: 'tr_p_1', why: 'the provider kept a fee' };
    await world.done('payout', 'p', word, operator);
    expect(await money(world, 'payouts:b0:owed', 'payouts:p.1:transit')).toEqual([100n, 0n]);
  });

  it('posts money that moved after all, after a no, and more than was owed from suspense', async () => {
    const world = await sent();
    const first = observationOf(await world.payout('p'));
    await report(world, no('retry_later'));
    world.pass(days(1).ms);
    await world.done('payout', 'p', start);
    await accepted(world);
    await world.done('payout', 'p', { type: 'ReportObservation', observation: first });
    expect(await money(world, 'suspense:peer', 'world:peer:main', 'payouts:b0:owed')).toEqual([-8_000n, 8_000n, 0n]);
  });

  it('is made of what it said of itself to the provider, where a restored book does not know it', async () => {
    const lost = await sent();
    const observation = observationOf(await lost.payout('p'));
    const world = await openPayouts();
    await world.done('obligation', 'b0', earn(usd('80'), { group: 'b' }));
    await world.done('payout', 'p', { type: 'ReportObservation', observation });
    expect(await status(world)).toBe('paid');
    expect(await money(world, 'payouts:b0:owed', 'world:peer:main', 'suspense:peer')).toEqual([0n, 0n, 0n]);
    expect((await world.plan('q', 'b0'))._unsafeUnwrapErr().code).toBe('claim_taken');
  });

  it('is presumed silent when nobody reports, and believes a late answer', async () => {
    const world = await sent();
    world.pass(hours(1).ms);
    await world.done('payout', 'p', { type: 'PresumeSilence', attempt: 1, sentBefore: world.now() });
    expect(await status(world)).toBe('unknown');
    await accepted(world);
    expect(await status(world)).toBe('paid');
  });

  it('stays as it is when the same is heard again, in any order', async () => {
    const world = await sent();
    await accepted(world);
    const before = await money(world, 'payouts:b0:owed', 'payouts:p.1:transit', 'world:peer:main', 'suspense:peer');
    await observed(world);
    await report(world, silence);
    await report(world, no('retry_later'));
    await absent(world);
    expect(await status(world)).toBe('paid');
    expect(await money(world, 'payouts:b0:owed', 'payouts:p.1:transit', 'world:peer:main', 'suspense:peer')).toEqual(
      before,
    );
  });

  it('leaves its tasks to a worker: the sweep of the book alone does none of them', async () => {
    const world = await openPayouts();
    await world.done('obligation', 'b0', earn(usd('80')));
    expect(await world.code('obligation', 'b0', { type: 'PlanObligation' })).toBe('payout_worker_needed');
    (await world.plan('p', 'b0'))._unsafeUnwrap();
    expect(await world.code('payout', 'p', { type: 'SendPayout' })).toBe('payout_worker_needed');
    expect(await world.code('payout', 'p', { type: 'LookUpPayout' })).toBe('payout_worker_needed');
  });

  it('is cancelled only while nothing is under way, and opens its obligations again', async () => {
    const world = await sent();
    expect(await world.code('payout', 'p', { type: 'CancelPayout' })).toBe('payout_wrong_status');
    await report(world, no('retry_later'));
    await world.done('payout', 'p', { type: 'CancelPayout' });
    await world.handOver('p');
    expect((await world.plan('q', 'b0')).isOk()).toBe(true);
  });

  it('names the instant at which it may be tried again', async () => {
    const world = await sent();
    const retryAt = addDuration(world.now(), hours(5));
    await report(world, no('retry_later', { retryAt }));
    expect((await world.payout('p')).retryAt).toBe(retryAt);
  });
});
