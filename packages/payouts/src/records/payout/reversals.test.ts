import { days, hours } from '@holdfast/kernel';
import { eur, parseMoney, usd } from '@holdfast/money';
import type { Observation, SubmitOutcome } from '@holdfast/providers';
import { describe, expect, it } from 'vitest';
import { checkPayouts } from '../../check-payouts.ts';
import {
  descriptor,
  earn,
  type OpenedPayouts,
  observationOf,
  openPayouts,
  operator,
  outcomeOf,
  returnOf,
  worker,
} from '../../testing/open-payouts.ts';
import { payoutStatus, type Reversal } from './payout.ts';

const dollars = (text: string) => parseMoney(text, usd)._unsafeUnwrap();
const ask = (amount: string) => ({ type: 'ReversePayout', amount: dollars(amount), why: 'the buyer was refunded' });
const start = { type: 'StartAttempt', reversal: 1 };
const no: SubmitOutcome = { outcome: 'rejected', code: 'no', advice: 'retry_later', kept: true, replayed: false };
const silence: SubmitOutcome = { outcome: 'unknown', reason: 'silence', detail: '' };

/** A payout `p` of 80.00 that is paid, of which 30.00 were refunded since. */
async function owing(options: Parameters<typeof openPayouts>[0] = {}): Promise<OpenedPayouts> {
  const world = await openPayouts(options);
  await world.done('obligation', 'b0', earn(usd('80')));
  (await world.plan('p', 'b0'))._unsafeUnwrap();
  await world.done('payout', 'p', { type: 'StartAttempt' });
  await world.done('payout', 'p', { type: 'ReportObservation', observation: observationOf(await world.payout('p')) });
  await refund(world, '30');
  return world;
}

/** The same, and a reversal of 30.00 is under way. */
async function reversing(options: Parameters<typeof openPayouts>[0] = {}): Promise<OpenedPayouts> {
  const world = await owing(options);
  await world.done('payout', 'p', ask('30'), operator);
  await world.done('payout', 'p', start);
  return world;
}

const refund = (world: OpenedPayouts, amount: string) =>
  world.done('obligation', 'b0', { type: 'RefundObligation', amount: dollars(amount), to: 'buyers:bea:refunds' });

async function reversal(world: OpenedPayouts, number = 1): Promise<Reversal> {
  const found = (await world.payout('p')).reversals?.find((one) => one.number === number);
  if (!found) throw new RangeError(`There is no reversal ${number}.`);
  return found;
}

const status = async (world: OpenedPayouts, number = 1) => payoutStatus(await reversal(world, number));
const report = async (world: OpenedPayouts, outcome: SubmitOutcome) =>
  world.done('payout', 'p', outcomeOf(await reversal(world), outcome));
const seen = async (world: OpenedPayouts, change: Partial<Observation> = {}) =>
  observationOf(await reversal(world), change);
const observe = (world: OpenedPayouts, observation: Observation) =>
  world.done('payout', 'p', { type: 'ReportObservation', observation });
const transferWith = async (world: OpenedPayouts, ...returns: Observation['returns']) =>
  observationOf(await world.payout('p'), { returns });

const PLACES = ['payees:ann:debts', 'payouts:p~1.1:recovery', 'payouts:b0:owed', 'world:peer:main', 'suspense:peer'];
const money = (world: OpenedPayouts) => Promise.all(PLACES.map(world.balance));
const check = async (world: OpenedPayouts) =>
  expect((await checkPayouts(world.book, world.payouts))._unsafeUnwrap()).toEqual([]);

describe('asking for a reversal', () => {
  const { reverse_transfer: _reversal, ...operations } = descriptor.operations;
  const short = { ...descriptor, operations };
  const encode = () => '';
  const rows: readonly (readonly [string, string, object, object])[] = [
    ['payout_unknown', 'of a payout that is not there, by nobody, in another currency', {}, { payout: 'q' }],
    ['operator_needed', 'by somebody who is no operator, in another currency', {}, { actor: worker }],
    ['shape_invalid', 'in another currency than the payout, which is not paid', { amount: eur('90') }, { due: true }],
    ['payout_wrong_status', 'of one that is not paid', { amount: usd('90') }, { due: true }],
    ['provider_not_capable', 'where the provider takes nothing back', { amount: usd('90') }, { short: true }],
    [
      'reversal_exceeds_payout',
      'of more than is with the payee, which is more than is owed',
      { amount: usd('80.01') },
      {},
    ],
    ['reversal_exceeds_debt', 'of more than the payee owes', { amount: usd('30.01') }, {}],
    ['done', 'of all that is owed', { amount: usd('30') }, {}],
  ];
  it.each(rows)('is answered %s %s', async (code, _words, command, how) => {
    const { payout = 'p', actor = operator, due, short: isShort } = how as Record<string, never>;
    const world = await owing(isShort ? { senders: [{ descriptor: short, encode }] } : {});
    if (due) {
      await world.done('obligation', 'b1', earn(usd('100')));
      (await world.plan('q', 'b1'))._unsafeUnwrap();
    }
    expect(await world.code('payout', due ? 'q' : payout, { ...ask('30'), ...command }, actor)).toBe(code);
  });

  it('counts what came back otherwise and what others have under way', async () => {
    const world = await owing();
    await refund(world, '50');
    await observe(world, await transferWith(world, { id: 'r1', amount: usd('20'), at: world.now() }));
    expect(await world.code('payout', 'p', ask('60.01'), operator)).toBe('reversal_exceeds_payout');
    await world.done('payout', 'p', ask('40'), operator);
    await world.done('payout', 'p', start);
    expect(await world.code('payout', 'p', ask('20.01'), operator)).toBe('reversal_exceeds_payout');
    expect(await world.code('payout', 'p', ask('20'), operator)).toBe('done');
    await check(world);
  });

  it('moves nothing before it is sent, and is given up before that', async () => {
    const world = await owing();
    await world.done('payout', 'p', ask('30'), operator);
    expect(await money(world)).toEqual([-3_000n, 0n, 0n, 0n, 0n]);
    expect(await world.code('payout', 'p', { type: 'CancelReversal', reversal: 2 }, operator)).toBe('reversal_unknown');
    expect(await world.code('payout', 'p', { type: 'CancelReversal', reversal: 1 })).toBe('operator_needed');
    await world.done('payout', 'p', { type: 'CancelReversal', reversal: 1 }, operator);
    expect(await status(world)).toBe('cancelled');
    expect(await world.code('payout', 'p', start)).toBe('payout_wrong_status');
  });
});

describe('a reversal', () => {
  it('sets the debt aside when it is sent, and settles it when the money has come back', async () => {
    const world = await reversing();
    expect(await money(world)).toEqual([0n, -3_000n, 0n, 0n, 0n]);
    await report(world, { outcome: 'accepted', observation: await seen(world), replayed: false });
    expect(await money(world)).toEqual([0n, 0n, 0n, -3_000n, 0n]);
    expect([await status(world), payoutStatus(await world.payout('p'))]).toEqual(['paid', 'returned']);
    await check(world);
  });

  it('is stored with what it is of before anything is sent, under a key of its own', async () => {
    const world = await reversing();
    const [own] = (await world.payout('p')).attempts;
    const [first] = (await reversal(world)).attempts;
    expect(first?.attempt).toMatchObject({ payout: 'p', reversal: 1, number: 1, sends: [{ number: 1 }] });
    expect(first?.attempt.operation).toMatchObject({
      kind: 'reverse_transfer',
      reference: 'p~1',
      object: 'tr_p_1',
      amount: usd('30'),
      metadata: { book: 'main', payout: 'p', reversal: '1', attempt: '1', epoch: '0', payee: 'ann' },
    });
    expect(first?.attempt.key).not.toBe(own?.attempt.key);
  });

  it('is a debt again after a no, and goes on under the next key', async () => {
    const world = await reversing();
    await report(world, no);
    expect([await status(world), await money(world)]).toEqual(['due', [-3_000n, 0n, 0n, 0n, 0n]]);
    expect(await world.code('payout', 'p', start)).toBe('payout_blocked');
    world.pass(300_000);
    await world.done('payout', 'p', start);
    const keys = (await reversal(world)).attempts.map(({ attempt }) => attempt.key);
    expect(new Set(keys).size).toBe(2);
    await check(world);
  });

  it('is sent again under the same key after silence, once somebody has looked', async () => {
    const world = await reversing();
    await report(world, silence);
    expect(await world.code('payout', 'p', { type: 'SendAgain', reversal: 1 })).toBe('look_up_first');
    world.pass(60_000);
    const lookup = { found: [], conclusive: true, why: '' };
    await world.done('payout', 'p', { type: 'ReportLookup', reversal: 1, attempt: 1, lookedAt: world.now(), lookup });
    await world.done('payout', 'p', { type: 'SendAgain', reversal: 1 });
    await report(world, { outcome: 'accepted', observation: await seen(world), replayed: false });
    const { attempts } = await reversal(world);
    expect([attempts.length, attempts[0]?.attempt.sends.length, await status(world)]).toEqual([1, 2, 'paid']);
    await check(world);
  });

  it('takes only what is still owed when it is sent, and nothing where nothing is', async () => {
    for (const [earned, end, asked] of [
      ['10', 'sending', '20.00 USD'],
      ['30', 'settled', undefined],
    ] as const) {
      const world = await owing();
      await world.done('payout', 'p', ask('30'), operator);
      await world.done('obligation', 'b1', earn(usd(earned)));
      (await world.plan('q', 'b1'))._unsafeUnwrap();
      await world.done('payout', 'q', { type: 'StartAttempt' });
      await world.done('payout', 'p', start);
      const { attempts } = await reversal(world);
      const sent = attempts[0] && `${attempts[0].attempt.operation.amount}`;
      expect([await status(world), sent]).toEqual([end, asked]);
      await check(world);
    }
  });

  it('is not sent while sending is closed, or the payout is in conflict', async () => {
    const world = await owing();
    await world.done('payout', 'p', ask('30'), operator);
    await world.done('sender', 'peer.main', { type: 'StopSending', reason: 'operator' });
    expect(await world.code('payout', 'p', start)).toBe('payout_blocked');
    await world.done('sender', 'peer.main', { type: 'ResumeSending', reason: 'operator' });
    await observe(world, observationOf(await world.payout('p'), { object: 'tr_other' }));
    expect(await world.code('payout', 'p', start)).toBe('payout_blocked');
  });

  it('is sent to a payee who may not be paid: money comes, and none goes', async () => {
    const world = await owing();
    await world.done('payee', 'ann', { type: 'FreezePayee' });
    await world.done('payout', 'p', ask('30'), operator);
    expect(await world.code('payout', 'p', start)).toBe('done');
  });

  it.each(['fund_platform', 'hold_payee'] as const)('spends its retries on %s, and fails', async (advice) => {
    const world = await reversing();
    for (let call = 1; call <= 4; call++) {
      await report(world, { outcome: 'rejected', code: 'short', advice, kept: true, replayed: false });
      world.pass(days(1).ms);
      if (call < 4) await world.done('payout', 'p', start);
    }
    expect([await status(world), await money(world)]).toEqual(['failed', [-3_000n, 0n, 0n, 0n, 0n]]);
  });

  it('waits for an operator where its key is old, whose word ends it', async () => {
    for (const word of ['AssertPaid', 'AssertAbsent'] as const) {
      const world = await reversing();
      await report(world, silence);
      world.pass(days(2).ms);
      const lookup = { found: [], conclusive: true, why: '' };
      await world.done('payout', 'p', { type: 'ReportLookup', reversal: 1, attempt: 1, lookedAt: world.now(), lookup });
      expect(await status(world)).toBe('waiting');
      const more = word === 'AssertPaid' ? { reference: 'trr_1_1', why: 'seen' } : { evidence: 'case-7' };
      const said = { type: word, reversal: 1, attempt: 1, ...more };
      expect(await world.code('payout', 'p', said)).toBe('operator_needed');
      await world.done('payout', 'p', said, operator);
      expect([await status(world), await world.balance('payees:ann:debts')]).toEqual(
        word === 'AssertPaid' ? ['paid', 0n] : ['due', -3_000n],
      );
      // The transfer tells of it as well, sooner or later.
      if (word === 'AssertPaid') await observe(world, await transferWith(world, returnOf(await seen(world))));
      expect((await money(world)).slice(1)).toEqual([0n, 0n, word === 'AssertPaid' ? -3_000n : 0n, 0n]);
      await check(world);
    }
  });
});

describe('a reversal and its transfer', () => {
  const orders: readonly (readonly [string, readonly ('answer' | 'transfer' | 'itself')[]])[] = [
    ['the answer, then the transfer', ['answer', 'transfer', 'itself']],
    ['the transfer, then the answer', ['transfer', 'answer', 'itself']],
    ['itself, then the transfer, then the answer', ['itself', 'transfer', 'answer']],
    ['each twice', ['transfer', 'transfer', 'itself', 'itself', 'answer', 'answer']],
  ];
  const amounts = ['30', '29.99', '31', '90'];
  const cases = orders.flatMap(([words, order]) => amounts.map((amount) => [words, amount, order] as const));
  it.each(cases)('tell of the same money in any order: %s, of %s', async (_words, amount, order) => {
    const world = await reversing();
    const observation = await seen(world, { amount: dollars(amount) });
    for (const who of order) {
      if (who === 'answer') await report(world, { outcome: 'accepted', observation, replayed: false });
      if (who === 'itself') await observe(world, observation);
      if (who === 'transfer') await observe(world, await transferWith(world, returnOf(observation)));
      await check(world);
    }
    const whole = dollars(amount).minor;
    const [debt = 0n, aside = 0n, owed = 0n, world_, suspense = 0n] = await money(world);
    // What is more than was asked for is owed to the payee again, and what is more than had left to nobody.
    expect([world_, debt, aside]).toEqual([-whole, 0n, whole < 3_000n ? whole - 3_000n : 0n]);
    expect([owed, suspense]).toEqual([
      whole > 3_000n ? (whole > 8_000n ? 5_000n : whole - 3_000n) : 0n,
      whole > 8_000n ? 1_000n : 0n,
    ]);
    expect(await status(world)).toBe(amount === '30' ? 'paid' : 'conflict');
  });

  it('are put together by a look-up of either', async () => {
    for (const which of ['reversal', 'transfer'] as const) {
      const world = await reversing();
      const found = [which === 'reversal' ? await seen(world) : await transferWith(world, returnOf(await seen(world)))];
      const of = which === 'reversal' ? { reversal: 1 } : {};
      const lookup = { type: 'ReportLookup', ...of, attempt: 1, lookedAt: world.now(), lookup: { found } };
      await world.done('payout', 'p', lookup);
      expect([await status(world), await money(world)]).toEqual(['paid', [0n, 0n, 0n, -3_000n, 0n]]);
      await check(world);
    }
  });

  it('free what was set aside where the return had been placed before anybody knew whose it was', async () => {
    const world = await reversing();
    const observation = await seen(world);
    const { metadata: _metadata, reference: _reference, ...nameless } = returnOf(observation);
    await observe(world, await transferWith(world, nameless));
    expect(await money(world)).toEqual([0n, -3_000n, 3_000n, -3_000n, 0n]);
    await report(world, { outcome: 'accepted', observation, replayed: false });
    expect([await status(world), await money(world)]).toEqual(['paid', [-3_000n, 0n, 3_000n, -3_000n, 0n]]);
    await check(world);
  });

  it('owe the payee what comes back after the debt was recovered by another payout', async () => {
    const world = await reversing();
    const observation = await seen(world);
    await report(world, no);
    await world.done('obligation', 'b1', earn(usd('50')));
    (await world.plan('q', 'b1'))._unsafeUnwrap();
    await world.done('payout', 'q', { type: 'StartAttempt' });
    await observe(world, observation);
    expect(await money(world)).toEqual([0n, 0n, 3_000n, -8_000n, 0n]);
    await check(world);
  });
});

describe('a reversal that a restored book has forgotten', () => {
  it.each(['itself', 'its transfer'])(
    'is told of by %s: placed as any return, and never asked for under its key again',
    async (who) => {
      const lost = await reversing();
      const observation = await seen(lost);
      const world = await owing();
      const told = who === 'itself' ? observation : await transferWith(world, returnOf(observation));
      await observe(world, told);
      await observe(world, told);
      expect([await status(world), await money(world)]).toEqual(['paid', [0n, 0n, 0n, -3_000n, 0n]]);
      await check(world);
      await refund(world, '20');
      await world.done('payout', 'p', ask('20'), operator);
      await world.done('payout', 'p', { type: 'StartAttempt', reversal: 2 });
      const keys = [
        (await reversal(lost)).attempts[0]?.attempt.key,
        (await reversal(world, 2)).attempts[0]?.attempt.key,
      ];
      expect(new Set(keys).size).toBe(2);
      await check(world);
    },
  );

  it('together with another takes of the debt what there is, and owes the payee the rest', async () => {
    const lost = await owing();
    await lost.done('payout', 'p', ask('20'), operator);
    await lost.done('payout', 'p', start);
    await refund(lost, '20');
    await lost.done('payout', 'p', ask('20'), operator);
    await lost.done('payout', 'p', { type: 'StartAttempt', reversal: 2 });
    const both = [1, 2].map(async (number) => returnOf(observationOf(await reversal(lost, number))));
    const world = await owing();
    await observe(world, await transferWith(world, ...(await Promise.all(both))));
    expect(await money(world)).toEqual([0n, 0n, 1_000n, -4_000n, 0n]);
    const taken = [await reversal(world, 1), await reversal(world, 2)].map(
      ({ attempts }) => `${attempts[0]?.taken[0]?.amount}`,
    );
    expect(taken).toEqual(['20.00 USD', '10.00 USD']);
    await check(world);
  });

  it('that it has asked for as well goes on under the next key, and takes nothing twice', async () => {
    const lost = await reversing();
    await report(lost, no);
    lost.pass(hours(1).ms);
    expect(await lost.code('payout', 'p', start)).toBe('done');
    const observation = await seen(lost);
    const world = await reversing();
    expect(await world.code('payout', 'p', { type: 'ReportObservation', observation })).toBe('done');
    await observe(world, observation);
    expect((await reversal(world)).attempts.map(({ attempt }) => [attempt.number, attempt.state.status])).toEqual([
      [1, 'sending'],
      [2, 'paid'],
    ]);
    await world.done('payout', 'p', { ...outcomeOf(await reversal(world), no), attempt: 1, send: 1 });
    expect(await money(world)).toEqual([-3_000n, 0n, 3_000n, -3_000n, 0n]);
    expect(await status(world)).toBe('paid');
    await check(world);
  });

  it('is not taken for one of a payout that the book does not know', async () => {
    const lost = await reversing();
    const observation = await seen(lost);
    const world = await openPayouts();
    expect(await world.code('payout', 'p', { type: 'ReportObservation', observation })).toBe('observation_not_ours');
  });
});
