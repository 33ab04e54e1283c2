import { divideRounded } from '@holdfast/money';
import { addMonths, daysBetween } from '../../terms/calendar.ts';
import type { Day, LateTerms } from '../../terms/terms.ts';
import type { Arrear } from '../state.ts';

/**
 * Brings an arrear's interest up to a day: simple, on what is open of the due and of a forfeited dividend, from the day on which it was due. What is not late
 * bears none.
 *
 * @param arrear - As it stood.
 * @param terms - The rate, and whether it runs by the day or by each month begun.
 * @param today - The day.
 * @source docs/rules/chit-fund.md, CF-36
 */
export function accrue(arrear: Arrear, terms: LateTerms, today: Day): Arrear {
  const { late, due, accruedTo } = arrear;
  if (!late || today <= accruedTo) return arrear;
  const base = arrear.principal + arrear.forfeited;
  const interest =
    terms.by === 'month'
      ? divideRounded(
          base * terms.interestBasisPoints * BigInt(monthsBegun(due, today) - monthsBegun(due, accruedTo)),
          120_000n,
          'halfUp',
        )
      : divideRounded(base * terms.interestBasisPoints * BigInt(daysBetween(accruedTo, today)), 3_650_000n, 'halfUp');
  return { ...arrear, interest: arrear.interest + interest, accruedTo: today };
}

/** Counts the months that have begun since a day: one from the day after it on. */
function monthsBegun(from: Day, to: Day): number {
  let months = 0;
  while (addMonths(from, months) < to) months += 1;
  return months;
}
