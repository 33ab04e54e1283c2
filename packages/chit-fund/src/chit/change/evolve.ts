import { refundedBy, takenOver } from '../default/evolve.ts';
import { withCredited } from '../payments/evolve.ts';
import { withTicket } from '../scheme-of.ts';
import type { Arrear, Chit, Removal, Ticket } from '../state.ts';
import type { ChangeEvent } from './events.ts';

/** Folds what changes about a running scheme. */
export function evolveChange(chit: Chit, event: ChangeEvent): Chit {
  switch (event.type) {
    case 'TicketTransferred':
      return withTicket(chit, event.ticket, (ticket) => ({ ...ticket, holders: event.holders }));
    case 'DeathRecorded': {
      const { person, nominee, tickets } = event;
      return tickets.reduce(
        (next, number) => withTicket(next, number, (ticket) => withNominee(ticket, person, nominee)),
        chit,
      );
    }
    case 'LienLaid':
      return withTicket(chit, event.ticket, (ticket) => ({
        ...ticket,
        liens: [...(ticket.liens ?? []), event.secures],
      }));
    case 'LienLifted':
      return withTicket(chit, event.ticket, (ticket) => ({
        ...ticket,
        liens: (ticket.liens ?? []).filter((lien) => lien !== event.secures),
      }));
    case 'SchemeSuspended':
      return { ...chit, phase: 'suspended' };
    case 'SchemeResumed':
      return { ...chit, phase: 'running' };
    case 'ForemanSucceeded':
      return { ...chit, foreman: event.foreman };
    case 'SubscriberLeft': {
      const { ticket, foreman, removal, kept, deposit } = event;
      const holders = [{ person: foreman, parts: 1 }];
      const next = withTicket(chit, ticket, (known) => ({
        ...takenOver({ ...known, removal }, refundedBy(deposit)),
        membership: 'held',
        holders,
      }));
      return { ...next, penalties: next.penalties + kept.minor };
    }
    case 'SchemeTerminated': {
      const { claims, owed, credited, by } = event;
      const ended = credited.reduce(withCredited, withTermination(chit, { claims, owed }));
      return { ...ended, phase: by === 'consent' ? 'terminated_by_consent' : 'terminated_by_incapacity' };
    }
  }
}

/** Folds who leaves with what, and who owes it: before any credit pays of it. */
export function withTermination(
  chit: Chit,
  {
    claims,
    owed,
  }: {
    readonly claims: readonly { readonly ticket: number; readonly removal: Removal }[];
    readonly owed: readonly { readonly ticket: number; readonly arrear: Arrear }[];
  },
): Chit {
  const without = claims.reduce<Chit>(
    (next, { ticket, removal }) =>
      withTicket(next, ticket, (known) => ({ ...takenOver({ ...known, removal }, {}), membership: 'left' })),
    { ...chit, carry: 0n, reserve: 0n, float: [] },
  );
  return owed.reduce(
    (next, { ticket, arrear }) =>
      withTicket(next, ticket, (known) => ({ ...known, arrears: [...known.arrears, arrear] })),
    without,
  );
}

function withNominee(ticket: Ticket, person: string, nominee: string): Ticket {
  const others = ticket.holders.filter((one) => one.person !== person && one.person !== nominee);
  const parts = ticket.holders
    .filter((one) => one.person === person || one.person === nominee)
    .reduce((sum, one) => sum + one.parts, 0);
  return { ...ticket, holders: [...others, { person: nominee, parts }] };
}
