import type { ScoreEvent } from '@holdfast/chit-score';
import { inr, money } from '@holdfast/money';
import { dayOf } from '../day-of.ts';
import { creditedBy } from '../feed/credited-by.ts';
import type { Happened } from '../feed/take-in-units.ts';
import { instalmentName, ticketName } from './score-names.ts';

/** What happened to the holders of a ticket, or to all of a scheme. */
export interface ScoreNote {
  readonly ticket?: number;
  readonly events: readonly ScoreEvent[];
}

/** Says what an event of a scheme means for the scores of those whom it is about; of payments {@link memberNotes} says for whom they count. */
export function scoreNotes(happened: Happened): readonly ScoreNote[] {
  return [...changesOf(happened), ...paymentsOf(happened)];
}

function changesOf({ scheme, event, place, at }: Happened): readonly ScoreNote[] {
  const on = dayOf(at);
  const ticketOf = (ticket: number): string => ticketName(scheme, ticket);
  switch (event.type) {
    case 'SchemeCommenced':
    case 'SchemeCompleted':
      return [{ events: [{ type: event.type, id: place, scheme, on }] }];
    case 'InstalmentSettled':
      return event.dues
        .filter(({ due }) => due > 0n)
        .map(({ ticket, due, covered }): ScoreNote => {
          const instalment = instalmentName(scheme, ticket, event.instalment);
          const dueOf = { type: 'InstalmentDue', id: `${instalment}:due`, instalment } as const;
          // What lay ready when the instalment was settled had come by its day.
          const [paidOn = event.due] = [event.on, event.due].sort();
          const paid = { type: 'InstalmentPaid', id: `${instalment}:covered`, instalment, on: paidOn } as const;
          const events: ScoreEvent[] = [{ ...dueOf, ticket: ticketOf(ticket), dueOn: event.due, amount: rupees(due) }];
          if (covered > 0n) events.push({ ...paid, amount: rupees(covered) });
          return { ticket, events };
        });
    case 'PaymentReversed':
    case 'ArrearsWrittenOff':
    case 'DisputeClosed':
      return [{ ticket: event.ticket, events: [] }];
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

function paymentsOf({ scheme, event, place, at }: Happened): readonly ScoreNote[] {
  const on = event.type === 'PaymentReceived' ? event.on : dayOf(at);
  return creditedBy(event).flatMap(({ ticket, cleared }): readonly ScoreNote[] => {
    const paid = cleared.filter(({ principal }) => principal > 0n);
    if (paid.length === 0) return [];
    const events = paid.map(({ instalment: number, principal }): ScoreEvent => {
      const instalment = instalmentName(scheme, ticket, number);
      return { type: 'InstalmentPaid', id: `${instalment}:paid.${place}`, instalment, on, amount: rupees(principal) };
    });
    return [{ ticket, events }];
  });
}

function rupees(minor: bigint) {
  return money(minor, inr);
}
