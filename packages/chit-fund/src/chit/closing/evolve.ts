import { withTicket } from '../scheme-of.ts';
import type { Chit } from '../state.ts';
import type { ClosingEvent } from './events.ts';

/** Folds the end of a scheme. */
export function evolveClosing(chit: Chit, event: ClosingEvent): Chit {
  switch (event.type) {
    case 'SchemeCompleted': {
      const { commission, tax, penalties } = chit.taken;
      const taken = {
        commission: commission + event.taken.commission,
        tax: tax + event.taken.tax,
        penalties: penalties + event.taken.penalties,
      };
      return { ...chit, phase: 'completed', carry: 0n, taken };
    }
    case 'UnclaimedDeposited':
      return withTicket(chit, event.ticket, (ticket) => {
        const { prize } = ticket;
        const unpaid = prize && ['awaiting', 'secured', 'deposited'].includes(prize.status);
        return unpaid ? { ...ticket, prize: { ...prize, status: 'unclaimed' } } : ticket;
      });
    case 'UnclaimedPaid':
      return chit;
  }
}
