import { inr, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { asOf, due, prized, profile, scored, verified, whole, year } from '../test/members.ts';
import { defineScoreModel, eventModel, type ScoreEvent, score, scoreToText } from './index.ts';

const takenBack = (instalment: string, on: string): ScoreEvent => ({
  type: 'PaymentReversed',
  id: `back-${instalment}`,
  instalment,
  on,
  amount: inr('500'),
});
const paidAgain = (instalment: string, on: string): ScoreEvent => ({
  type: 'InstalmentPaid',
  id: `again-${instalment}`,
  instalment,
  on,
  amount: inr('500'),
});

describe('payment history', () => {
  it.each<[string, readonly ScoreEvent[], string, bigint]>([
    ['12 on time', year(), asOf, 10_000n],
    ['3 on time, under the ceiling of a short record', year({}, 3), asOf, 5_500n],
    [
      'the eleventh of twelve 20 days late while prized',
      [...year({ 11: '2026-11-25' }), prized('2026-10-20')],
      asOf,
      9_131n,
    ],
    ['the oldest of twelve 20 days late, not prized', year({ 1: '2026-01-25' }), asOf, 9_500n],
    ['the newest missed while prized', [...year({ 12: undefined }), prized('2026-11-20')], '2027-12-31', 7_986n],
    ['nothing due', [], asOf, 0n],
    ['one missed, and nothing else', year({ 1: undefined }, 1), asOf, 0n],
    ['one due today and open', year({ 1: undefined }, 1), due(1), 0n],
    [
      'one paid in two parts, the last 8 days late',
      [
        ...year({ 1: undefined }, 1),
        { type: 'InstalmentPaid', id: 'a', instalment: 'i1', on: '2026-01-01', amount: inr('499.99') },
        { type: 'InstalmentPaid', id: 'b', instalment: 'i1', on: '2026-01-13', amount: inr('0.01') },
      ],
      asOf,
      4_000n,
    ],
    [
      'a superseded one not at all',
      [...year({ 6: undefined }), { type: 'InstalmentSuperseded', id: 's', instalment: 'i6', on: due(6) }],
      asOf,
      9_500n,
    ],
    [
      'one taken back and paid again 20 days late as late by that',
      [...year(), takenBack('i1', '2026-01-20'), paidAgain('i1', '2026-01-25')],
      asOf,
      9_500n,
    ],
    [
      'one taken back and paid again on the same day as paid on that day',
      [...year(), takenBack('i1', '2026-01-25'), paidAgain('i1', '2026-01-25')],
      asOf,
      9_500n,
    ],
    [
      'one taken back and never paid again as missed',
      [...year(), takenBack('i12', '2026-12-10'), prized('2026-11-20')],
      '2027-12-31',
      7_986n,
    ],
    ['one taken back tomorrow as paid', [...year(), takenBack('i12', '2027-01-01')], '2026-12-31', 10_000n],
  ])('counts %s', (_, events, day, expected) => {
    expect(scored(events, { asOf: day }).factors.paymentHistory).toBe(expected);
  });

  it.each<[string, bigint]>([
    ['2026-12-05', 10_000n],
    ['2026-12-06', 9_000n],
    ['2026-12-12', 9_000n],
    ['2026-12-13', 7_500n],
    ['2026-12-20', 7_500n],
    ['2026-12-21', 5_000n],
    ['2027-01-04', 5_000n],
    ['2027-01-05', 2_500n],
    ['2027-02-03', 2_500n],
    ['2027-02-04', 1_000n],
    ['2027-03-05', 1_000n],
    ['2027-03-06', 0n],
  ])('values an instalment of the 5th of December paid on %s', (on, worth) => {
    const easy = { ...eventModel.params, shortRecord: { base: 10_000n, perOnTime: 0n } };
    const model = defineScoreModel('easy', '1', { effectiveFrom: '2026-01-01', params: easy })._unsafeUnwrap();
    const only = year({ 12: on }).slice(-2);
    expect(score(model, only, { asOf: '2027-12-31' })._unsafeUnwrap().factors.paymentHistory).toBe(worth);
  });

  it('never lets an open instalment speak for somebody: one a day late raises no bad average', () => {
    const bad = year({ 1: '2026-03-01', 2: '2026-04-01', 3: '2026-05-01' }, 3);
    const open = year({ 12: undefined }).slice(-1);
    const before = scored(bad, { asOf: '2026-12-06' }).factors.paymentHistory;
    expect(before).toBe(2_500n);
    expect(scored([...bad, ...open], { asOf: '2026-12-06' }).factors.paymentHistory).toBe(before);
  });
});

describe('the other factors', () => {
  const began: ScoreEvent = { type: 'SchemeCommenced', id: 'c', scheme: 's', on: '2024-01-31' };
  const completed = (scheme: string): ScoreEvent => ({ type: 'SchemeCompleted', id: scheme, scheme, on: '2025-01-31' });
  const removed: ScoreEvent = { type: 'SubscriberRemoved', id: 'r', ticket: 't', on: '2025-01-31' };

  it.each<[string, readonly ScoreEvent[], string, bigint]>([
    ['joining alone', [began], '2024-01-31', 0n],
    ['a month that ends on a shorter one', [began], '2024-02-29', 138n],
    ['a day less than a month', [began], '2024-02-28', 0n],
    ['36 months', [began], '2027-01-31', 5_000n],
    ['more than 36 months', [began], '2029-01-31', 5_000n],
    ['one scheme completed', [completed('s')], '2025-01-31', 2_500n],
    ['the same scheme twice', [completed('s'), { ...completed('s'), id: 'again' }], '2025-01-31', 2_500n],
    ['two schemes', [completed('s'), completed('u')], '2025-01-31', 3_750n],
    ['one struck off after 36 months', [began, removed], '2027-01-31', 2_500n],
  ])('participation: %s', (_, events, day, expected) => {
    expect(scored(events, { asOf: day }).factors.schemeParticipation).toBe(expected);
  });

  it.each<[string, readonly ScoreEvent[], bigint]>([
    ['nothing', [], 0n],
    ['a PAN', [verified('pan', 'PAN')], 5_000n],
    ['both slots', [verified('pan', 'PAN'), verified('dl', 'DRIVING_LICENSE')], 10_000n],
    ['two documents in one slot', [verified('aadhar', 'AADHAR'), verified('dl', 'DRIVING_LICENSE')], 5_000n],
    ['one that is pending', [verified('pan', 'PAN', { status: 'PENDING' })], 0n],
    ['one that was rejected', [verified('pan', 'PAN', { status: 'REJECTED' })], 0n],
    ['one on its last day', [verified('pan', 'PAN', { validTo: asOf })], 5_000n],
    ['one that has expired', [verified('pan', 'PAN', { validTo: '2026-12-30' })], 0n],
    ['one of a kind that does not count', [verified('x', 'PASSPORT')], 0n],
    [
      'one that was verified and then rejected',
      [verified('pan', 'PAN'), verified('pan', 'PAN', { id: 'later', status: 'REJECTED', on: due(2) })],
      0n,
    ],
  ])('KYC: %s', (_, events, expected) => {
    expect(scored(events).factors.kycCompletion).toBe(expected);
  });

  it.each<[readonly string[], bigint]>([
    [[], 0n],
    [['name'], 1_428n],
    [['name', 'email', 'gender', 'religion'], 2_857n],
    [eventModel.params.profileFields, 10_000n],
  ])('profile: %j', (fields, expected) => {
    expect(scored(profile(...fields)).factors.profileCompleteness).toBe(expected);
  });
});

describe('score', () => {
  it('is provisional below three due instalments', () => {
    expect(scored(year({}, 2))).toMatchObject({ status: 'INSUFFICIENT_HISTORY', provisional: true });
    expect(scored(year({}, 3))).toMatchObject({ status: 'SCORED', provisional: false });
  });

  it('sums, reasons and strengths on both scales', () => {
    const seed = scored(whole);
    expect(seed).toMatchObject({ score: 630n, before: 630n, lost: 270n, scaleId: 'seed0to900', against: 'maximum' });
    expect(seed.reasons.map(({ code, points }) => [code, points])).toEqual([
      ['SP01', 135n],
      ['SP02', 135n],
    ]);
    expect(seed.strengths.map(({ code, points }) => [code, points])).toEqual([
      ['GD01', 360n],
      ['GD03', 180n],
      ['GD04', 90n],
    ]);
    expect(scored(whole, { scale: 'bureau300to900' })).toMatchObject({ score: 720n, lost: 180n });
  });

  it('gives each reason its evidence and what would help', () => {
    const late = [
      ...year({ 2: '2026-02-10', 10: '2026-10-10', 11: '2026-11-10', 12: undefined }),
      prized('2026-10-20'),
    ];
    const { reasons } = scored([...late, verified('pan', 'PAN', { status: 'REJECTED' })]);
    const found = Object.fromEntries(
      reasons.map(({ code, evidence, whatWouldHelp }) => [code, [evidence, whatWouldHelp]]),
    );
    expect(found).toMatchObject({
      PH01: [['i12'], { action: 'pay_overdue', about: ['i12'] }],
      PH02: [['i11'], { action: 'pay_on_time' }],
      PH03: [['i10'], { action: 'pay_on_time' }],
      PH04: [['i2'], { action: 'pay_on_time' }],
      KY01: [[], { action: 'verify_document', about: ['identity'] }],
      KY03: [['pan'], { action: 'verify_document', about: ['tax'] }],
      PR07: [['nominee'], { action: 'verify_field', about: ['nominee'] }],
    });
    const short = scored(year({}, 3)).reasons.find(({ code }) => code === 'PH05');
    expect(short).toMatchObject({ points: 162n, evidence: ['i1', 'i2', 'i3'] });
  });

  it('counts reasons against a population where that is asked for', () => {
    const mean = {
      paymentHistory: 9_000n,
      schemeParticipation: 1_000n,
      kycCompletion: 5_000n,
      profileCompleteness: 0n,
    };
    const against = { id: 'members-2026', factors: mean };
    const { reasons, lost, against: id } = scored(whole, { against });
    expect([id, lost, reasons.map(({ code, points }) => [code, points])]).toEqual([
      'members-2026',
      27n,
      [
        ['SP01', 14n],
        ['SP02', 13n],
      ],
    ]);
  });

  it.each<[string, readonly ScoreEvent[], string, readonly unknown[]]>([
    ['30 days of prized arrears', [...year({ 12: undefined }), prized(due(11))], '2027-01-04', []],
    [
      '31 days of prized arrears',
      [...year({ 12: undefined }), prized(due(11))],
      '2027-01-05',
      [['OV01', 550n, ['i12']]],
    ],
    ['31 days of arrears, not prized', year({ 12: undefined }), '2027-01-05', []],
    [
      'an accelerated ticket',
      [...year(), { type: 'TicketAccelerated', id: 'a', ticket: 't', on: due(3) }],
      asOf,
      [['OV02', 350n, ['t']]],
    ],
    [
      'one that was reinstated',
      [
        ...year(),
        { type: 'TicketAccelerated', id: 'a', ticket: 't', on: due(3) },
        { type: 'TicketReinstated', id: 'b', ticket: 't', on: due(4) },
      ],
      asOf,
      [],
    ],
    [
      'a write-off',
      [...year({ 3: undefined }), { type: 'InstalmentWrittenOff', id: 'w', instalment: 'i3', on: due(9) }],
      asOf,
      [['OV02', 350n, ['i3']]],
    ],
    [
      'a write-off that was paid after all',
      [...year({ 3: due(10) }), { type: 'InstalmentWrittenOff', id: 'w', instalment: 'i3', on: due(9) }],
      asOf,
      [],
    ],
  ])('caps after %s', (_, events, day, expected) => {
    const { overlays } = scored(events, { asOf: day });
    expect(overlays.map(({ code, cap, evidence }) => [code, cap, evidence])).toEqual(expected);
  });

  it('lets the lowest cap take its points, rounded down on the other scale', () => {
    const caught: readonly ScoreEvent[] = [
      ...whole.filter(({ id }) => id !== 'p12'),
      prized(due(11)),
      { type: 'TicketAccelerated', id: 'a', ticket: 't', on: due(12) },
    ];
    const seed = scored(caught, { asOf: '2027-02-01' });
    expect(seed.overlays.map(({ code, points }) => [code, points])).toEqual([
      ['OV02', seed.before - 350n],
      ['OV01', 0n],
    ]);
    expect(seed.score).toBe(350n);
    const bureau = scored(caught, { asOf: '2027-02-01', scale: 'bureau300to900' });
    expect([bureau.score, bureau.overlays[1]?.cap]).toEqual([533n, 666n]);
  });

  it.each<[string, unknown, object]>([
    ['what is no list', { 0: 1 }, { code: 'event_invalid', field: 'events', given: 'an object' }],
    ['too many', Array.from({ length: 10_001 }), { code: 'limit_exceeded', field: 'events', given: '10001 events' }],
    ['null', [null], { code: 'event_invalid', field: 'events.0', given: 'null' }],
    [
      'an unknown type',
      [{ type: 'toString', id: 'x' }],
      { code: 'event_invalid', field: 'events.0.type', given: 'toString' },
    ],
    ['an empty id', [{ ...year()[0], id: '' }], { code: 'event_invalid', field: 'events.0.id', given: '' }],
    ['an id that is no text', [{ ...year()[0], id: 7 }], { code: 'event_invalid', field: 'events.0.id', given: '7' }],
    [
      'no such day',
      [{ ...year()[0], dueOn: '2026-02-29' }],
      { code: 'event_invalid', field: 'events.0.dueOn', given: '2026-02-29' },
    ],
    [
      'a day as a date',
      [{ ...year()[0], dueOn: new Date(0) }],
      { code: 'event_invalid', field: 'events.0.dueOn', given: 'an object' },
    ],
    [
      'a number for an amount',
      [{ ...year()[0], amount: 500 }],
      { code: 'event_invalid', field: 'events.0.amount', given: '500' },
    ],
    ['an amount of nothing', [{ ...year()[0], amount: inr('0') }], { code: 'event_invalid', field: 'events.0.amount' }],
    [
      'a status of another case',
      [verified('d', 'PAN', { status: 'verified' })],
      { code: 'event_invalid', field: 'events.0.status', given: 'verified' },
    ],
    [
      'text for a flag',
      [{ ...profile('name')[0], verified: 'true' }],
      { code: 'event_invalid', field: 'events.0.verified', given: 'true' },
    ],
    [
      'a getter',
      [Object.defineProperty({ ...year()[0] }, 'ticket', { get: () => 't' })],
      { code: 'event_invalid', field: 'events.0' },
    ],
    [
      'two events of one id',
      [year()[0], { ...year()[0], dueOn: due(2) }],
      { code: 'event_conflicts', field: 'events.1.id', given: 'd1' },
    ],
    [
      'an instalment that is due twice',
      [year()[0], { ...year()[0], id: 'again' }],
      { code: 'event_conflicts', field: 'd1.instalment', given: 'i1' },
    ],
    [
      'a payment in another currency',
      [year()[0], { ...year()[1], amount: usd('500') }],
      { code: 'event_conflicts', field: 'p1.amount', given: '500.00 USD' },
    ],
    [
      'more taken back than was paid',
      [...year({}, 1), takenBack('i1', due(2)), { ...takenBack('i1', due(3)), id: 'twice' }],
      { code: 'event_conflicts', field: 'back-i1.amount', given: '500.00 INR' },
    ],
    [
      'a payment of nothing that is due',
      [year()[1]],
      { code: 'instalment_unknown', field: 'p1.instalment', given: 'i1' },
    ],
  ])('refuses %s', (_, events, expected) => {
    expect(score(eventModel, events as ScoreEvent[], { asOf })._unsafeUnwrapErr()).toMatchObject(expected);
  });

  it.each<[string, object, object]>([
    ['a day', { asOf: '2026-2-1' }, { code: 'day_invalid', field: 'asOf', given: '2026-2-1' }],
    ['a scale', { scale: '0to1' }, { code: 'scale_unknown', field: 'scale', given: '0to1' }],
    [
      'a standard',
      { against: { id: 'x', factors: {} } },
      { code: 'factor_invalid', field: 'against.factors.paymentHistory' },
    ],
  ])('refuses %s that is none', (_, options, expected) => {
    expect(score(eventModel, [], { asOf, ...options })._unsafeUnwrapErr()).toMatchObject(expected);
  });

  it('takes amounts as JSON, as a database gives them', () => {
    const kept = JSON.parse(JSON.stringify(whole)) as ScoreEvent[];
    expect(scoreToText(scored(kept))).toBe(scoreToText(scored(whole)));
  });
});
