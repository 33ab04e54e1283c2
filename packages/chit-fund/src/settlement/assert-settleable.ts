import { MOST_TAX_BPS } from '../terms/terms-problems.ts';
import type { SettlementInput, Win } from './settlement.ts';

/**
 * Stops at what no draw of a scheme can give.
 *
 * @param input - The instalment.
 * @throws A `TypeError` with code `settlement_invalid`.
 * @source docs/rules/chit-fund.md, CF-6
 */
export function assertSettleable(input: SettlementInput): void {
  const problem = problemOf(input);
  if (problem !== undefined) throw Object.assign(new TypeError(problem), { code: 'settlement_invalid' });
}

function problemOf(input: SettlementInput): string | undefined {
  const { scheme, instalment, tickets, setOff, taxBasisPoints } = input;
  const { terms, subscription } = scheme;
  if (!Number.isInteger(instalment) || instalment < 1 || instalment > terms.instalments) return 'No such instalment.';
  const inOrder = tickets.every(({ ticket, premium }, index) => ticket === index + 1 && premium >= 0n);
  if (tickets.length !== terms.tickets || !inOrder) return 'The tickets are not those of the scheme, in their order.';
  if (input.carryIn < 0n || input.reserveIn < 0n) return 'A carry or a reserve is below zero.';
  if (setOff.length !== 0 && (terms.dividend.lag !== 1 || setOff.length !== tickets.length)) {
    return 'There is something to set off that is not a dividend for each ticket.';
  }
  if (setOff.some((amount) => amount < 0n || amount > subscription)) return 'More is set off than a subscription.';
  if (taxBasisPoints < 0n || taxBasisPoints > MOST_TAX_BPS) return 'There is no such tax.';
  return winsProblem(input);
}

function winsProblem({ scheme, instalment, wins, tickets }: SettlementInput): string | undefined {
  const { companyChit } = scheme.terms;
  if (wins.length !== scheme.winnersPerDraw) return 'There are not as many winners as a draw has.';
  if (new Set(wins.map(({ ticket }) => ticket)).size !== wins.length) return 'A ticket wins twice.';
  if (wins.some(({ ticket }) => tickets[ticket - 1]?.prized !== false)) return 'A winner has won already, or is none.';
  const companyChits = wins.filter(({ how }) => how === 'company_chit').length;
  if (companyChits > (companyChit?.instalment === instalment ? 1 : 0)) return 'There is no company chit here.';
  return wins.every((win) => isOfMethod(scheme, win)) ? undefined : 'A discount is not one of the method.';
}

function isOfMethod(scheme: SettlementInput['scheme'], { how, discount }: Win): boolean {
  const { method } = scheme.terms;
  if (how === 'company_chit') return discount === 0n;
  if (scheme.discount !== undefined) return discount >= scheme.discount.least && discount <= scheme.discount.most;
  const agreed = method.type === 'lot' || method.type === 'fixed_order' ? method.discount.minor : 0n;
  return discount === agreed;
}
