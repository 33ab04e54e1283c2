import { days, hours, instantAt, minutes } from '@holdfast/kernel';
import { inr, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { schemeWith, schemeWithout } from '../../test/example-schemes.ts';
import { auctionEnd } from './auction-end.ts';
import { checkAdvanceOffer } from './check-advance-offer.ts';
import { checkBid } from './check-bid.ts';
import { checkBidTime } from './check-bid-time.ts';
import { checkConsent } from './check-consent.ts';
import { checkHolding } from './check-holding.ts';
import type { DrawSetting } from './draw.ts';
import { type BidNotation, readBid } from './read-bid.ts';
import { whyNotEligible } from './why-not-eligible.ts';

const scheme = schemeWith();
const all = Array.from({ length: 15 }, (_, index) => index + 1);
const later = all.slice(1);

function setting(changes: Partial<DrawSetting> = {}): DrawSetting {
  return { scheme, instalment: 2, unprized: later, eligible: later, ...changes };
}

const bid = (discount: bigint, changes: Partial<DrawSetting> = {}) =>
  checkBid(setting(changes), { ticket: 2, discount });

describe('a bid', () => {
  it.each<[string, bigint]>([
    ['the lowest', 15_000_00n],
    ['a step above the lowest', 15_100_00n],
    ['the highest', 90_000_00n],
  ])('is taken at %s discount', (_, discount) => {
    expect(bid(discount)._unsafeUnwrap()).toBe(discount);
  });

  it('4: above the highest discount, below the lowest or off the step is refused and not moved', () => {
    expect(bid(1_00_000_00n)._unsafeUnwrapErr()).toMatchObject({ code: 'bid_above_highest', highest: inr('90000') });
    expect(bid(90_000_01n)._unsafeUnwrapErr()).toMatchObject({ code: 'bid_above_highest' });
    expect(bid(14_999_99n)._unsafeUnwrapErr()).toMatchObject({ code: 'bid_below_lowest', lowest: inr('15000') });
    expect(bid(15_150_00n)._unsafeUnwrapErr()).toEqual({
      code: 'bid_off_step',
      bid: inr('15150'),
      step: inr('100'),
      below: inr('15100'),
      above: inr('15200'),
    });
  });

  it('5: may be the highest discount although that lies off the step, and is not a paisa of the cap that is none', () => {
    const odd = schemeWith({
      discount: { maximumBasisPoints: 3333n, minimum: 'commission', step: inr('700'), tie: 'lot', noBids: 'lot' },
    });
    expect(bid(99_990_00n, { scheme: odd })._unsafeUnwrap()).toBe(99_990_00n);
    expect(bid(99_700_00n, { scheme: odd })._unsafeUnwrap()).toBe(99_700_00n);
    expect(bid(99_800_00n, { scheme: odd })._unsafeUnwrapErr()).toMatchObject({
      code: 'bid_off_step',
      below: inr('99700'),
      above: inr('99990'),
    });
    const small = schemeWithout(['companyChit'], {
      subscription: inr('0.11'),
      tickets: 3,
      instalments: 3,
      dividend: { lag: 0, among: 'all', unit: inr('0.01') },
      discount: { maximumBasisPoints: 3333n, minimum: 'commission', step: inr('0.01'), tie: 'lot', noBids: 'lot' },
    });
    const three = { scheme: small, unprized: [1, 2], eligible: [1, 2] };
    expect(small.discount?.most).toBe(10n);
    expect(bid(10n, three)._unsafeUnwrap()).toBe(10n);
    expect(bid(11n, three)._unsafeUnwrapErr()).toMatchObject({ code: 'bid_above_highest', highest: inr('0.10') });
  });

  it.each<[string, Partial<DrawSetting>, object]>([
    ['of a ticket that may not win', { eligible: later.slice(1) }, { code: 'ticket_not_eligible', ticket: 2 }],
    [
      '15: in the instalment that the foreman takes',
      { instalment: 1, unprized: all, eligible: all, foremanTicket: 2 },
      { why: 'company_chit' },
    ],
    ['for the last ticket', { instalment: 15, unprized: [2], eligible: [2] }, { why: 'last_ticket' }],
    [
      'for an instalment that there is not',
      { instalment: 16 },
      { code: 'draw_invalid', field: 'instalment', given: '16' },
    ],
    ['for half an instalment', { instalment: 1.5 }, { code: 'draw_invalid', field: 'instalment', given: '1.5' }],
    ['where a ticket stands twice', { unprized: [2, 2] }, { code: 'draw_invalid', field: 'unprized.1', given: '2' }],
    ['where a ticket is none of the scheme', { unprized: [2, 16] }, { code: 'draw_invalid', given: '16' }],
    ['where a ticket that has won may win', { unprized: [3], eligible: [2, 3] }, { code: 'draw_invalid', given: '2' }],
  ])('is refused %s', (_, changes, refusal) => {
    expect(bid(15_000_00n, changes)._unsafeUnwrapErr()).toMatchObject(refusal);
  });

  it('is refused where the agreement draws lots', () => {
    const lots = schemeWithout(['discount'], { method: { type: 'lot', discount: inr('15000') } });
    expect(bid(15_000_00n, { scheme: lots })._unsafeUnwrapErr()).toEqual({
      code: 'bids_not_taken',
      instalment: 2,
      why: 'method',
    });
  });

  it('is refused for the first reason in the order of the refusals', () => {
    const wrong: Partial<DrawSetting>[] = [
      { instalment: 0, unprized: [2], eligible: [] },
      { instalment: 15, unprized: [2], eligible: [] },
      { eligible: [] },
    ];
    expect(wrong.map((changes) => bid(0n, changes)._unsafeUnwrapErr().code)).toEqual([
      'draw_invalid',
      'bids_not_taken',
      'ticket_not_eligible',
    ]);
  });
});

describe('readBid', () => {
  it.each<[string, BidNotation, bigint]>([
    ['a discount', { by: 'discount', amount: inr('76500') }, 76_500_00n],
    ['a percentage of the prize', { by: 'percent', percent: '25.5' }, 76_500_00n],
    ['a prize', { by: 'prize', amount: inr('223500') }, 76_500_00n],
    ['a prize above the gross one', { by: 'prize', amount: inr('300000.01') }, -1n],
  ])('reads %s', (_, notation, discount) => {
    expect(readBid(scheme, notation)._unsafeUnwrap()).toBe(discount);
  });

  it.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'bid', 'undefined'],
    ['no notation', { by: 'guess' }, 'bid.by', 'guess'],
    ['a number for an amount', { by: 'discount', amount: 76500 }, 'bid.amount', '76500'],
    ['another currency', { by: 'prize', amount: usd('1') }, 'bid.amount', '1.00 USD'],
    ['a number for a percentage', { by: 'percent', percent: 25.5 }, 'bid.percent', '25.5'],
    ['a percent sign', { by: 'percent', percent: '25%' }, 'bid.percent', '25%'],
    ['a part of a paisa', { by: 'percent', percent: '0.00000001' }, 'bid.percent', '0.00000001'],
  ])('refuses %s', (_, notation, field, given) => {
    expect(readBid(scheme, notation as BidNotation)._unsafeUnwrapErr()).toMatchObject({
      code: 'bid_invalid',
      field,
      given,
    });
  });

  it('reads only the bid itself in a hui', () => {
    const hui = schemeWithout(['companyChit'], {
      method: { type: 'hui_discount' },
      commission: { basisPoints: 0n, taken: 'from_discount' },
      dividend: { lag: 0, among: 'living', unit: inr('1') },
      discount: { maximumBasisPoints: 5000n, minimum: 'nothing', step: inr('1'), tie: 'earliest', noBids: 'lot' },
    });
    expect(readBid(hui, { by: 'discount', amount: inr('10') })._unsafeUnwrap()).toBe(10_00n);
    expect(readBid(hui, { by: 'prize', amount: inr('10') })._unsafeUnwrapErr()).toMatchObject({ field: 'bid.by' });
  });
});

describe('who may bid', () => {
  const right = {
    ticket: 4,
    prized: false,
    vacant: false,
    inArrears: false,
    uncleared: false,
    underLien: false,
  };

  it('17: is asked for each ticket, and a ticket given as security for another one waits until it is free', () => {
    expect(whyNotEligible({ ...right, ticket: 5, inArrears: true })).toEqual(['in_arrears']);
    expect(whyNotEligible({ ...right, underLien: true })).toEqual(['under_lien']);
    expect(whyNotEligible(right)).toEqual([]);
  });

  it('names every reason', () => {
    const none = { ticket: 4, prized: true, vacant: true, inArrears: true, uncleared: true, underLien: true };
    expect(whyNotEligible(none)).toEqual(['prized', 'vacant', 'in_arrears', 'payment_uncleared', 'under_lien']);
  });

  it('17: is bounded where the agreement says how many tickets a person may hold', () => {
    const few = schemeWith({ custom: { ticketsPerPerson: 2 } });
    expect(checkHolding(few, 2)._unsafeUnwrap()).toBe(2);
    expect(checkHolding(few, 3)._unsafeUnwrapErr()).toEqual({ code: 'too_many_tickets', held: 3, allowed: 2 });
    expect(checkHolding(scheme, 15)._unsafeUnwrap()).toBe(15);
  });

  it('16: needs the consent of all who hold a part of the ticket: its parts win together', () => {
    expect(checkConsent(['u1', 'u2'], ['u2', 'u1'])._unsafeUnwrap()).toEqual(['u1', 'u2']);
    expect(checkConsent(['u1', 'u2'], ['u1'])._unsafeUnwrapErr()).toEqual({ code: 'consent_missing', holders: ['u2'] });
  });
});

describe('the time of bids', () => {
  const opened = '2026-03-10T10:00:00.000Z';
  const at = (ms: number) => instantAt(Date.parse(opened) + ms);

  it('30: ends after five minutes, to the millisecond, and a bid at the last moment moves nothing', () => {
    expect(checkBidTime(at(299_999), { opened, bids: [] }).isOk()).toBe(true);
    expect(checkBidTime(at(300_000), { opened, bids: [at(299_999)] })._unsafeUnwrapErr()).toEqual({
      code: 'bidding_closed',
      at: at(300_000),
      ended: at(300_000),
    });
  });

  it('30: is extended by late bids alone where the agreement says so', () => {
    const time = { lasts: minutes(5), extension: minutes(1) };
    expect(auctionEnd(opened, [at(100_000)], time)).toBe(at(300_000));
    expect(auctionEnd(opened, [at(299_000), at(358_000)], time)).toBe(at(418_000));
    expect(auctionEnd(opened, [at(300_000)], time)).toBe(at(300_000));
  });

  it('31: takes an advance offer, or its withdrawal, until a day before the draw and no later', () => {
    const draws = '2026-03-10T10:00:00.000Z';
    expect(checkAdvanceOffer(draws, '2026-03-09T10:00:00.000Z').isOk()).toBe(true);
    expect(checkAdvanceOffer(draws, '2026-03-09T10:00:00.001Z')._unsafeUnwrapErr()).toEqual({
      code: 'notice_too_short',
      at: '2026-03-09T10:00:00.001Z',
      until: '2026-03-09T10:00:00.000Z',
    });
    expect(checkAdvanceOffer(draws, '2026-03-10T08:00:00.000Z', hours(2)).isOk()).toBe(true);
    expect(checkAdvanceOffer(draws, '2026-03-08T10:00:00.000Z', days(3)).isErr()).toBe(true);
  });
});
