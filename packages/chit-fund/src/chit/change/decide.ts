import { type Context, freeText, type Seen, type ShapeInvalid } from '@holdfast/kernel';
import { isIn } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { TooManyTickets } from '../../draw/refusals.ts';
import { foremanAccount, ticketAccount } from '../accounts.ts';
import { memberAs } from '../default/decide.ts';
import { moveOver, partingOf, splitContributions } from '../default/part-with.ts';
import type { MembershipWrong } from '../default/refusals.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { checkHolders, readHolders } from '../founding/decide.ts';
import { Moves } from '../moves.ts';
import type { ChitCurrencyDiffers, ChitWrongPhase, DrawWrongState, TicketUnknown } from '../refusals.ts';
import { amountOf, schemeOf, ticketOf } from '../scheme-of.ts';
import type { Chit, Phase } from '../state.ts';
import type { ChangeCommand, LayLien, LeaveScheme, LiftLien, RecordDeath, TransferTicket } from './commands.ts';
import type { ChangeEvent } from './events.ts';
import type { DepositOpen, LienWrong, PersonWrong, TerminationConsentMissing } from './refusals.ts';
import { decideTermination } from './terminate.ts';

/** Why a change of a running scheme is refused, in order of precedence. */
export type ChangeRefusal =
  | ChitWrongPhase
  | TicketUnknown
  | MembershipWrong
  | PersonWrong
  | LienWrong
  | ShapeInvalid
  | ChitCurrencyDiffers
  | TooManyTickets
  | DrawWrongState
  | DepositOpen
  | TerminationConsentMissing;

/** What a change of a running scheme comes to. */
export type ChangeDecided = Result<readonly ChangeEvent[], ChangeRefusal>;

/**
 * Decides what changes about a running scheme.
 *
 * @source docs/rules/chit-fund.md, CF-42, CF-43
 */
export function decideChange(
  seen: Seen,
  chit: Chit,
  command: ChangeCommand,
  context: Context,
  environment: ChitEnvironment,
): ChangeDecided {
  const { phase } = chit;
  const allowed = PHASES[command.type] ?? RUNNING;
  if (!allowed.includes(phase)) return err({ code: 'chit_wrong_phase', chit: context.id, phase, allowed });
  switch (command.type) {
    case 'TransferTicket':
      return decideTransfer(chit, command);
    case 'RecordDeath':
      return decideDeath(chit, command);
    case 'LayLien':
    case 'LiftLien':
      return decideLien(chit, command);
    case 'SuspendScheme':
      return ok([{ type: 'SchemeSuspended', why: freeText(command.why) }]);
    case 'ResumeScheme':
      return ok([{ type: 'SchemeResumed' }]);
    case 'SucceedForeman': {
      const { foreman } = command;
      if (foreman === chit.foreman) return err({ code: 'person_wrong', person: foreman });
      return ok([{ type: 'ForemanSucceeded', from: chit.foreman, foreman }]);
    }
    case 'LeaveScheme':
      return decideLeave(seen, chit, command, context, environment);
    case 'TerminateByConsent':
    case 'TerminateForIncapacity':
      return decideTermination(seen, chit, command, context, environment);
  }
}

/** Arrears and liens travel with the ticket. */
function decideTransfer(chit: Chit, { ticket, holders: given, deed }: TransferTicket): ChangeDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const wrong = memberAs({ known }, ticket, ['active', 'defaulted', 'held'], false);
  if (wrong) return wrong;
  return readHolders(given)
    .andThen((holders) => checkHolders(chit, ticket, holders).map(() => holders))
    .map((holders) => [{ type: 'TicketTransferred', ticket, from: known.holders, holders, deed } as const]);
}

function decideDeath(chit: Chit, { person, nominee }: RecordDeath): ChangeDecided {
  const tickets = chit.tickets.flatMap(({ holders }, index) =>
    holders.some((one) => one.person === person) ? [index + 1] : [],
  );
  if (tickets.length === 0 || person === nominee) return err({ code: 'person_wrong', person });
  return ok([{ type: 'DeathRecorded', person, nominee, tickets }]);
}

function decideLien(chit: Chit, { type, ticket, secures }: LayLien | LiftLien): ChangeDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const lays = type === 'LayLien';
  const wrong = lays ? memberAs({ known }, ticket, ['active', 'held'], false) : undefined;
  if (wrong) return wrong;
  const there = known.liens?.includes(secures) ?? false;
  if (there === lays) return err({ code: 'lien_wrong', ticket, secures, there });
  return ok([{ type: lays ? 'LienLaid' : 'LienLifted', ticket, secures }]);
}

function decideLeave(
  seen: Seen,
  chit: Chit,
  { ticket, deduction }: LeaveScheme,
  { id, at }: Context,
  environment: ChitEnvironment,
): ChangeDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const wrong = memberAs({ known }, ticket, ['active'], false);
  if (wrong) return wrong;
  if (known.removal && !known.removal.refunded) return err({ code: 'deposit_open', tickets: [ticket] });
  const { currency } = schemeOf(chit);
  const given = deduction.currency.code;
  if (!isIn(deduction, currency)) return err({ code: 'chit_currency_differs', given, expected: currency.code });
  // Nothing below refuses.
  const { foreman } = chit;
  const parting = partingOf(chit, known, dayOf(at, environment));
  const split = splitContributions(parting, deduction.minor);
  const credit = seen.balance(ticketAccount(id, ticket), currency.code);
  const from = foremanAccount(foreman, 'losses');
  const { transfers } = moveOver(chit, { id, ticket, from, parting, split, credit }, new Moves(chit));
  const { contributed, principal, interest } = parting;
  return ok([
    {
      type: 'SubscriberLeft',
      ticket,
      foreman,
      removal: { holders: known.holders, on: at, until: at, contributed, owed: principal + interest },
      deposit: amountOf(chit, split.deposit + credit),
      kept: amountOf(chit, parting.withheld),
      paid: amountOf(chit, principal + split.deposit),
      transfers,
    },
  ]);
}

const RUNNING: readonly Phase[] = ['running', 'suspended'];
const PHASES: { readonly [Type in ChangeCommand['type']]?: readonly Phase[] } = {
  SuspendScheme: ['running'],
  ResumeScheme: ['suspended'],
};
