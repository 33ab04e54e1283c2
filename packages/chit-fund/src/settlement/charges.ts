import { divideRounded, largestRemainder } from '@holdfast/money';
import type { SettlementInput } from './settlement.ts';

const WHOLE_BPS = 10_000n;

/** What an instalment costs beside its prizes, in minor units. */
export interface Charges {
  readonly commission: bigint;
  /** The part of the commission that comes out of the discounts. */
  readonly fromDiscount: bigint;
  readonly tax: bigint;
  /** The part of the tax that each winner bears, in the order of the wins. */
  readonly taxOfWinners: readonly bigint[];
  /** What all tickets owe together beside their subscriptions. */
  readonly onTop: bigint;
  /** What each ticket is asked for: its part of that, rounded up to the unit. */
  readonly perTicket: bigint;
  /** What is asked for beyond what is owed; it is shared with the pool. */
  readonly surplus: bigint;
}

/**
 * Works out commission and tax, and who bears them.
 *
 * @param input - The instalment.
 * @returns The charges. A company chit of which no commission is taken costs none.
 * @source docs/rules/chit-fund.md, CF-4, CF-7
 */
export function chargesOf({ scheme, wins, taxBasisPoints }: SettlementInput): Charges {
  const { terms, unit } = scheme;
  const ofOne = scheme.commission / BigInt(scheme.winnersPerDraw);
  const taken = wins.map(({ how }) => (how === 'company_chit' && terms.companyChit?.commission !== true ? 0n : ofOne));
  const commission = sumOf(taken);
  const fromDiscount = terms.commission.taken === 'from_discount' ? ofOne * bidden(wins) : 0n;
  const taxUnit = terms.tax?.unit?.minor ?? 1n;
  const tax =
    terms.tax === undefined ? 0n : divideRounded(commission * taxBasisPoints, WHOLE_BPS * taxUnit, 'halfUp') * taxUnit;
  const bearer = terms.tax?.bearer;
  const taxOfWinners = bearer === 'winner' && tax > 0n ? largestRemainder(tax, taken) : wins.map(() => 0n);
  const onTop = commission - fromDiscount + (bearer === 'subscribers' ? tax : 0n);
  const tickets = BigInt(terms.tickets);
  const perTicket = divideRounded(onTop, tickets * unit, 'ceiling') * unit;
  return { commission, fromDiscount, tax, taxOfWinners, onTop, perTicket, surplus: perTicket * tickets - onTop };
}

/**
 * Adds up amounts.
 *
 * @param amounts - Minor units.
 * @returns Their sum.
 */
export function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

/** How many winners give a discount. */
function bidden(wins: SettlementInput['wins']): bigint {
  return BigInt(wins.filter(({ how }) => how !== 'company_chit').length);
}
