import { minimum, money } from '@holdfast/money';
import { addDays, addMonths } from '../terms/calendar.ts';
import type { Day, Scheme } from '../terms/terms.ts';
import type { Finding } from './agreement.ts';
import { printed, printedBps, type Question, under, WHOLE_BPS } from './question.ts';

/**
 * Lists where the terms of a scheme go beyond the law's caps.
 *
 * @param question - The scheme and the day.
 * @returns The findings.
 * @source docs/rules/chit-fund.md, CF-15
 */
export function capFindings(question: Question): readonly Finding[] {
  return [
    ...prizeFindings(question),
    ...dividendFindings(question),
    ...durationFindings(question),
    ...discountFindings(question),
    ...commissionFindings(question),
  ];
}

/**
 * Gives the days from which and up to which a scheme runs.
 *
 * @param scheme - The scheme.
 * @returns The first draw, and the day before the one on which another instalment would follow the last.
 */
export function spanOf({ terms, drawDays }: Scheme): { readonly from: Day; readonly to: Day } {
  const from = drawDays[0] ?? terms.starts;
  const last = drawDays.at(-1) ?? from;
  const after = { day: addDays(last, 1), week: addDays(last, 7), month: addMonths(last, 1) }[terms.every];
  return { from, to: addDays(after, -1) };
}

function prizeFindings(question: Question): readonly Finding[] {
  const { method } = question.scheme.terms;
  const gross = printed(question, question.scheme.grossPrize);
  const above = {
    code: 'prize_above_gross',
    section: 's. 2(jb)',
    allowed: `at most ${gross}`,
    confirmed: true,
  } as const;
  if (method.type === 'hui_premium') return [{ ...above, field: 'method', given: 'premiums on top of it' }];
  if (method.type !== 'fixed_increment' && method.type !== 'fixed_schedule') return [];
  const index = method.prizes.findIndex(({ minor }) => minor > question.scheme.grossPrize);
  const prize = method.prizes[index];
  return prize === undefined ? [] : [{ ...above, field: `method.prizes.${index}`, given: prize.toString() }];
}

function dividendFindings({ scheme }: Question): readonly Finding[] {
  const { method, dividend } = scheme.terms;
  const isShared = ['open_auction', 'sealed_auction', 'lot', 'fixed_order', 'hui_discount'].includes(method.type);
  const among = method.type === 'hui_discount' ? 'living' : dividend.among;
  if (!isShared || among === 'all') return [];
  const allowed = 'a rateable distribution among all subscribers';
  const field = 'dividend.among';
  return [{ code: 'dividend_not_to_all', section: 's. 2(pa)', field, given: among, allowed, confirmed: true }];
}

function durationFindings(question: Question): readonly Finding[] {
  const permitted = question.agreement.permits?.longDuration === true;
  const key = permitted ? 'in.maxDurationMonthsPermitted' : 'in.maxDurationMonths';
  return under(question, key, ({ value, confirmed }) => {
    const { terms } = question.scheme;
    const end = {
      day: addDays(terms.starts, terms.instalments),
      week: addDays(terms.starts, 7 * terms.instalments),
      month: addMonths(terms.starts, terms.instalments),
    }[terms.every];
    if (end <= addMonths(terms.starts, Number(value))) return [];
    const given = `from ${terms.starts} to before ${end}`;
    const allowed = `at most ${value} months`;
    return [{ code: 'duration_above_cap', section: 's. 6(2)', field: 'instalments', given, allowed, confirmed }];
  });
}

function discountFindings(question: Question): readonly Finding[] {
  return under(question, 'in.discountCapBps', ({ value, confirmed }) => {
    const most = (question.scheme.grossPrize * value) / WHOLE_BPS;
    const [field, given] = highestDiscount(question.scheme);
    if (given <= most) return [];
    const allowed = `at most ${printed(question, most)}, ${printedBps(value)} of the gross chit amount`;
    const finding = { section: 's. 6(3)', field, given: printed(question, given), allowed, confirmed };
    return [{ code: 'discount_above_cap', ...finding }];
  });
}

/** The most that a winner can forgo, and the field that says so. */
function highestDiscount({ terms, discount, grossPrize, currency }: Scheme): readonly [field: string, most: bigint] {
  const { method } = terms;
  switch (method.type) {
    case 'lot':
    case 'fixed_order':
      return ['method.discount', method.discount.minor];
    case 'fixed_increment':
    case 'fixed_schedule': {
      const least = method.prizes.reduce((low, prize) => minimum(low, prize), money(grossPrize, currency));
      return ['method.prizes', grossPrize - least.minor];
    }
    case 'hui_discount':
      return ['discount.maximumBasisPoints', (discount?.most ?? 0n) * BigInt(terms.tickets - 1)];
    case 'hui_premium':
      return ['discount.maximumBasisPoints', 0n];
    default:
      return ['discount.maximumBasisPoints', discount?.most ?? 0n];
  }
}

function commissionFindings(question: Question): readonly Finding[] {
  return under(question, 'in.commissionCapBps', ({ value, confirmed }) => {
    const { scheme } = question;
    // The amount counts and not the rate: what is rounded down to it is within the cap.
    const most = (scheme.gross * value) / WHOLE_BPS;
    if (scheme.commission <= most) return [];
    const allowed = `at most ${printed(question, most)}, ${printedBps(value)} of the gross chit amount`;
    const given = printed(question, scheme.commission);
    const finding = { section: 's. 21(1)(b)', field: 'commission.basisPoints', given, allowed, confirmed };
    return [{ code: 'commission_above_cap', ...finding }];
  });
}
