import { amountOf } from '../chit/scheme-of.ts';
import type { Chit, Ticket } from '../chit/state.ts';
import type { HistoryStep } from './history.ts';
import type { RegisterDeposit } from './registers-of.ts';

/** Lists what was put apart and what left it. */
export function depositLinesOf(steps: readonly HistoryStep[]): readonly RegisterDeposit[] {
  const lies = new Map<string, bigint>();
  return steps.flatMap((step): readonly RegisterDeposit[] => {
    const { at, day, after } = step;
    return movesOf(step, (of, ticket) => lies.get(`${of}/${ticket}`) ?? 0n).flatMap(({ ticket, of, minor }) => {
      if (minor === 0n) return [];
      lies.set(`${of}/${ticket}`, (lies.get(`${of}/${ticket}`) ?? 0n) + minor);
      return [{ at, day, ticket, of, amount: amountOf(after, minor) }];
    });
  });
}

interface DepositMove {
  readonly ticket: number;
  readonly of: RegisterDeposit['of'];
  readonly minor: bigint;
}

type Lies = (of: RegisterDeposit['of'], ticket: number) => bigint;

function movesOf({ event, before }: HistoryStep, lies: Lies): readonly DepositMove[] {
  if (!before) return [];
  switch (event.type) {
    case 'PrizeDeposited':
      return [{ ticket: event.ticket, of: 'prize', minor: event.amount.minor }];
    case 'PrizePaid':
    case 'DrawVoided':
      return [{ ticket: event.ticket, of: 'prize', minor: -lies('prize', event.ticket) }];
    case 'PrizePrepaid': {
      const { ticket, kept } = event;
      return [
        { ticket, of: 'prize', minor: -lies('prize', ticket) },
        { ticket, of: 'future', minor: kept.minor },
      ];
    }
    case 'SubscriberSubstituted':
    case 'VacantTicketHeld':
    case 'SubscriberLeft':
      return [{ ticket: event.ticket, of: 'leaver', minor: event.deposit.minor }];
    case 'SchemeTerminated':
      return event.claims.flatMap(({ ticket, claim }): DepositMove[] => {
        const known = before.tickets[ticket - 1];
        // A foreman who held the ticket gets it himself.
        if (known?.membership === 'held') return [];
        return [{ ticket, of: 'leaver', minor: claim + withheldOf(known) }];
      });
    case 'DefaulterRefunded':
      return [{ ticket: event.ticket, of: 'leaver', minor: -event.amount.minor }];
    case 'UnclaimedDeposited': {
      const { ticket, amount } = event;
      return [
        { ticket, of: 'prize', minor: -lies('prize', ticket) },
        { ticket, of: 'leaver', minor: -lies('leaver', ticket) },
        { ticket, of: 'unclaimed', minor: amount.minor },
      ];
    }
    case 'UnclaimedPaid':
      return [{ ticket: event.ticket, of: 'unclaimed', minor: -event.amount.minor }];
    default:
      return [];
  }
}

function withheldOf(ticket: Ticket | undefined): bigint {
  const arrears: Chit['tickets'][number]['arrears'] = ticket?.arrears ?? [];
  return arrears.reduce((sum, { withheld }) => sum + withheld, 0n);
}
