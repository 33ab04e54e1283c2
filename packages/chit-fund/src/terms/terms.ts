import type { Money } from '@holdfast/money';

/** A day of the calendar, such as `2026-03-07`. Days compare as strings; which instant a day begins at is the zone's matter. */
export type Day = string;

/** How the winner of an instalment is found, and what the prize costs. */
export type Method =
  /** Bids in the open; the highest discount wins. */
  | { readonly type: 'open_auction' }
  /** Bids as commitments that are revealed when the draw closes; the highest discount wins. */
  | { readonly type: 'sealed_auction' }
  /** A lot among those who may win, at a discount that the agreement fixes. */
  | { readonly type: 'lot'; readonly discount: Money }
  /** The tickets win in an agreed order, each once, at a discount that the agreement fixes; zero for a plain rotation. */
  | { readonly type: 'fixed_order'; readonly order: readonly number[]; readonly discount: Money }
  /** The agreement fixes the prize of each winner of an instalment; each instalment collects its own prizes and the commission. */
  | { readonly type: 'fixed_increment'; readonly prizes: readonly Money[]; readonly by: 'lot' | readonly number[] }
  /** The agreement fixes the prize of each winner of an instalment; what is collected and not yet paid lies in a reserve. */
  | { readonly type: 'fixed_schedule'; readonly prizes: readonly Money[]; readonly by: 'lot' | readonly number[] }
  /** Those who have not won yet pay the subscription less the bid; those who have, and this winner, pay it whole. */
  | { readonly type: 'hui_discount' }
  /** The winner pays the subscription and the bid in each later instalment. */
  | { readonly type: 'hui_premium' };

/** What the foreman takes for conducting the scheme. */
export interface CommissionTerms {
  /** Of what one winner gets before the discount, in basis points; rounded down, so that it never exceeds what the law allows. */
  readonly basisPoints: bigint;
  /** Taken out of the winners' discounts, or paid by each ticket beside its subscription. */
  readonly taken: 'from_discount' | 'on_top';
}

/** What bids may be. */
export interface DiscountTerms {
  /** The highest discount, in basis points of what one winner gets before it; in a hui, of the subscription. */
  readonly maximumBasisPoints: bigint;
  /** The lowest discount: the commission, or nothing. */
  readonly minimum: 'commission' | 'nothing';
  /** Bids lie whole steps above the lowest; the highest may be bid whatever the step. */
  readonly step: Money;
  /** Who wins among equal bids below the highest discount. At the highest a lot decides, by law. */
  readonly tie: 'earliest' | 'lot';
  /** What happens where nobody bids. */
  readonly noBids: 'lot' | 'adjourn';
}

/** How the discount comes back to the tickets. */
export interface DividendTerms {
  /** Set off against the instalment of its own draw, or against the next one. */
  readonly lag: 0 | 1;
  /** All tickets; all but this instalment's winners; those that have not won, this instalment's winners among those that have. */
  readonly among: 'all' | 'others' | 'living';
  /** Dividends, and what tickets pay on top, are whole multiples of this; the rest is carried to the next instalment. */
  readonly unit: Money;
}

/** What late payers owe besides. */
export interface LateTerms {
  readonly graceDays: number;
  /** Simple interest, a year, on what is overdue. */
  readonly interestBasisPoints: bigint;
  /** By the day of a year of 365, or by each month begun. */
  readonly by: 'actual_365' | 'month';
  /** Where the dividend of a late payer goes: he keeps it; the foreman; the next pool; kept back and given again once he has paid. */
  readonly forfeit: 'nothing' | 'foreman' | 'pool' | 'restore_on_cure';
  /** What a part payment pays first. */
  readonly first: 'interest' | 'principal';
}

/** A rate that holds from a day on. */
export interface DatedRate {
  readonly from: Day;
  readonly basisPoints: bigint;
}

/** Tax on the foreman's commission; the rate follows from the day of supply. */
export interface TaxTerms {
  /** Out of the winners' prizes; by each ticket beside its subscription; or by the foreman out of his commission. */
  readonly bearer: 'winner' | 'subscribers' | 'foreman';
  /** Tax is rounded to the nearest multiple of this, a half up; to the minor unit where absent. */
  readonly unit?: Money;
  /** The rates, the earliest first, each from its day on; those of Indian law where absent, which needs a state. */
  readonly rates?: readonly DatedRate[];
}

/** Days on which nothing is drawn and nothing falls due. */
export interface HolidayTerms {
  readonly days: readonly Day[];
  /** To which working day a holiday moves. Daily schemes leave holidays out instead. */
  readonly move: 'later' | 'earlier';
}

/** What a ticket's holder may do beyond bidding. */
export interface CustomTerms {
  /** Who may bid where others are in default: one ticket alone may bid, or a lot is drawn. */
  readonly soleBidder: 'auction' | 'lot';
  /** Tickets one person may hold at most; none where absent. */
  readonly ticketsPerPerson?: number;
  /** A removed ticket that nobody took over. */
  readonly vacant: 'foreman_holds';
  /**
   * What is kept of the contributions of who was removed where the foreman holds the ticket then (s. 30), in basis points of them, each rate from its day on and the
   * earliest first; that of the day of the removal holds. Nothing where absent, or before the first day.
   */
  readonly vacantDeduction: readonly DatedRate[];
}

/**
 * What a scheme's agreement says about money. Amounts are in one currency. What it must say besides for the law is in {@link Agreement}.
 *
 * @source docs/rules/chit-fund.md, CF-1
 */
export interface SchemeTerms {
  readonly name: string;
  readonly method: Method;
  /** What one ticket pays in one instalment before dividends. The gross chit amount is this times the tickets. */
  readonly subscription: Money;
  readonly tickets: number;
  /** How many instalments; each ticket wins once, so tickets = instalments × winnersPerDraw. A winner gets subscription × instalments, less the discount. */
  readonly instalments: number;
  /** One where absent. */
  readonly winnersPerDraw?: number;
  /** The day of the first draw. */
  readonly starts: Day;
  /** A month after the 31st is the last day of a shorter month, and the 31st again in the next longer one. */
  readonly every: 'day' | 'week' | 'month';
  /** Days after its draw at which an instalment is due. */
  readonly dueAfterDays: number;
  readonly holidays?: HolidayTerms;
  /** The Indian state whose rules apply, such as `AP`; absent where the Chit Funds Act does not apply. */
  readonly state?: string;
  readonly commission: CommissionTerms;
  /** For methods with bids. */
  readonly discount?: DiscountTerms;
  readonly dividend: DividendTerms;
  /** The instalment of which the foreman takes one prize whole, without a discount; he holds a ticket then. Where commission is taken of it, the tickets pay it on top. */
  readonly companyChit?: { readonly instalment: number; readonly commission: boolean };
  readonly tax?: TaxTerms;
  readonly late: LateTerms;
  readonly custom?: Partial<CustomTerms>;
}

/** A scheme whose terms hold together: what follows from them, in minor units of {@link Scheme.currency}. */
export interface Scheme {
  readonly terms: SchemeTerms;
  readonly currency: Money['currency'];
  /** Gross chit amount: subscription × tickets, what one instalment collects before dividends. */
  readonly gross: bigint;
  /** What one winner gets before the discount: the gross chit amount / winners of a draw. Bids and discounts are of this. */
  readonly grossPrize: bigint;
  readonly subscription: bigint;
  /** Commission of one instalment, the same part of it for each winner. */
  readonly commission: bigint;
  /** Lowest and highest discount of one winner (in a hui: bid), and the step between; absent where there are no bids. */
  readonly discount?: { readonly least: bigint; readonly most: bigint; readonly step: bigint };
  /** Dividends and what is paid on top are multiples of this. */
  readonly unit: bigint;
  readonly winnersPerDraw: number;
  /** The day of each draw, the first one first. */
  readonly drawDays: readonly Day[];
  /** The day on which each instalment is due. */
  readonly dueDays: readonly Day[];
}
