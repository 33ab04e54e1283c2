import { formatDecimal, type Money } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { chitHistory } from './chit-history.ts';
import { replayLot } from './draw/replay-lot.ts';
import { minutesOf } from './reports/minutes-of.ts';
import { monthlyReport } from './reports/monthly-report.ts';
import { quoteExit } from './reports/quote-exit.ts';
import { quoteSubstitution } from './reports/quote-substitution.ts';
import { registersOf } from './reports/registers-of.ts';
import { type Reminder, reminderPlan } from './reports/reminder-plan.ts';
import { statementOf } from './reports/statement-of.ts';
import type { SchemeTerms } from './terms/terms.ts';
import { type OpenedChits, openChits, registrar, rupees, smallTerms } from './testing/open-chits.ts';

let receipts = 0;
const pay = (world: OpenedChits, ticket: number, whole: number, payment = `r${++receipts}`) =>
  world.done('c1', { type: 'PayInstalment', ticket, amount: rupees(whole), channel: 'bank', payment });
const historyOf = async (world: OpenedChits) => (await chitHistory(world.book, world.chits, 'c1'))._unsafeUnwrap();
const text = (amount: Money | undefined) => (amount ? formatDecimal(amount) : 'none');
const passbook = async (world: OpenedChits, ticket: number, asOf: string) => {
  const statement = statementOf(await historyOf(world), ticket, { asOf })._unsafeUnwrap();
  const lines = statement.lines.map(
    ({ day, what, amount, balance }) => `${day} ${what} ${text(amount)} ${text(balance)}`,
  );
  return { statement, lines };
};
const plan = async (world: OpenedChits, asOf: string, until: string) =>
  reminderPlan(await world.chit('c1'), { asOf, until })._unsafeUnwrap();
const brief = (reminders: readonly Reminder[], what: string) =>
  reminders
    .filter((one) => one.what === what)
    .map(({ day, about, ticket, instalment }) => `${day} ${about} ${ticket ?? '-'}/${instalment ?? '-'}`);

/** Draw 1: ticket 2 wins 4,500 at a discount of 500, so that each owes 950; all but ticket 5 have paid on the fifth. */
async function behind(change: Partial<SchemeTerms> = {}): Promise<OpenedChits> {
  const world = openChits();
  await world.found('c1', smallTerms({ state: 'TS', ...change }));
  world.goTo('2026-01-05');
  await world.draw('c1', [[2, rupees(500)]]);
  for (const ticket of [1, 2, 3, 4]) await pay(world, ticket, 950);
  world.goTo('2026-01-14');
  await world.sweep();
  return world;
}

describe('a passbook', () => {
  it('has each line of a late payer with its balance, as worked out by hand', async () => {
    const world = await behind({ late: { ...smallTerms().late, interestBasisPoints: 3_650n, forfeit: 'foreman' } });
    world.goTo('2026-01-20');
    await pay(world, 5, 1_005, 'late');
    const { lines, statement } = await passbook(world, 5, '2026-01-20');
    // A thousandth a day of 1,000 for ten days is 10: 5 are still owed.
    expect(lines).toEqual([
      '2026-01-14 due -1000.00 -1000.00',
      '2026-01-14 dividend 50.00 -950.00',
      '2026-01-14 forfeited -50.00 -1000.00',
      '2026-01-20 payment 1005.00 5.00',
      '2026-01-20 interest -10.00 -5.00',
    ]);
    expect(Object.values(statement.totals).map(text)).toEqual(['1000.00', '50.00', '1005.00']);
    await world.done('c1', { type: 'ReversePayment', ticket: 5, payment: 'late', why: 'bounced' });
    const after = await passbook(world, 5, '2026-01-20');
    expect(after.lines.slice(5)).toEqual(['2026-01-20 reversal -1005.00 -1010.00']);
    // A day later a thousandth of 1,010 has run.
    const next = await passbook(world, 5, '2026-01-21');
    expect([text(next.statement.balance), next.statement.arrears.length]).toEqual(['-1011.01', 1]);
    // As of an earlier day nothing later is known; four days of a thousandth of 1,000 have run.
    const earlier = await passbook(world, 5, '2026-01-14');
    expect([earlier.lines.length, text(earlier.statement.balance)]).toEqual([3, '-1004.00']);
  });

  it('of a winner who left his prize for what is to come shows what was kept, and not the prize', async () => {
    const world = await behind();
    await world.done('c1', { type: 'PrepayPrize', ticket: 2, channel: 'bank' });
    const { lines, statement } = await passbook(world, 2, '2026-01-14');
    expect(lines.slice(3)).toEqual(['2026-01-14 kept 4000.00 4000.00']);
    expect(statement.prizes.map(({ what, amount }) => `${what} ${text(amount)}`)).toEqual([
      'won none',
      'settled 4500.00',
      'prepaid 500.00',
    ]);
    expect(text(statement.credit)).toBe('4000.00');
    expect(brief(await plan(world, '2026-01-14', '2026-02-28'), 'instalment_due').join()).not.toContain(' 2/');
  });

  it('takes a payment back from the credit', async () => {
    const world = await behind();
    await pay(world, 4, 100, 'cheque');
    await world.done('c1', { type: 'ReversePayment', ticket: 4, payment: 'cheque', why: 'bounced' });
    expect(text((await passbook(world, 4, '2026-01-14')).statement.credit)).toBe('0.00');
  });

  it('is not made of a ticket or a scheme that is not there', async () => {
    const world = await behind();
    expect(statementOf(await historyOf(world), 6, { asOf: '2026-01-14' })._unsafeUnwrapErr().code).toBe(
      'ticket_unknown',
    );
    expect((await chitHistory(world.book, world.chits, 'c9'))._unsafeUnwrapErr().code).toBe('chit_unknown');
  });
});

describe('minutes', () => {
  it('have all that is asked for, and the lot can be drawn again from them', async () => {
    const world = openChits();
    await world.found('c1', smallTerms({ state: 'TS' }));
    world.goTo('2026-01-05');
    const cap = rupees(1_500);
    await world.draw('c1', [
      [2, cap],
      [3, rupees(500)],
      [4, cap],
    ]);
    await world.done('c1', { type: 'RecordMinutes', instalment: 1, signedBy: ['fatima', 'p2'] });
    const minutes = minutesOf(await historyOf(world), 1)._unsafeUnwrap();
    expect(minutes).toMatchObject({
      instalment: 1,
      sequence: 1,
      began: { day: '2026-01-05', hour: '10:00' },
      ended: { day: '2026-01-05', hour: '10:00' },
      place: 'The office',
      present: ['p2', 'p3', 'p4'],
      tied: [2, 4],
      eligible: [1, 2, 3, 4, 5],
      signedBy: ['fatima', 'p2'],
      fileBy: '2026-01-26',
      earlier: [],
    });
    expect(minutes.bids.map(({ ticket, discount }) => [ticket, text(discount)])).toEqual([
      [2, '1500.00'],
      [3, '500.00'],
      [4, '1500.00'],
    ]);
    expect([minutes.filedAt, text(minutes.discount)]).toEqual([undefined, '1500.00']);
    const { lot, commitment = '' } = minutes;
    if (!lot) throw new Error('A tie at the cap is decided by lot.');
    expect(replayLot(lot, commitment)._unsafeUnwrap()[0]).toBe(minutes.entitled[0]?.ticket);
    await world.done('c1', { type: 'FileMinutes', instalment: 1 });
    expect(minutesOf(await historyOf(world), 1)._unsafeUnwrap().filedAt).toBe('2026-01-05T04:30:00.000Z');
  });

  it('say what became of prizes that were not paid, and keep both draws of an instalment', async () => {
    const world = await behind();
    world.goTo('2026-02-05');
    await world.sweep();
    await world.draw('c1', [[3, rupees(500)]]);
    const second = minutesOf(await historyOf(world), 2)._unsafeUnwrap();
    expect(second.earlier).toMatchObject([{ instalment: 1, ticket: 2, disposal: 'deposited' }]);
    for (const ticket of [1, 2, 3, 4, 5]) await pay(world, ticket, 2_000);
    await world.done('c1', { type: 'SettleInstalment', instalment: 2 });
    world.goTo('2026-04-05');
    await world.done('c1', { type: 'VoidDraw', instalment: 1, ticket: 2, why: 'uncollected' });
    await world.draw('c1', [[4, rupees(600)]]);
    await world.done('c1', { type: 'SettleInstalment', instalment: 1 });
    const history = await historyOf(world);
    const again = minutesOf(history, 1)._unsafeUnwrap();
    expect([again.sequence, again.entitled[0]?.ticket, text(again.entitled[0]?.prize)]).toEqual([2, 4, '4400.00']);
    expect(again.earlier.map(({ ticket, disposal }) => `${ticket} ${disposal}`)).toEqual(['2 voided', '3 awaiting']);
    const first = minutesOf(history, 1, { sequence: 1 })._unsafeUnwrap();
    expect([first.entitled[0]?.ticket, text(first.entitled[0]?.prize)]).toEqual([2, '4500.00']);
    expect(minutesOf(history, 3)._unsafeUnwrapErr().code).toBe('instalment_wrong_status');
  });
});

describe('a monthly report', () => {
  it('is what was worked out by hand', async () => {
    const world = await behind();
    const give = { kind: 'movable', value: rupees(6_000), reference: 'deed' } as const;
    await world.done('c1', { type: 'GiveSecurity', ticket: 2, ...give });
    await world.done('c1', { type: 'PayPrize', ticket: 2, channel: 'bank' });
    const history = await historyOf(world);
    const report = monthlyReport(history, { month: '2026-01', asOf: '2026-01-31' })._unsafeUnwrap();
    expect(report.draws).toMatchObject([{ instalment: 1, status: 'settled', wins: [{ ticket: 2 }] }]);
    const of = (amounts: object) => Object.fromEntries(Object.entries(amounts).map(([name, one]) => [name, text(one)]));
    expect(of(report.draws[0]?.settled ?? {})).toEqual({
      due: '4750.00',
      open: '950.00',
      discount: '500.00',
      prizes: '4500.00',
      commission: '250.00',
      tax: '0.00',
      dividends: '250.00',
      carry: '0.00',
      float: '0.00',
    });
    expect(of(report.flows)).toMatchObject({ due: '4750.00', received: '3800.00', prizesPaid: '4500.00' });
    const { arrears, ...standing } = report.standing;
    // 21 days after the tenth at 12 percent a year of 950: 6.56.
    expect(of(arrears)).toEqual({
      notDue: '0.00',
      to30: '950.00',
      to60: '0.00',
      to90: '0.00',
      over90: '0.00',
      interest: '6.56',
    });
    expect(of(standing)).toMatchObject({ advance: '950.00', commissionNotTaken: '250.00', prizesUnpaid: '0.00' });
    // 6,000 of security for four instalments of 1,000.
    expect(report.securityCover).toEqual({ num: 3n, den: 2n });
    expect(report.exceptions).toMatchObject([{ what: 'minutes_filed', by: '2026-01-26', instalment: 1 }]);
    const later = monthlyReport(history, { instalment: 1, asOf: '2026-05-01' })._unsafeUnwrap();
    expect([later.from, later.to, text(later.standing.arrears.over90)]).toEqual(['2026-01-05', '2026-02-04', '950.00']);
  });

  it.each([
    ['2026-02-09', 'to30'],
    ['2026-02-10', 'to60'],
    ['2026-03-11', 'to60'],
    ['2026-03-12', 'to90'],
    ['2026-04-10', 'to90'],
    ['2026-04-11', 'over90'],
  ] as const)('as of %s has what was due on the tenth of January under %s', async (asOf, age) => {
    const history = await historyOf(await behind());
    const { arrears } = monthlyReport(history, { instalment: 1, asOf })._unsafeUnwrap().standing;
    expect(text(arrears[age])).toBe('950.00');
  });

  it('tells when something was done too late', async () => {
    const world = await behind();
    await world.done('c1', { type: 'RecordMinutes', instalment: 1, signedBy: ['fatima'] });
    world.goTo('2026-01-27');
    await world.done('c1', { type: 'FileMinutes', instalment: 1 });
    await world.done('c1', { type: 'PrepayPrize', ticket: 2, channel: 'bank' });
    const { exceptions } = monthlyReport(await historyOf(world), {
      month: '2026-01',
      asOf: '2026-01-31',
    })._unsafeUnwrap();
    expect(exceptions.map(({ what, by, done }) => `${what} ${by} ${done}`)).toEqual([
      'prize_paid 2026-01-12 2026-01-27',
      'minutes_filed 2026-01-26 2026-01-27',
    ]);
  });
});

describe('reminders', () => {
  it('of dues come 7, 3 and 1 days before, on the day, the day after and then each week', async () => {
    const world = await behind();
    const reminders = await plan(world, '2026-01-10', '2026-02-11');
    const of = (ticket: number) =>
      brief(
        reminders.filter((one) => one.ticket === ticket),
        'instalment_due',
      );
    expect(of(5)).toEqual([
      '2026-01-10 2026-01-10 5/1',
      '2026-01-11 2026-01-10 5/1',
      '2026-01-18 2026-01-10 5/1',
      '2026-01-25 2026-01-10 5/1',
      '2026-02-01 2026-01-10 5/1',
      '2026-02-03 2026-02-10 5/2',
      '2026-02-07 2026-02-10 5/2',
      '2026-02-08 2026-01-10 5/1',
      '2026-02-09 2026-02-10 5/2',
      '2026-02-10 2026-02-10 5/2',
      '2026-02-11 2026-02-10 5/2',
    ]);
    expect(of(1)).toHaveLength(5);
    // 8 days of 12 percent a year on 950: 2.50.
    expect(text(reminders.find(({ day, ticket }) => day === '2026-01-18' && ticket === 5)?.amount)).toBe('952.50');
  });

  it('of a draw tell who may not bid and what he owes', async () => {
    const reminders = await plan(await behind(), '2026-01-29', '2026-02-05');
    expect(brief(reminders, 'auction')).toHaveLength(10);
    const of = (ticket: number) => reminders.find((one) => one.what === 'auction' && one.ticket === ticket);
    expect([of(1)?.ineligible, of(2)?.ineligible, of(5)?.ineligible]).toEqual([[], ['prized'], ['in_arrears']]);
    expect([of(1)?.day, text(of(5)?.amount)]).toEqual(['2026-01-29', '955.93']);
  });

  it('of security, deposit, minutes and certificate end with the last day', async () => {
    const world = await behind();
    const reminders = await plan(world, '2026-01-14', '2026-02-28');
    expect(brief(reminders, 'security_due')).toEqual([
      '2026-01-28 2026-02-04 2/1',
      '2026-02-03 2026-02-04 2/1',
      '2026-02-04 2026-02-04 2/1',
    ]);
    expect(brief(reminders, 'prize_deposit').at(-1)).toBe('2026-02-04 2026-02-04 2/1');
    expect(brief(reminders, 'minutes_filing').at(-1)).toBe('2026-01-26 2026-01-26 -/1');
    expect(brief(reminders, 'certificate_filing').at(-1)).toBe('2026-02-15 2026-02-15 -/-');
    await world.done('c1', { type: 'RecordMinutes', instalment: 1, signedBy: ['fatima'] });
    await world.done('c1', { type: 'FileMinutes', instalment: 1 });
    expect(brief(await plan(world, '2026-01-14', '2026-02-28'), 'minutes_filing')).toEqual([]);
    world.goTo('2026-02-05');
    await world.sweep();
    expect(brief(await plan(world, '2026-02-05', '2026-06-01'), 'redraw_allowed')).toEqual([
      '2026-04-05 2026-04-05 2/1',
    ]);
  });

  it('of a removal are the four times of the law, and of a sanction its end', async () => {
    const world = await behind();
    await world.done('c1', { type: 'DeclareDefault', ticket: 5 });
    await world.done('c1', { type: 'RemoveSubscriber', ticket: 5, notice: 'n' });
    const reminders = await plan(world, '2026-01-14', '2026-02-28');
    for (const [what, last] of [
      ['removal_notice', '2026-01-28'],
      ['reentry_ends', '2026-01-21'],
      ['removal_filing', '2026-01-28'],
      ['appeal_ends', '2026-01-21'],
    ] as const)
      expect(brief(reminders, what).at(-1)).toBe(`${last} ${last} 5/-`);
    const young = openChits();
    await young.done('c1', (await draftOf()) as never);
    await young.done('c1', { type: 'SubmitScheme' });
    await young.done('c1', { type: 'SanctionScheme', order: 'o' }, registrar);
    expect(
      brief(await plan(young, '2024-11-20', '2024-12-31'), 'sanction_lapses').map((one) => one.slice(0, 21)),
    ).toEqual(['2024-11-24 2024-12-01', '2024-11-30 2024-12-01', '2024-12-01 2024-12-01']);
  });
});

async function draftOf() {
  const { termsToJson } = await import('./terms/parse-terms.ts');
  const { wholeAgreement } = await import('./testing/open-chits.ts');
  return {
    type: 'DraftScheme',
    terms: termsToJson(smallTerms({ state: 'TS' })),
    agreement: wholeAgreement(rupees(5_000)),
  };
}

describe('a quote', () => {
  it('of a substitution is what the command then does', async () => {
    const world = await behind();
    await world.done('c1', { type: 'DeclareDefault', ticket: 5 });
    await world.done('c1', { type: 'RemoveSubscriber', ticket: 5, notice: 'n' });
    world.goTo('2026-02-05');
    await world.sweep();
    await world.draw('c1', [[3, rupees(500)]]);
    for (const ticket of [1, 2, 3, 4]) await pay(world, ticket, 950);
    await world.done('c1', { type: 'SettleInstalment', instalment: 2 });
    const asOf = '2026-02-05';
    const options = { asOf, deduction: rupees(100), credit: rupees(0) };
    const quote = quoteSubstitution(await world.chit('c1'), 5, options)._unsafeUnwrap();
    expect([quote.substitutePays, quote.toAdvance, quote.toDeposit, quote.kept].map(text)).toEqual([
      '1900.00',
      '1900.00',
      '0.00',
      '0.00',
    ]);
    const before = await world.balance('world:bank');
    const holders = [{ person: 'sue' }];
    const { deduction } = options;
    await world.done('c1', { type: 'SubstituteSubscriber', ticket: 5, holders, deduction, channel: 'bank' });
    expect(before - (await world.balance('world:bank'))).toBe(quote.substitutePays.minor);
    const { subscribers, payments } = registersOf(await historyOf(world));
    expect(subscribers[4]?.holdings.map(({ by, from, until }) => [by, from.slice(0, 10), until?.slice(0, 10)])).toEqual(
      [
        ['enrolled', '2023-12-01', '2026-01-14'],
        ['substituted', '2026-02-05', undefined],
      ],
    );
    expect(payments.at(-1)).toMatchObject({ what: 'substitution', holders: [{ person: 'sue' }] });
  });

  it('of an exit is what leaving then gives, next to what staying costs', async () => {
    const world = await behind();
    await pay(world, 1, 30);
    const options = { asOf: '2026-01-14', deduction: rupees(100), credit: rupees(30) };
    const quote = quoteExit(await world.chit('c1'), 1, options)._unsafeUnwrap();
    expect([quote.contributed, quote.substitutedNow, quote.atTermination.amount, quote.toStay].map(text)).toEqual([
      '950.00',
      '880.00',
      '980.00',
      '3970.00',
    ]);
    expect(text(quoteSubstitution(await world.chit('c1'), 1, options)._unsafeUnwrap().leaverGets)).toBe('880.00');
    // Fifteen days after the last instalment, which is due on the tenth of May.
    expect([quote.atTermination.by, text(quote.dividends)]).toEqual(['2026-05-25', '50.00']);
    expect(Object.values(quote.ifEndedToday).map(text)).toEqual(['980.00', '1030.00']);
    await world.done('c1', { type: 'LeaveScheme', ticket: 1, deduction: options.deduction });
    expect(await world.balance('chits:c1:deposits:1')).toBe(quote.substitutedNow.minor);
    expect(quoteExit(await world.chit('c1'), 1, options)._unsafeUnwrapErr().code).toBe('membership_wrong');
    const other = { ...options, deduction: { ...rupees(1), currency: { code: 'USD', scale: 2 } } as never };
    expect(quoteExit(await world.chit('c1'), 3, other)._unsafeUnwrapErr().code).toBe('chit_currency_differs');
    expect(quoteExit(await world.chit('c1'), 2, options)._unsafeUnwrapErr().code).toBe('membership_wrong');
  });

  it.each(['consent', 'incapacity'] as const)('says what an early end by %s then gives', async (by) => {
    const world = await behind();
    await pay(world, 5, 952);
    const chit = await world.chit('c1');
    const quote = quoteExit(chit, 3, { asOf: '2026-01-14', deduction: rupees(0), credit: rupees(0) })._unsafeUnwrap();
    const consents = ['fatima', 'p1', 'p2', 'p3', 'p4', 'p5'];
    if (by === 'consent') await world.done('c1', { type: 'TerminateByConsent', consents });
    else await world.done('c1', { type: 'TerminateForIncapacity', why: 'nobody goes on' }, registrar);
    const expected = by === 'consent' ? quote.ifEndedToday.byConsent : quote.ifEndedToday.byIncapacity;
    expect(await world.balance('chits:c1:deposits:3')).toBe(expected.minor);
    const refunds = brief(await plan(world, '2026-01-14', '2026-02-28'), 'refund_due');
    expect(refunds.at(-1)).toBe('2026-01-29 2026-01-29 5/-');
    const late = monthlyReport(await historyOf(world), { month: '2026-01', asOf: '2026-01-30' })._unsafeUnwrap();
    expect(late.exceptions.filter(({ what }) => what === 'refund_paid').map(({ ticket }) => ticket)).toEqual([
      1, 3, 4, 5,
    ]);
  });
});
