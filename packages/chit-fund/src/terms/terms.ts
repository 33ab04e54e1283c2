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
  /** The agreement fixes each instalment's prize; each instalment collects its own prize and the commission. */
  | { readonly type: 'fixed_increment'; readonly prizes: readonly Money[]; readonly by: 'lot' | readonly number[] }
  /** The agreement fixes each instalment's prize; what is collected and not yet paid lies in a reserve. */
  | { readonly type: 'fixed_schedule'; readonly prizes: readonly Money[]; readonly by: 'lot' | readonly number[] }
  /** Those who have not won pay the subscription less the bid; those who have pay it whole. */
  | { readonly type: 'hui_discount' }
  /** The winner pays the subscription and the bid in each later instalment. */
  | { readonly type: 'hui_premium' };

/** What the foreman takes for conducting the scheme. */
export interface CommissionTerms {
  /** Of the gross chit amount, in basis points; rounded down, so that it never exceeds what the law allows. */
  readonly basisPoints: bigint;
  /** Taken out of the discount, or paid by each ticket beside its subscription. */
  readonly taken: 'from_discount' | 'on_top';
}

/** What bids may be. */
export interface DiscountTerms {
  /** The highest discount, in basis points of the gross chit amount. */
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
  /** Dividends are whole multiples of this; the rest is carried to the next instalment. */
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

/** Tax on the foreman's commission; the rate follows from the day of supply. */
export interface TaxTerms {
  readonly bearer: 'winner' | 'subscribers' | 'foreman';
}

/** What a ticket's holder may do beyond bidding. */
export interface CustomTerms {
  /** Who may bid where others are in default: one ticket alone may bid, or a lot is drawn. */
  readonly soleBidder: 'auction' | 'lot';
  /** Tickets one person may hold at most; none where absent. */
  readonly ticketsPerPerson?: number;
  /** A removed ticket that nobody took over. */
  readonly vacant: 'foreman_holds';
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
  /** How many instalments; each ticket wins once, so tickets = instalments × winnersPerDraw. */
  readonly instalments: number;
  /** One where absent. */
  readonly winnersPerDraw?: number;
  /** The day of the first draw. */
  readonly starts: Day;
  readonly every: 'day' | 'week' | 'month';
  /** Days after its draw at which an instalment is due. */
  readonly dueAfterDays: number;
  readonly commission: CommissionTerms;
  /** For methods with bids. */
  readonly discount?: DiscountTerms;
  readonly dividend: DividendTerms;
  /** The instalment that the foreman takes whole, without a discount; he holds a ticket then. */
  readonly companyChit?: { readonly instalment: number; readonly commission: boolean };
  readonly tax?: TaxTerms;
  readonly late: LateTerms;
  readonly custom?: Partial<CustomTerms>;
}

/** A scheme whose terms hold together: what follows from them, in minor units of {@link Scheme.currency}. */
export interface Scheme {
  readonly terms: SchemeTerms;
  readonly currency: Money['currency'];
  /** Gross chit amount: subscription × tickets. */
  readonly gross: bigint;
  readonly subscription: bigint;
  /** Commission of one instalment. */
  readonly commission: bigint;
  /** Lowest and highest discount, and the step between; absent where there are no bids. */
  readonly discount?: { readonly least: bigint; readonly most: bigint; readonly step: bigint };
  readonly winnersPerDraw: number;
  /** The day of each draw, the first one first. */
  readonly drawDays: readonly Day[];
  /** The day on which each instalment is due. */
  readonly dueDays: readonly Day[];
}
