import { inr, money } from '@holdfast/money';
import type { DiscountTerms, SchemeTerms } from '../terms/terms.ts';

/** What an Indian auction chit agrees on where a test does not say otherwise: 5 % commission, 30 % cap, due on the day of the draw. */
export const auctionTerms = {
  name: 'Five lakh in 25',
  method: { type: 'open_auction' },
  subscription: inr('20000.00'),
  tickets: 25,
  instalments: 25,
  starts: '2026-01-05',
  every: 'month',
  dueAfterDays: 0,
  commission: { basisPoints: 500n, taken: 'from_discount' },
  discount: {
    maximumBasisPoints: 3_000n,
    minimum: 'commission',
    step: inr('100.00'),
    tie: 'earliest',
    noBids: 'lot',
  },
  dividend: { lag: 0, among: 'all', unit: inr('1.00') },
  late: { graceDays: 0, interestBasisPoints: 1_200n, by: 'actual_365', forfeit: 'nothing', first: 'principal' },
} as const satisfies SchemeTerms;

const { discount: bids, ...withoutBids } = auctionTerms;

/** The same without what is said about bids, for methods that have none. */
export const termsWithoutBids: SchemeTerms = withoutBids;

const atMost40: DiscountTerms = { ...bids, maximumBasisPoints: 4_000n };
const lagging: SchemeTerms = {
  ...auctionTerms,
  companyChit: { instalment: 1, commission: false },
};
const rounding: SchemeTerms = {
  ...auctionTerms,
  subscription: inr('8500.00'),
  tickets: 12,
  instalments: 12,
  discount: atMost40,
};

/** The terms behind each of the golden tables. */
export const goldenTerms = {
  G1: lagging,
  G2: { ...lagging, dividend: { lag: 1, among: 'all', unit: inr('1.00') } },
  G3: { ...lagging, tickets: 15, instalments: 15 },
  G4a: rounding,
  G4b: { ...rounding, dividend: { lag: 0, among: 'all', unit: inr('10.00') } },
  G5: {
    ...auctionTerms,
    subscription: inr('5000.00'),
    tickets: 20,
    instalments: 20,
    commission: { basisPoints: 600n, taken: 'on_top' },
    discount: { ...atMost40, minimum: 'nothing' },
  },
  G6: {
    ...auctionTerms,
    subscription: inr('5000.00'),
    tickets: 20,
    instalments: 20,
    dividend: { lag: 0, among: 'others', unit: inr('0.01') },
  },
  G8: {
    ...termsWithoutBids,
    method: {
      type: 'fixed_schedule',
      prizes: Array.from({ length: 20 }, (_, index) => money(17_530_000n + 260_000n * BigInt(index), inr)),
      by: 'lot',
    },
    subscription: inr('10000.00'),
    tickets: 20,
    instalments: 20,
    commission: { basisPoints: 250n, taken: 'on_top' },
  },
} as const satisfies Readonly<Record<string, SchemeTerms>>;
