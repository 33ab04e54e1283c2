import type { Money } from '@holdfast/money';
import { withTicket } from '../scheme-of.ts';
import type { Chit, Removal, Ticket } from '../state.ts';
import type { DefaultEvent } from './events.ts';

/** Folds what happens with those who do not pay. */
export function evolveDefault(chit: Chit, event: DefaultEvent): Chit {
  const change = (how: (ticket: Ticket) => Ticket): Chit => withTicket(chit, event.ticket, how);
  switch (event.type) {
    case 'DefaultDeclared':
      return change((ticket) => ({ ...ticket, membership: 'defaulted' }));
    case 'SubscriberRemoved':
      return change((ticket) => ({ ...ticket, membership: 'removed', removal: event.removal }));
    case 'SubscriberReinstated':
      return change(({ removal: _removal, ...ticket }) => ({ ...ticket, membership: 'active' }));
    case 'SubscriberSubstituted': {
      const { kept, holders, deposit } = event;
      const next = change((ticket) => ({
        ...takenOver(ticket, { substituted: true, ...refundedBy(deposit) }),
        membership: 'active',
        holders,
      }));
      return { ...next, penalties: next.penalties + kept.minor };
    }
    case 'VacantTicketHeld': {
      const holders = [{ person: event.foreman, parts: 1 }];
      const next = change((ticket) => ({
        ...takenOver(ticket, refundedBy(event.deposit)),
        membership: 'held',
        holders,
      }));
      return { ...next, penalties: next.penalties + event.kept.minor };
    }
    case 'DefaulterRefunded':
      return change((ticket) =>
        ticket.removal ? { ...ticket, removal: { ...ticket.removal, refunded: true } } : ticket,
      );
    case 'FutureDemanded':
      return change((ticket) => ({ ...ticket, liability: 'demanded', noticedAt: event.at }));
    case 'LiabilityAccelerated':
      return change((ticket) => ({ ...ticket, liability: 'accelerated' }));
    case 'DefaultCured':
      return change(({ noticedAt: _noticedAt, ...ticket }) => ({
        ...ticket,
        membership: 'active',
        liability: event.liability,
      }));
    case 'DisputeOpened':
      return change((ticket) => ({ ...ticket, liability: 'in_dispute' }));
    case 'DisputeClosed':
      return closed(chit, event);
  }
}

/** Where nothing lies for who was removed, there is nothing to wait for. */
export function refundedBy({ minor }: Money): { readonly refunded?: true } {
  return minor === 0n ? { refunded: true } : {};
}

/** A ticket whose new holder owes nothing of what was before. */
export function takenOver(ticket: Ticket, end: Pick<Removal, 'substituted' | 'refunded'>): Ticket {
  const { removal } = ticket;
  return { ...ticket, arrears: [], payments: [], costs: [], ...(removal ? { removal: { ...removal, ...end } } : {}) };
}

function closed(chit: Chit, { ticket, award, written }: Extract<DefaultEvent, { type: 'DisputeClosed' }>): Chit {
  const next = withTicket(chit, ticket, (known): Ticket => {
    switch (award) {
      case 'recover':
        return { ...known, liability: known.prize ? 'accelerated' : 'normal' };
      case 'reinstate': {
        const { removal, noticedAt: _noticedAt, ...rest } = known;
        // What lies for somebody who was removed before this holder came stays his.
        const before = removal && known.membership !== 'removed' ? { removal } : {};
        return { ...rest, ...before, membership: 'active', liability: 'normal' };
      }
      case 'write_off':
        return { ...known, arrears: [], liability: 'written_off' };
    }
  });
  return { ...next, penalties: next.penalties + written.withheld };
}
