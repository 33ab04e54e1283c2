import { inr, money } from '@holdfast/money';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { defineScheme } from '../terms/define-scheme.ts';
import type { Scheme } from '../terms/terms.ts';
import { anyLifeUnderAct } from '../testing/any-life.ts';
import { anyScheme } from '../testing/any-scheme.ts';
import { wholeAgreement } from '../testing/open-chits.ts';
import { checkCompliance } from './check-compliance.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 100) };
const asOf = '2024-01-02';

const codesOf = (scheme: Scheme): readonly string[] => {
  const agreement = wholeAgreement(money(scheme.gross, inr), scheme.terms.companyChit?.instalment);
  return checkCompliance(scheme, agreement, asOf).map(({ code }) => code);
};

it('law: terms are refused for exactly those limits of the Act that they pass', () => {
  fc.assert(
    fc.property(anyScheme(), (scheme) => {
      expect(new Set(codesOf(scheme))).toEqual(limitsPassed(scheme));
    }),
    runs,
  );
});

it('law: a life under the Act begins with terms that are within it', () => {
  fc.assert(
    fc.property(anyLifeUnderAct(), ({ terms }) => {
      expect(codesOf(defineScheme(terms)._unsafeUnwrap())).toEqual([]);
    }),
    { numRuns: Math.min(runs.numRuns, 100) },
  );
});

/** The limits of 2024, read again: prizes up to the gross amount, dividends to all, 40 percent forgone, 7 percent of commission. */
function limitsPassed(scheme: Scheme): ReadonlySet<string> {
  const { method, dividend, tickets, subscription, instalments, commission } = scheme.terms;
  const whole = subscription.minor * BigInt(instalments);
  const fixed = method.type === 'fixed_increment' || method.type === 'fixed_schedule';
  const prizes = fixed ? method.prizes.map(({ minor }) => minor) : [];
  const isHui = method.type === 'hui_discount' || method.type === 'hui_premium';
  const bid = isHui ? (subscription.minor * (scheme.terms.discount?.maximumBasisPoints ?? 0n)) / 10_000n : 0n;
  const forgone = isHui
    ? method.type === 'hui_discount'
      ? bid * BigInt(tickets - 1)
      : 0n
    : fixed
      ? prizes.reduce((most, prize) => (whole - prize > most ? whole - prize : most), 0n)
      : 'discount' in method
        ? method.discount.minor
        : (whole * (scheme.terms.discount?.maximumBasisPoints ?? 0n)) / 10_000n;
  const ofCommission = ((whole * commission.basisPoints) / 10_000n) * BigInt(tickets / instalments);
  const passed: readonly (readonly [string, boolean])[] = [
    ['prize_above_gross', method.type === 'hui_premium' || prizes.some((prize) => prize > whole)],
    ['dividend_not_to_all', method.type === 'hui_discount' || (!fixed && !isHui && dividend.among !== 'all')],
    ['discount_above_cap', forgone * 10_000n > whole * 4_000n],
    ['commission_above_cap', ofCommission * 10_000n > subscription.minor * BigInt(tickets) * 700n],
  ];
  return new Set(passed.flatMap(([code, isPassed]) => (isPassed ? [code] : [])));
}
