import { withCredited } from '../payments/evolve.ts';
import { withTicket } from '../scheme-of.ts';
import type { Chit, Prize } from '../state.ts';
import type { PrizeEvent } from './events.ts';

/** Folds what happens with prizes. */
export function evolvePrizes(chit: Chit, event: PrizeEvent): Chit {
  const credited = event.type === 'PrizePrepaid' ? withCredited(chit, event.credited) : chit;
  return withTicket(credited, event.ticket, (ticket) =>
    ticket.prize ? { ...ticket, prize: evolvePrize(ticket.prize, event) } : ticket,
  );
}

function evolvePrize(prize: Prize, event: PrizeEvent): Prize {
  switch (event.type) {
    case 'SecurityGiven': {
      const { kind, value, reference } = event;
      const status = prize.status === 'awaiting' ? 'secured' : prize.status;
      return { ...prize, status, security: { kind, value: value.minor, reference } };
    }
    case 'PrizePaid':
      return { ...prize, status: 'paid' };
    case 'PrizePrepaid':
      return { ...prize, status: 'prepaid' };
    case 'PrizeDeposited':
      return { ...prize, status: 'deposited', depositedAt: event.at };
  }
}
