import { addDuration, days, hours } from '@holdfast/kernel';
import {
  add,
  allocate,
  cad,
  convert,
  defineCurrency,
  eur,
  jpy,
  type Money,
  percent,
  quoteConversion,
  rate,
  reverseConversion,
  share,
  subtract,
  usd,
  zero,
} from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { factsOf, itemOf } from '../testing/facts.ts';
import { retryAt } from './back-off.ts';
import { bearRefund, type RefundBearing, type SplitSale } from './bear-refund.ts';
import { type Calendar, utcCalendar } from './calendar.ts';
import { checkEligibility } from './check-eligibility.ts';
import { composePayout } from './compose-payout.ts';
import { delayEnd } from './delay.ts';
import { payoutFee } from './payout-fee.ts';
import { splitReserve } from './reserve.ts';
import { nextRun } from './schedule.ts';
import { isTipWindowOpen, tipWindow } from './tip-window.ts';

describe('G13, G14: a refund of a sale of 100.00 split 75/25', () => {
  const rows: readonly (readonly [RefundBearing, '20' | '80' | '100', string, string])[] = [
    ['proportional', '20', '60.00 USD', '20.00 USD'],
    ['payee_first', '20', '55.00 USD', '25.00 USD'],
    ['platform_first', '20', '75.00 USD', '5.00 USD'],
    ['proportional', '80', '15.00 USD', '5.00 USD'],
    ['payee_first', '80', '0.00 USD', '20.00 USD'],
    ['proportional', '100', '0.00 USD', '0.00 USD'],
    ['payee_first', '100', '0.00 USD', '0.00 USD'],
  ];
  it.each(rows)('%s of %s leaves %s and %s', (bearing, back, payee, platform) => {
    const sale: SplitSale = { payee: usd('75'), platform: usd('25'), refunded: usd('0') };
    const borne = bearRefund(sale, usd(back), bearing);
    expect(`${subtract(sale.payee, borne.payee)}`).toBe(payee);
    expect(`${subtract(sale.platform, borne.platform)}`).toBe(platform);
  });

  it('is never what the literal formula says: minus 5.00, and minus 25.00', () => {
    const literal = (back: Money<'USD'>) => `${subtract(usd('75'), back)}`;
    expect([literal(usd('80')), literal(usd('100'))]).toEqual(['-5.00 USD', '-25.00 USD']);
    const sale: SplitSale = { payee: usd('75'), platform: usd('25'), refunded: usd('0') };
    expect(`${subtract(sale.payee, bearRefund(sale, usd('80'), 'payee_first').payee)}`).toBe('0.00 USD');
  });

  it('gives each side back exactly what it got, in however many refunds', () => {
    for (const bearing of ['proportional', 'payee_first', 'platform_first'] as const) {
      let refunded: Money = usd('0');
      let payee = 0n;
      let platform = 0n;
      for (const back of [usd('3.33'), usd('0.01'), usd('6.67'), usd('0.01')]) {
        const part = bearRefund({ payee: usd('7.51'), platform: usd('2.51'), refunded }, back, bearing);
        expect(part.payee.minor >= 0n && part.platform.minor >= 0n).toBe(true);
        refunded = add<string>(refunded, back);
        payee += part.payee.minor;
        platform += part.platform.minor;
      }
      expect([payee, platform]).toEqual([751n, 251n]);
    }
  });
});

it('G15: 100.00 with a tip of 10.00, refunded 20.00 and 4.00 of the tip, pays 66.00 and leaves the platform 20.00', () => {
  const sale: SplitSale = { payee: usd('75'), platform: usd('25'), refunded: usd('0') };
  const borne = bearRefund(sale, usd('20'), 'proportional');
  const items = [
    itemOf('booking', { owed: subtract(sale.payee, borne.payee) }),
    itemOf('tip', { owed: subtract(usd('10'), usd('4')) }),
  ];
  const draft = composePayout({ currency: usd, items, debts: usd('0'), nettedBefore: usd('0') }, {});
  expect(`${draft.send}`).toBe('66.00 USD');
  expect(`${subtract(sale.platform, borne.platform)}`).toBe('20.00 USD');
  expect(draft.items.map(({ sent }) => `${sent}`)).toEqual(['60.00 USD', '6.00 USD']);
});

it('G29: a tip of EUR 10.00 at 1.4705 is 14.71, and two halves give back 7.36 and 7.35', () => {
  const terms = { from: eur, to: cad, rate: rate('1.4705'), rounding: 'halfUp' } as const;
  const quote = quoteConversion({ ...terms, quotedAt: '2026-03-07T10:00:00.000Z' });
  const frozen = { from: eur('10'), to: convert(eur('10'), quote), rounding: 'halfUp' } as const;
  const first = reverseConversion(frozen, { already: eur('0'), back: eur('5') });
  const second = reverseConversion(frozen, { already: eur('5'), back: eur('5') });
  expect([frozen.to, first, second].map(String)).toEqual(['14.71 CAD', '7.36 CAD', '7.35 CAD']);
});

describe('G30: what is no multiple of the step stays owed', () => {
  const huf = defineCurrency('HUF', 2);
  const kwd = defineCurrency('KWD', 3);
  it.each([
    [huf('10.45'), huf('1'), '10.00 HUF', '0.45 HUF'],
    [kwd('5.124'), kwd('0.010'), '5.120 KWD', '0.004 KWD'],
  ] as const)('%s in steps of %s pays %s and leaves %s', (owed, step, send, left) => {
    const { currency } = owed;
    const none = zero(currency);
    const composition = { currency, items: [itemOf('a', { owed })], debts: none, nettedBefore: none };
    const draft = composePayout(composition, { step: [step] });
    expect([`${draft.send}`, `${draft.left}`]).toEqual([send, left]);
    expect(`${draft.items[0]?.sent}`).toBe(send);
  });

  it('JPY 999 with a fee of 25 % is 250 and 749', () => {
    const fee = share(jpy('999'), percent('25'), 'halfUp');
    expect([`${fee}`, `${subtract(jpy('999'), fee)}`]).toEqual(['250 JPY', '749 JPY']);
    expect(allocate(jpy('999'), [3n, 1n]).map(String)).toEqual(['749 JPY', '250 JPY']);
  });
});

it('G31: with a minimum of 10.00, 9.99 is carried, 10.00 paid, 4.99 carried', () => {
  const codes = (owed: Money) => {
    const facts = factsOf({ items: [itemOf('a', { owed })] });
    const answer = checkEligibility(facts, { minimum: [usd('10')] }, facts.at);
    return answer.eligible ? `${answer.draft.send}` : answer.obstacles.map(({ code }) => code).join();
  };
  expect([codes(usd('9.99')), codes(usd('10')), codes(usd('4.99'))]).toEqual([
    'below_minimum',
    '10.00 USD',
    'below_minimum',
  ]);
});

it('G32: a reserve of 5 % for 180 days is released at the next midnight in UTC', () => {
  const policy = { rate: percent('5'), for: days(180) };
  const reserved = splitReserve(usd('85'), policy, '2026-03-05T10:00:00.000Z');
  expect([`${reserved.held}`, `${reserved.free}`, reserved.releaseAt]).toEqual([
    '4.25 USD',
    '80.75 USD',
    '2026-09-02T00:00:00.000Z',
  ]);
  const odd = splitReserve(usd('28.33'), policy, '2026-03-05T00:00:00.000Z');
  expect([`${odd.held}`, `${odd.free}`, odd.releaseAt]).toEqual(['1.42 USD', '26.91 USD', '2026-09-01T00:00:00.000Z']);
});

it('G34: an instant payout costs 1.50 and 0.75 %, and 2.00 at least', () => {
  const fee = { fixed: usd('1.50'), rate: percent('0.75'), least: usd('2') };
  const costs = [usd('50'), usd('66.67'), usd('100'), usd('1')].map((amount) => `${payoutFee(amount, fee)}`);
  expect(costs).toEqual(['2.00 USD', '2.00 USD', '2.25 USD', '1.00 USD']);
});

describe('G37: 48 hours are elapsed time', () => {
  it.each([
    ['2026-03-07T10:00:00.000Z', '2026-03-09T10:00:00.000Z'],
    ['2026-10-31T05:30:00.000Z', '2026-11-02T05:30:00.000Z'],
  ])('from %s to %s, whatever the clock on the wall does', (completedAt, at) => {
    expect(delayEnd({ elapsed: hours(48) }, completedAt)).toEqual({ at });
    const facts = factsOf({ items: [itemOf('a', { owed: usd('10'), eligibleAt: at })] });
    const before = checkEligibility(facts, {}, addDuration(at, { ms: -1 }));
    expect(before).toMatchObject({ eligible: false, obstacles: [{ code: 'delay_running', clearsAt: at }] });
    expect(checkEligibility(facts, {}, at).eligible).toBe(true);
  });

  it('takes a tip until just before 24 hours', () => {
    const window = tipWindow('2026-03-07T10:00:00.000Z', hours(24));
    expect(isTipWindowOpen(window, '2026-03-08T09:59:59.999Z')).toBe(true);
    expect(isTipWindowOpen(window, '2026-03-08T10:00:00.000Z')).toBe(false);
  });
});

describe('G38: back-off', () => {
  it.each([
    [3, [1, 2, 4]],
    [6, [1, 2, 4, 8, 10, 10]],
  ])('of %i retries from 1 s, doubled, 10 s at most', (maxRetries, seconds) => {
    const policy = { maxRetries, base: { ms: 1_000 }, factor: 2, cap: { ms: 10_000 } };
    const at = '2026-01-01T00:00:00.000Z';
    const waits = seconds.map((_wait, index) => retryAt(policy, index + 1, at));
    expect(waits).toEqual(seconds.map((wait) => addDuration(at, { ms: wait * 1_000 })));
    expect(retryAt(policy, maxRetries + 1, at)).toBeUndefined();
  });
});

/** Toronto in 2026, as a caller would give it. */
const toronto: Calendar = {
  version: 'America/Toronto@2026a',
  offsets: [
    { from: '2025-11-02T06:00:00.000Z', minutes: -300 },
    { from: '2026-03-08T07:00:00.000Z', minutes: -240 },
    { from: '2026-11-01T06:00:00.000Z', minutes: -300 },
  ],
  weekend: [6, 7],
  holidays: ['2026-12-25'],
};

describe('a calendar delay', () => {
  it('keeps the time on the wall and names its data', () => {
    // A Friday at 05:00 in Toronto; the clock moves on Sunday.
    const end = delayEnd({ businessDays: 2, calendar: toronto }, '2026-03-06T10:00:00.000Z');
    expect(end).toEqual({ at: '2026-03-10T09:00:00.000Z', calendar: 'America/Toronto@2026a' });
  });

  it.each([
    ['begins on Monday what came on a Saturday', 2, '2026-01-10T12:00:00.000Z', '2026-01-14T12:00:00.000Z'],
    ['leaves out a holiday', 1, '2026-12-24T17:00:00.000Z', '2026-12-28T17:00:00.000Z'],
    ['of nothing on a working day is over at once', 0, '2026-01-12T12:00:00.000Z', '2026-01-12T12:00:00.000Z'],
  ])('%s', (_fact, businessDays, from, at) => {
    expect(delayEnd({ businessDays, calendar: toronto }, from).at).toBe(at);
  });
});

describe('a schedule', () => {
  const at = (atMinute: number) => ({ atMinute, calendar: toronto });
  it.each([
    ['daily, later the same day', { every: 'day', ...at(600) }, '2026-01-05T12:00:00.000Z', '2026-01-05T15:00:00.000Z'],
    ['daily, at the run itself', { every: 'day', ...at(600) }, '2026-01-05T15:00:00.000Z', '2026-01-05T15:00:00.000Z'],
    ['daily, just after', { every: 'day', ...at(600) }, '2026-01-05T15:00:00.001Z', '2026-01-06T15:00:00.000Z'],
    ['weekly', { every: 'week', on: 5, ...at(0) }, '2026-01-05T12:00:00.000Z', '2026-01-09T05:00:00.000Z'],
    [
      'monthly on the 31st in February',
      { every: 'month', on: 31, ...at(0) },
      '2026-02-01T05:00:00.000Z',
      '2026-02-28T05:00:00.000Z',
    ],
    [
      'monthly on the 30th in February of a leap year',
      { every: 'month', on: 30, atMinute: 0, calendar: utcCalendar },
      '2028-02-01T00:00:00.000Z',
      '2028-02-29T00:00:00.000Z',
    ],
    [
      'monthly on the 31st in April',
      { every: 'month', on: 31, ...at(0) },
      '2026-04-01T04:00:00.000Z',
      '2026-04-30T04:00:00.000Z',
    ],
    [
      'at a time that the clock skips',
      { every: 'day', ...at(150) },
      '2026-03-08T06:00:00.000Z',
      '2026-03-08T07:30:00.000Z',
    ],
    [
      'at a time that the clock shows twice',
      { every: 'day', ...at(90) },
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T05:30:00.000Z',
    ],
    [
      'on a Saturday, moved to Monday',
      { every: 'week', on: 6, onDayOff: 'next_business_day', ...at(0) },
      '2026-01-11T05:00:00.000Z',
      '2026-01-12T05:00:00.000Z',
    ],
  ] as const)('runs %s', (_name, schedule, from, run) => {
    expect(nextRun(schedule, from)).toBe(run);
  });

  it('runs at once, or never by itself', () => {
    const from = '2026-01-01T00:00:00.000Z';
    expect(nextRun({ every: 'moment' }, from)).toBe(from);
    expect(nextRun({ every: 'never' }, from)).toBeUndefined();
  });

  it('runs once on each local day of a year, the days of the clock changes included', () => {
    const runs: string[] = [];
    for (let from = '2026-01-01T05:00:00.000Z'; runs.length < 365; ) {
      const run = nextRun({ every: 'day', ...at(90) }, from) as string;
      runs.push(run);
      from = addDuration(run, { ms: 1 });
    }
    expect(new Set(runs.map((run) => run.slice(0, 10))).size).toBe(365);
    expect(runs.at(-1)).toBe('2026-12-31T06:30:00.000Z');
  });
});
