import { addDuration, clockActor, days, hours, type Instant } from '@holdfast/kernel';
import { type Money, money, usd } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asks, balancesAfter } from '../../test/balances-after.ts';
import { booking } from './booking.ts';

const capturedAt = '2026-03-01T10:00:00.000Z';
const completedAt = '2026-03-02T10:00:00.000Z';
const releasedAt = addDuration(completedAt, hours(48));
const after = (ms: number): Instant => addDuration(completedAt, { ms });
const HOUR = 3_600_000;

const customer = { id: 'cara', role: 'customer' };
const provider = { id: 'paul', role: 'provider' };
const operator = { id: 'olga', role: 'operator' };
const gateway = { id: 'stripe', role: 'gateway' };
const parties = { customer: 'cara', provider: 'paul' };

const asks = (actor: Asks['when']['actor'], command: object, at: Instant = after(HOUR)): Asks => ({
  command,
  when: { actor, at },
});
const capture = (amount: Money = usd('100')): Asks =>
  asks(gateway, { type: 'CaptureBooking', parties, amount, otpHash: 'h1' }, capturedAt);
const complete = asks(provider, { type: 'CompleteBooking', otpHash: 'h1' }, completedAt);
const refund = (back: Money): Asks => asks(operator, { type: 'RefundBooking', back });
const release = asks(clockActor, { type: 'ReleaseBooking' }, releasedAt);
const tip = (amount: Money, at = after(HOUR)): Asks => asks(customer, { type: 'GiveTip', tip: 'T1', amount }, at);
const dispute = (amount: Money, at = after(HOUR)): Asks =>
  asks(customer, { type: 'OpenDispute', dispute: 'D1', amount, reason: 'late' }, at);
const resolve = (award: Money, at = after(2 * HOUR)): Asks =>
  asks(operator, { type: 'ResolveDispute', dispute: 'D1', award }, at);
const reject = asks(operator, { type: 'RejectDispute', dispute: 'D1' }, after(2 * HOUR));
const chargeBack = (amount: Money): Asks =>
  asks(gateway, { type: 'ChargeBackBooking', debt: 'X1', amount }, after(100 * HOUR));

/** Of booking B7: held, owed to the provider, the tip owed, earned by the platform, the card's world. */
function accounts(...history: readonly Asks[]): readonly string[] {
  const { balances, refusal } = balancesAfter(booking, 'B7', history);
  expect(refusal).toBeUndefined();
  return [
    'bookings:B7:held',
    'payouts:booking.B7:owed',
    'payouts:tip.B7.T1:owed',
    'platform:fees:earned',
    'world:cards',
  ].map((account) => balances.get(account) ?? '0.00');
}

function codeOf(...history: readonly Asks[]): string | undefined {
  return balancesAfter(booking, 'B7', history).refusal?.code;
}

describe('the worked numbers of the CrownStandard seed', () => {
  it('holds what was captured', () => {
    expect(accounts(capture())).toEqual(['100.00', '0.00', '0.00', '0.00', '-100.00']);
  });

  it('hands 75 of 100 over to payouts, and all of the tip, 48 hours after completion', () => {
    expect(accounts(capture(), complete, tip(usd('5')), release)).toEqual([
      '0.00',
      '75.00',
      '5.00',
      '25.00',
      '-105.00',
    ]);
  });

  it.each([
    ['0.01', '0.01', '0.00'],
    ['0.02', '0.01', '0.01'],
    ['0.06', '0.04', '0.02'],
    ['99.99', '74.99', '25.00'],
    ['33.33', '25.00', '8.33'],
  ] as const)('of %s gives the provider %s and the platform %s', (total, owed, earned) => {
    expect(accounts(capture(money(BigInt(total.replace('.', '')), usd)), complete, release)).toEqual([
      '0.00',
      owed,
      '0.00',
      earned,
      `-${total}`,
    ]);
  });

  it.each([
    ['20', '60.00', '20.00'],
    ['80', '15.00', '5.00'],
    ['100', '0.00', '0.00'],
  ] as const)('after a refund of %s of 100 hands over %s, and keeps %s', (back, owed, earned) => {
    const left = accounts(capture(), complete, refund(usd(`${back}`)), release);
    expect(left.slice(0, 4)).toEqual(['0.00', owed, '0.00', earned]);
  });

  it('never refunds a tip with its booking', () => {
    const left = accounts(capture(), complete, tip(usd('5')), refund(usd('100')), release);
    expect(left).toEqual(['0.00', '0.00', '5.00', '0.00', '-5.00']);
  });

  it('gives a tip back when an operator says so', () => {
    const back = asks(operator, { type: 'RefundTip', tip: 'T1' });
    expect(accounts(capture(), complete, tip(usd('5')), back, release)[2]).toBe('0.00');
  });
});

describe('a refund', () => {
  const anyCents = fc.bigInt({ min: 1n, max: 10_000_000n });
  const numRuns = Number(process.env.HOLDFAST_RUNS ?? 100);

  it('law: of a refund R of a booking b the platform gives back its rounded share × R / b, rounded half up, however often', () => {
    fc.assert(
      fc.property(anyCents, fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 5 }), (total, percents) => {
        const share = halfUp(total * 25n, 100n);
        const history = [capture(money(total, usd)), complete];
        let back = 0n;
        for (const percent of percents) {
          const amount = ((total - back) * BigInt(percent)) / 100n;
          if (amount === 0n) continue;
          back += amount;
          history.push(refund(money(amount, usd)));
        }
        const { balances } = balancesAfter(booking, 'B7', [...history, release]);
        const kept = share - halfUp(share * back, total);
        expect(balances.get('platform:fees:earned') ?? '0.00').toBe(money(kept, usd).toJSON().amount);
        expect(balances.get('payouts:booking.B7:owed') ?? '0.00').toBe(money(total - back - kept, usd).toJSON().amount);
      }),
      { numRuns },
    );
  });

  it('is refused when it is more than what is held', () => {
    expect(codeOf(capture(), complete, refund(usd('60')), refund(usd('40.01')))).toBe('exceeds_held');
    expect(codeOf(capture(), complete, dispute(usd('60')), refund(usd('40.01')))).toBe('exceeds_held');
  });
});

describe('a dispute', () => {
  it('holds what is disputed, and lets the rest be released', () => {
    const held = accounts(capture(), complete, dispute(usd('40')), release);
    expect(held).toEqual(['40.00', '45.00', '0.00', '15.00', '-100.00']);
  });

  it.each([
    ['refunded in part', resolve(usd('20')), ['0.00', '60.00', '0.00', '20.00', '-80.00']],
    ['refunded whole', resolve(usd('40')), ['0.00', '45.00', '0.00', '15.00', '-60.00']],
    ['rejected', reject, ['0.00', '75.00', '0.00', '25.00', '-100.00']],
    [
      'left to lapse',
      asks(clockActor, { type: 'LapseDispute', dispute: 'D1' }, addDuration(after(HOUR), days(30))),
      ['0.00', '75.00', '0.00', '25.00', '-100.00'],
    ],
  ])('of 40 of 100 may be %s', (_how, ending, left) => {
    expect(accounts(capture(), complete, dispute(usd('40')), release, { ...ending })).toEqual(left);
  });

  it('counts what is due as left: at 48 hours it is overdue, a millisecond before it is not', () => {
    const at = (ms: number): Instant => addDuration(releasedAt, { ms });
    expect(codeOf(capture(), complete, dispute(usd('1'), at(-1)))).toBeUndefined();
    expect(codeOf(capture(), complete, dispute(usd('1'), at(0)))).toBe('overdue');
    expect(codeOf(capture(), complete, dispute(usd('1'), at(1)))).toBe('overdue');
  });

  it('is opened once', () => {
    expect(codeOf(capture(), complete, dispute(usd('1')), dispute(usd('1')))).toBe('part_already_exists');
  });
});

describe('a tip', () => {
  it('can be given in [completion, completion + 24 hours)', () => {
    expect(codeOf(capture(), tip(usd('5'), capturedAt))).toBe('not_while');
    expect(codeOf(capture(), complete, tip(usd('5'), after(24 * HOUR - 1)))).toBeUndefined();
    expect(codeOf(capture(), complete, tip(usd('5'), after(24 * HOUR)))).toBe('too_late');
  });
});

describe('a chargeback', () => {
  const recover = (kept: Money): Asks => asks(operator, { type: 'RecoverDebt', debt: 'X1', kept }, after(200 * HOUR));
  const debts = (...history: readonly Asks[]) => {
    const { balances, state } = balancesAfter(booking, 'B7', history);
    const named = [
      'payees:paul:debts',
      'payees:paul:recovered',
      'platform:fees:earned',
      'platform:losses',
      'world:cards',
    ];
    return { balances: named.map((account) => balances.get(account) ?? '0.00'), debt: state.parts?.debt?.X1?.status };
  };
  const released = [capture(), complete, release];

  it('is the provider’s debt, less the platform’s share', () => {
    expect(debts(...released, chargeBack(usd('100')))).toEqual({
      balances: ['-75.00', '0.00', '0.00', '0.00', '0.00'],
      debt: 'owed',
    });
  });

  it('is over when all of it was recovered', () => {
    const history = [...released, chargeBack(usd('40')), recover(usd('10')), recover(usd('20'))];
    expect(debts(...history)).toEqual({ balances: ['0.00', '-30.00', '15.00', '0.00', '-60.00'], debt: 'recovered' });
  });

  it('is borne by the platform where it is forgiven', () => {
    const forgive = asks(operator, { type: 'ForgiveDebt', debt: 'X1' }, after(200 * HOUR));
    expect(debts(...released, chargeBack(usd('100')), forgive).balances[3]).toBe('-75.00');
  });

  it('leaves nothing behind where it is won, whatever was recovered meanwhile', () => {
    const win = asks(gateway, { type: 'WinChargeback', debt: 'X1' }, after(300 * HOUR));
    expect(debts(...released, chargeBack(usd('100')), recover(usd('30')), win)).toEqual({
      balances: ['0.00', '0.00', '25.00', '0.00', '-100.00'],
      debt: 'won',
    });
  });

  it('takes no more back than was handed over', () => {
    const more = asks(gateway, { type: 'ChargeBackBooking', debt: 'X2', amount: usd('60.01') }, after(101 * HOUR));
    expect(codeOf(...released, chargeBack(usd('40')), more)).toBe('exceeds_held');
  });

  it('of what a rejected dispute handed over takes that', () => {
    const back = asks(
      gateway,
      { type: 'ChargeBackDisputed', debt: 'X1', dispute: 'D1', amount: usd('100') },
      after(100 * HOUR),
    );
    const history = [capture(), complete, dispute(usd('100')), release, reject, back];
    expect(debts(...history).balances[0]).toBe('-75.00');
  });
});

describe('the code', () => {
  it('is wrong or right', () => {
    const wrong = asks(provider, { type: 'CompleteBooking', otpHash: 'h2' }, completedAt);
    expect(codeOf(capture(), wrong)).toBe('otp_wrong');
    expect(codeOf(capture(), complete)).toBeUndefined();
  });
});

function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
