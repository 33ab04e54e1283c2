import { isHui } from '../../terms/derive.ts';
import { prizeAccount } from '../accounts.ts';
import { Moves } from '../moves.ts';
import { schemeOf } from '../scheme-of.ts';
import type { Chit, Instalment } from '../state.ts';
import { isMatured } from './decide-settle.ts';
import type { PaymentEvent } from './events.ts';

/**
 * Settles an instalment that was drawn anew: its dues, commission and dividends stand; the new prize comes out of what lies ready, and what the two differ by
 * joins the carry.
 *
 * @source docs/rules/chit-fund.md, CF-37
 */
export function settleRedraw(chit: Chit, known: Instalment, instalment: number, id: string): PaymentEvent {
  const { grossPrize } = schemeOf(chit);
  const isPriced = !isHui(chit.terms.method) && !('prizes' in chit.terms.method);
  const fresh = known.wins.filter(({ ticket }) => chit.tickets[ticket - 1]?.prize?.status === 'declared');
  const voided = known.voided ?? [];
  const prizes = fresh.map(({ ticket, discount }, index) => {
    const before = voided[index];
    const amount = before?.amount ?? 0n;
    if (!isPriced) return { ticket, prize: amount };
    // The winner before may have borne tax: the new one bears the same.
    const tax = grossPrize - (before?.discount ?? 0n) - amount;
    return { ticket, prize: grossPrize - discount - tax };
  });
  const ready = voided.reduce((sum, { amount }) => sum + amount, 0n);
  const difference = ready - prizes.reduce((sum, { prize }) => sum + prize, 0n);
  const { transfers } = new Moves(chit).addCarry(id, prizeAccount(id, instalment), {
    before: chit.carry,
    after: chit.carry + difference,
  });
  const matured = isMatured(chit, instalment);
  return { type: 'RedrawSettled', instalment, sequence: known.sequence, prizes, difference, matured, transfers };
}
