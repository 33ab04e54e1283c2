import { inr } from '@holdfast/money';
import { defineScheme } from '../src/terms/define-scheme.ts';
import type { Scheme, SchemeTerms } from '../src/terms/terms.ts';

/** Fifteen tickets of ₹20,000, a commission of 5 %, bids up to 30 % of ₹3,00,000, and the first instalment the foreman's. */
export const fifteenTickets: SchemeTerms = {
  name: 'Fifteen',
  method: { type: 'open_auction' },
  subscription: inr('20000'),
  tickets: 15,
  instalments: 15,
  starts: '2026-01-10',
  every: 'month',
  dueAfterDays: 0,
  commission: { basisPoints: 500n, taken: 'from_discount' },
  discount: { maximumBasisPoints: 3000n, minimum: 'commission', step: inr('100'), tie: 'lot', noBids: 'lot' },
  dividend: { lag: 0, among: 'all', unit: inr('1') },
  companyChit: { instalment: 1, commission: false },
  late: { graceDays: 0, interestBasisPoints: 0n, by: 'actual_365', forfeit: 'nothing', first: 'interest' },
};

/** Makes a scheme of the fifteen tickets with other terms. */
export function schemeWith(changes: Partial<SchemeTerms> = {}): Scheme {
  return defineScheme({ ...fifteenTickets, ...changes })._unsafeUnwrap();
}

/** Makes one without some of the optional parts. */
export function schemeWithout(
  parts: readonly ('companyChit' | 'discount')[],
  changes: Partial<SchemeTerms> = {},
): Scheme {
  const kept = Object.entries(fifteenTickets).filter(([name]) => !(parts as readonly string[]).includes(name));
  return defineScheme({ ...(Object.fromEntries(kept) as unknown as SchemeTerms), ...changes })._unsafeUnwrap();
}
