import { Defect } from '@holdfast/kernel';
import { withTicket } from '../scheme-of.ts';
import type { Chit, Ticket } from '../state.ts';
import type { FoundingEvent } from './events.ts';

/** Folds what happens until a scheme runs. */
export function evolveFounding(state: Chit | undefined, event: FoundingEvent): Chit {
  if (event.type === 'SchemeDrafted') return drafted(event);
  if (!state) throw new Defect(`${event.type} of a scheme that was never drafted`);
  switch (event.type) {
    case 'DraftRevised': {
      const { terms, agreement } = event;
      const { foreman } = state;
      return drafted({ type: 'SchemeDrafted', foreman, terms, ...(agreement === undefined ? {} : { agreement }) });
    }
    case 'SchemeSubmitted':
      return { ...state, phase: event.registered ? 'registered' : 'submitted' };
    case 'SchemeRejected':
      return { ...state, phase: 'rejected' };
    case 'SchemeSanctioned': {
      const { order, on, lapsesOn } = event;
      return { ...state, phase: 'sanctioned', sanction: { order, on, lapsesOn, extended: false } };
    }
    case 'SanctionExtended':
      return state.sanction
        ? { ...state, sanction: { ...state.sanction, lapsesOn: event.lapsesOn, extended: true } }
        : state;
    case 'SanctionLapsed':
      return { ...state, phase: 'lapsed' };
    case 'SchemeRegistered':
      return { ...state, phase: 'registered', registration: event.number };
    case 'TicketEnrolled':
      return withTicket(state, event.ticket, (ticket) => ({
        ...ticket,
        membership: 'active',
        holders: event.holders,
      }));
    case 'EnrolmentWithdrawn':
      return withTicket(state, event.ticket, () => OPEN);
    case 'SubscribedDeclared':
      return {
        ...state,
        phase: 'fully_subscribed',
        ...(event.companyTicket === undefined ? {} : { companyTicket: event.companyTicket }),
      };
    case 'SchemeCommenced': {
      // The journal keeps the agreement; no decision looks at it from here on.
      const { agreement: _agreement, ...rest } = state;
      return { ...rest, phase: 'running', certificate: event.certificate };
    }
  }
}

function drafted(event: Extract<FoundingEvent, { type: 'SchemeDrafted' }>): Chit {
  const { foreman, terms, agreement } = event;
  return {
    phase: 'draft',
    foreman,
    terms,
    ...(agreement === undefined ? {} : { agreement }),
    tickets: Array.from({ length: terms.tickets }, () => OPEN),
    instalments: [],
    carry: 0n,
    reserve: 0n,
    float: [],
    setOff: [],
    taken: { commission: 0n, tax: 0n, penalties: 0n },
    penalties: 0n,
  };
}

const OPEN: Ticket = {
  membership: 'open',
  holders: [],
  liability: 'normal',
  arrears: [],
  premium: 0n,
  dues: 0n,
  dividends: 0n,
  payments: [],
  costs: [],
};
