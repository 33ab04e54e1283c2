import type { ScoreEvent } from '@holdfast/chit-score';
import { inr, money } from '@holdfast/money';
import { dayOf } from '../day-of.ts';
import type { Happened } from '../feed/take-in-units.ts';

/** What happened to the holders of a ticket, or to all of a scheme. */
export interface ScoreNote {
  readonly ticket?: number;
  readonly events: readonly ScoreEvent[];
}

/** Says what an event of a scheme means for the scores of those whom it is about. */
export function scoreNotes({ scheme, event, place, at }: Happened): readonly ScoreNote[] {
  const on = dayOf(at);
  const ticketOf = (ticket: number): string => `${scheme}/${ticket}`;
  const instalmentOf = (ticket: number, instalment: number): string => `${scheme}/${ticket}/${instalment}`;
  const rupees = (minor: bigint) => money(minor, inr);
  switch (event.type) {
    case 'SchemeCommenced':
    case 'SchemeCompleted':
      return [{ events: [{ type: event.type, id: place, scheme, on }] }];
    case 'InstalmentSettled':
      return event.dues
        .filter(({ due }) => due > 0n)
        .map(({ ticket, due, covered }): ScoreNote => {
          const instalment = instalmentOf(ticket, event.instalment);
          const dueOf = { type: 'InstalmentDue', id: `${place}.${ticket}.due`, instalment } as const;
          // What lay ready when the instalment was settled had come by its day.
          const [paidOn = event.due] = [event.on, event.due].sort();
          const paid = { type: 'InstalmentPaid', id: `${place}.${ticket}.paid`, instalment, on: paidOn } as const;
          const events: ScoreEvent[] = [{ ...dueOf, ticket: ticketOf(ticket), dueOn: event.due, amount: rupees(due) }];
          if (covered > 0n) events.push({ ...paid, amount: rupees(covered) });
          return { ticket, events };
        });
    case 'PaymentReceived': {
      const { ticket, cleared } = event.credited;
      const events = cleared
        .filter(({ principal }) => principal > 0n)
        .map(({ instalment: number, principal }): ScoreEvent => {
          const instalment = instalmentOf(ticket, number);
          return {
            type: 'InstalmentPaid',
            id: `${place}.${number}`,
            instalment,
            on: event.on,
            amount: rupees(principal),
          };
        });
      return [{ ticket, events }];
    }
    case 'DrawDeclared':
      return event.wins.map(({ ticket }) => ({
        ticket,
        events: [{ type: 'TicketPrized', id: `${place}.${ticket}`, ticket: ticketOf(ticket), on }],
      }));
    case 'LiabilityAccelerated':
      return [
        {
          ticket: event.ticket,
          events: [{ type: 'TicketAccelerated', id: place, ticket: ticketOf(event.ticket), on }],
        },
      ];
    case 'DefaultCured':
      return [
        { ticket: event.ticket, events: [{ type: 'TicketReinstated', id: place, ticket: ticketOf(event.ticket), on }] },
      ];
    case 'SubscriberRemoved':
      return [
        {
          ticket: event.ticket,
          events: [{ type: 'SubscriberRemoved', id: place, ticket: ticketOf(event.ticket), on }],
        },
      ];
    default:
      return [];
  }
}
