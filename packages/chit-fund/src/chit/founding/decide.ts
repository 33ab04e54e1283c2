import { type Context, freeText, isId, type ShapeInvalid, show } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { checkHolding } from '../../draw/check-holding.ts';
import type { TooManyTickets } from '../../draw/refusals.ts';
import { checkCompliance } from '../../law/check-compliance.ts';
import { addMonths } from '../../terms/calendar.ts';
import { termsToJson } from '../../terms/parse-terms.ts';
import type { TermsInvalid } from '../../terms/refusals.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import type {
  ChitExists,
  ChitUnknown,
  ChitWrongPhase,
  SanctionTimeWrong,
  SchemeNotCompliant,
  TicketHolding,
  TicketsOpen,
  TicketUnknown,
} from '../refusals.ts';
import { isUnderAct, schemeOf, ticketOf } from '../scheme-of.ts';
import type { Chit, Holder, Phase } from '../state.ts';
import type {
  DraftScheme,
  EnrolTicket,
  ExtendSanction,
  FoundingCommand,
  HolderGiven,
  WithdrawEnrolment,
} from './commands.ts';
import type { FoundingEvent } from './events.ts';
import { readTerms } from './read-terms.ts';

/** Why the founding of a scheme is refused, in order of precedence. */
export type FoundingRefusal =
  | ChitUnknown
  | ChitExists
  | ShapeInvalid
  | ChitWrongPhase
  | TermsInvalid
  | TicketUnknown
  | TicketHolding
  | TooManyTickets
  | TicketsOpen
  | SchemeNotCompliant
  | SanctionTimeWrong;

type Decided = Result<readonly FoundingEvent[], FoundingRefusal>;

/** Decides a draft: the only command about a scheme that is not there yet. */
export function decideDraft(
  chit: Chit | undefined,
  command: DraftScheme,
  { id, actor }: Context,
  environment: ChitEnvironment,
): Decided {
  if (chit) return err({ code: 'chit_exists', chit: id });
  if (id.length > LONGEST_ID) return shapeInvalid('id', id, `an id of at most ${LONGEST_ID} characters`);
  if (!isId(actor.id)) return shapeInvalid('actor.id', actor.id, 'an id: it is a part of the names of accounts');
  return readTerms(command, environment.currencies).map((read) => [
    { type: 'SchemeDrafted', foreman: actor.id, ...read } as const,
  ]);
}

/**
 * Decides what leads from a draft to a scheme that runs.
 *
 * @source docs/rules/chit-fund.md, CF-33
 */
export function decideFounding(
  chit: Chit,
  command: Exclude<FoundingCommand, DraftScheme>,
  context: Context,
  environment: ChitEnvironment,
): Decided {
  const { phase } = chit;
  const { id, at } = context;
  const allowed = PHASES[command.type];
  if (!allowed.includes(phase)) return err({ code: 'chit_wrong_phase', chit: id, phase, allowed });
  const today = dayOf(at, environment);
  switch (command.type) {
    case 'ReviseDraft': {
      const terms = command.terms ?? termsToJson(chit.terms);
      const agreement = command.agreement ?? chit.agreement;
      return readTerms({ terms, agreement }, environment.currencies).map((read) => [
        { type: 'DraftRevised', ...read } as const,
      ]);
    }
    case 'SubmitScheme': {
      const findings = checkCompliance(schemeOf(chit), chit.agreement ?? {}, today, {
        ...(command.others === undefined ? {} : { others: command.others }),
      });
      if (findings.length > 0) return err({ code: 'scheme_not_compliant', findings });
      return ok([{ type: 'SchemeSubmitted', registered: !isUnderAct(chit) }]);
    }
    case 'RejectScheme':
      return ok([{ type: 'SchemeRejected', why: freeText(command.why) }]);
    case 'SanctionScheme':
      return ok([
        {
          type: 'SchemeSanctioned',
          order: command.order,
          on: today,
          lapsesOn: addMonths(today, SANCTION_MONTHS),
        },
      ]);
    case 'ExtendSanction':
      return decideExtend(chit, command, today);
    case 'LapseSanction':
    case 'RegisterScheme': {
      const lapsesOn = chit.sanction?.lapsesOn ?? today;
      const lapses = command.type === 'LapseSanction';
      if (today >= lapsesOn !== lapses) return err({ code: 'sanction_time_wrong', lapsesOn, today });
      return ok([lapses ? { type: 'SanctionLapsed' } : { type: 'SchemeRegistered', number: command.number }]);
    }
    case 'EnrolTicket':
      return decideEnrol(chit, command);
    case 'WithdrawEnrolment':
      return decideWithdraw(chit, command);
    case 'DeclareSubscribed': {
      const open = chit.tickets.flatMap(({ membership }, index) => (membership === 'open' ? [index + 1] : []));
      const companyTicket = chit.terms.companyChit && foremanTicket(chit);
      const foremanNeeded = chit.terms.companyChit !== undefined && companyTicket === undefined;
      return open.length > 0 || foremanNeeded
        ? err({ code: 'tickets_open', open, foremanNeeded })
        : ok([{ type: 'SubscribedDeclared', ...(companyTicket === undefined ? {} : { companyTicket }) }]);
    }
    case 'CommenceScheme': {
      const { certificate, copiesDelivered } = command;
      return ok([
        { type: 'SchemeCommenced', certificate, ...(copiesDelivered === undefined ? {} : { copiesDelivered }) },
      ]);
    }
  }
}

/** Gives the first whole ticket of the foreman, for the instalment that he takes. */
function foremanTicket({ tickets, foreman }: Pick<Chit, 'tickets' | 'foreman'>): number | undefined {
  const index = tickets.findIndex(({ holders }) => holders.length === 1 && holders[0]?.person === foreman);
  return index < 0 ? undefined : index + 1;
}

/** Reads who shall hold a ticket: each person once. */
export function readHolders(given: readonly HolderGiven[]): Result<readonly Holder[], ShapeInvalid> {
  const persons = new Set(given.map(({ person }) => person));
  if (given.length === 0 || persons.size < given.length)
    return err({ code: 'shape_invalid', field: 'holders', given: show(given.length), allowed: 'each person once' });
  return ok(given.map(({ person, parts = 1 }) => ({ person, parts })));
}

/** Checks that nobody of some holders would hold more tickets than the agreement allows. */
export function checkHolders(
  chit: Chit,
  ticket: number,
  holders: readonly Holder[],
): Result<undefined, TooManyTickets> {
  for (const { person } of holders) {
    const others = chit.tickets.filter(
      (one, index) => index !== ticket - 1 && one.holders.some((holder) => holder.person === person),
    );
    const checked = checkHolding(schemeOf(chit), others.length + 1);
    if (checked.isErr()) return err(checked.error);
  }
  return ok(undefined);
}

function decideExtend(chit: Chit, { months }: ExtendSanction, today: string): Decided {
  const { lapsesOn = today, extended = true } = chit.sanction ?? {};
  if (extended || today >= lapsesOn) return err({ code: 'sanction_time_wrong', lapsesOn, today });
  return ok([{ type: 'SanctionExtended', lapsesOn: addMonths(lapsesOn, months) }]);
}

function decideEnrol(chit: Chit, { ticket, holders: given }: EnrolTicket): Decided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const holders = readHolders(given);
  if (holders.isErr()) return err(holders.error);
  if (known.membership !== 'open')
    return err({ code: 'ticket_holding', ticket, holders: known.holders.map(({ person }) => person) });
  return checkHolders(chit, ticket, holders.value).map(() => [
    { type: 'TicketEnrolled', ticket, holders: holders.value } as const,
  ]);
}

function decideWithdraw(chit: Chit, { ticket }: WithdrawEnrolment): Decided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  if (known.membership === 'open') return err({ code: 'ticket_holding', ticket, holders: [] });
  return ok([{ type: 'EnrolmentWithdrawn', ticket }]);
}

function shapeInvalid(field: string, given: unknown, allowed: string): Result<never, ShapeInvalid> {
  return err({ code: 'shape_invalid', field, given: show(given), allowed });
}

/** A sanction lapses where the scheme is not registered by then. */
const SANCTION_MONTHS = 12;
/** It is a part of the names of accounts. */
const LONGEST_ID = 64;

const PHASES: { readonly [Type in Exclude<FoundingCommand, DraftScheme>['type']]: readonly Phase[] } = {
  ReviseDraft: ['draft', 'rejected'],
  SubmitScheme: ['draft'],
  RejectScheme: ['submitted'],
  SanctionScheme: ['submitted'],
  ExtendSanction: ['sanctioned'],
  LapseSanction: ['sanctioned'],
  RegisterScheme: ['sanctioned'],
  EnrolTicket: ['registered'],
  WithdrawEnrolment: ['registered'],
  DeclareSubscribed: ['registered'],
  CommenceScheme: ['fully_subscribed'],
};
