import { addDuration, type Context, days, type Instant, type Seen, type ShapeInvalid } from '@holdfast/kernel';
import { isIn } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { TooManyTickets } from '../../draw/refusals.ts';
import { depositAccount, foremanAccount, ticketAccount, worldAccount } from '../accounts.ts';
import type { DepositOpen } from '../change/refusals.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { checkHolders, readHolders } from '../founding/decide.ts';
import { Moves } from '../moves.ts';
import { writeOff } from '../payments/decide-money.ts';
import type { ChitCurrencyDiffers, ChitWrongPhase, NothingOpen, TicketUnknown } from '../refusals.ts';
import { amountOf, futureLiability, lawNumber, schemeOf, ticketOf } from '../scheme-of.ts';
import type { Chit, Liability, Membership, Phase, Ticket } from '../state.ts';
import type {
  CloseDispute,
  DefaultCommand,
  HoldVacantTicket,
  RefundDefaulter,
  RemoveSubscriber,
  SubstituteSubscriber,
} from './commands.ts';
import type { DefaultEvent } from './events.ts';
import { deductionOf, moveOver, partingOf, splitContributions } from './part-with.ts';
import type { ArrearsOpen, LiabilityWrong, MembershipWrong, NoticeTimeWrong } from './refusals.ts';

/** Why a command about those who do not pay is refused, in order of precedence. */
export type DefaultRefusal =
  | ChitWrongPhase
  | TicketUnknown
  | MembershipWrong
  | LiabilityWrong
  | ArrearsOpen
  | NoticeTimeWrong
  | NothingOpen
  | DepositOpen
  | ShapeInvalid
  | ChitCurrencyDiffers
  | TooManyTickets;

/** What a command about those who do not pay comes to. */
export type DefaultDecided = Result<readonly DefaultEvent[], DefaultRefusal>;

/** What most of these commands look at. */
interface Asked {
  readonly seen: Seen;
  readonly chit: Chit;
  /** The ticket as it stands. */
  readonly known: Ticket;
  readonly context: Context;
  readonly environment: ChitEnvironment;
}

/**
 * Decides what becomes of those who do not pay: default, removal, return, substitution; demand, acceleration, cure; disputes.
 *
 * @source docs/rules/chit-fund.md, CF-40, CF-41
 */
export function decideDefault(
  seen: Seen,
  chit: Chit,
  command: DefaultCommand,
  context: Context,
  environment: ChitEnvironment,
): DefaultDecided {
  const { phase } = chit;
  if (!LIVE.includes(phase)) return err({ code: 'chit_wrong_phase', chit: context.id, phase, allowed: LIVE });
  const { ticket } = command;
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const asked = { seen, chit, known, context, environment };
  switch (command.type) {
    case 'DeclareDefault':
      return memberAs(asked, ticket, ['active']) ?? declareDefault(known, ticket);
    case 'RemoveSubscriber':
      return memberAs(asked, ticket, ['defaulted'], false) ?? decideRemove(asked, command);
    case 'ReinstateSubscriber':
      return memberAs(asked, ticket, ['removed']) ?? decideReinstate(asked, ticket);
    case 'SubstituteSubscriber':
      return memberAs(asked, ticket, ['removed']) ?? decideSubstitute(asked, command);
    case 'HoldVacantTicket':
      return memberAs(asked, ticket, ['removed']) ?? decideHold(asked, command);
    case 'RefundDefaulter':
      return decideRefund(asked, command);
    case 'DemandFuture':
      return (
        memberAs(asked, ticket, ['defaulted'], true) ??
        owing(known, ticket, ['normal']) ??
        ok([{ type: 'FutureDemanded', ticket, notice: command.notice, at: context.at }])
      );
    case 'AccelerateLiability':
      return owing(known, ticket, ['demanded']) ?? decideAccelerate(asked, ticket);
    case 'CureDefault':
      return memberAs(asked, ticket, ['defaulted']) ?? decideCure(asked, ticket);
    case 'OpenDispute':
      return (
        memberAs(asked, ticket, ['defaulted', 'removed']) ??
        owing(known, ticket, ['normal', 'demanded', 'accelerated']) ??
        ok([{ type: 'DisputeOpened', ticket, reference: command.reference }])
      );
    case 'CloseDispute':
      return owing(known, ticket, ['in_dispute']) ?? decideAward(asked, command);
  }
}

/** Somebody defaults who is late, by the agreement. */
function declareDefault({ arrears }: Ticket, ticket: number): DefaultDecided {
  if (!arrears.some(({ late }) => late)) return err({ code: 'nothing_open', ticket });
  return ok([{ type: 'DefaultDeclared', ticket }]);
}

function decideRemove(
  { chit, known, context, environment }: Asked,
  { ticket, notice }: RemoveSubscriber,
): DefaultDecided {
  const { at } = context;
  // What lies for who was removed before has to be paid first: the ticket has one account for it.
  if (known.removal && !known.removal.refunded) return err({ code: 'deposit_open', tickets: [ticket] });
  const today = dayOf(at, environment);
  const { contributed, principal, interest } = partingOf(chit, known, today);
  const removal = {
    holders: known.holders,
    on: at,
    until: addDuration(at, days(lawNumber(chit, 'in.reentryDays', today))),
    contributed,
    owed: principal + interest,
  };
  return ok([{ type: 'SubscriberRemoved', ticket, notice, removal }]);
}

function decideReinstate({ known, context }: Asked, ticket: number): DefaultDecided {
  const until = known.removal?.until ?? context.at;
  if (context.at > until) return err({ code: 'notice_time_wrong', ticket, from: null });
  return openOf(known, ticket) ?? ok([{ type: 'SubscriberReinstated', ticket }]);
}

function decideSubstitute(asked: Asked, command: SubstituteSubscriber): DefaultDecided {
  const { seen, chit, known, context, environment } = asked;
  const { ticket, deduction, channel } = command;
  const early = beforeEnd(known, ticket, context.at);
  if (early) return early;
  const { currency } = schemeOf(chit);
  if (!isIn(deduction, currency))
    return err({ code: 'chit_currency_differs', given: command.deduction.currency.code, expected: currency.code });
  const holders = readHolders(command.holders).andThen((read) => checkHolders(chit, ticket, read).map(() => read));
  if (holders.isErr()) return err(holders.error);
  // Nothing below refuses.
  const { id } = context;
  const parting = partingOf(chit, known, removedOn(known, environment));
  const split = splitContributions(parting, deduction.minor);
  const credit = seen.balance(ticketAccount(id, ticket), currency.code);
  const from = worldAccount(channel);
  const { transfers } = moveOver(chit, { id, ticket, from, parting, split, credit }, new Moves(chit));
  return ok([
    {
      type: 'SubscriberSubstituted',
      ticket,
      holders: holders.value,
      on: dayOf(context.at, environment),
      channel,
      paid: amountOf(chit, known.dues),
      deposit: amountOf(chit, split.deposit + credit),
      kept: amountOf(chit, split.kept + parting.withheld),
      transfers,
    },
  ]);
}

function decideHold({ seen, chit, known, context, environment }: Asked, { ticket }: HoldVacantTicket): DefaultDecided {
  const early = beforeEnd(known, ticket, context.at);
  if (early) return early;
  // Nothing below refuses.
  const { id } = context;
  const { foreman } = chit;
  const day = removedOn(known, environment);
  const parting = partingOf(chit, known, day);
  const split = splitContributions(parting, deductionOf(chit, parting, day));
  const credit = seen.balance(ticketAccount(id, ticket), schemeOf(chit).currency.code);
  const from = foremanAccount(foreman, 'losses');
  const { transfers } = moveOver(chit, { id, ticket, from, parting, split, credit }, new Moves(chit));
  return ok([
    {
      type: 'VacantTicketHeld',
      ticket,
      foreman,
      deposit: amountOf(chit, split.deposit + credit),
      kept: amountOf(chit, parting.withheld),
      paid: amountOf(chit, parting.principal + split.deposit),
      transfers,
    },
  ]);
}

/** What lies for somebody who was removed, or who has left, is paid to him. */
function decideRefund({ seen, chit, known, context }: Asked, { ticket, channel }: RefundDefaulter): DefaultDecided {
  const { id } = context;
  const { removal } = known;
  const lies = seen.balance(depositAccount(id, ticket), schemeOf(chit).currency.code);
  if (!removal || lies === 0n) return err({ code: 'nothing_open', ticket });
  const { transfers } = new Moves(chit).add(depositAccount(id, ticket), worldAccount(channel), lies, 'refund');
  const persons = removal.holders.map(({ person }) => person);
  return ok([{ type: 'DefaulterRefunded', ticket, amount: amountOf(chit, lies), channel, persons, transfers }]);
}

function decideAccelerate({ chit, known, context }: Asked, ticket: number): DefaultDecided {
  const from = addDuration(known.noticedAt ?? context.at, days(DAYS_TO_MEET_A_DEMAND));
  if (context.at < from) return err({ code: 'notice_time_wrong', ticket, from });
  return ok([{ type: 'LiabilityAccelerated', ticket, amount: amountOf(chit, futureLiability(chit, ticket)) }]);
}

/** Who has paid what is open pays by instalments again; whose liability was accelerated has recovered once all that is to come lies there. */
function decideCure({ seen, chit, known, context }: Asked, ticket: number): DefaultDecided {
  const open = openOf(known, ticket);
  if (open) return open;
  const credit = seen.balance(ticketAccount(context.id, ticket), schemeOf(chit).currency.code);
  const recovered = known.liability === 'accelerated' && credit >= futureLiability(chit, ticket);
  return ok([{ type: 'DefaultCured', ticket, liability: recovered ? 'recovered' : 'normal' }]);
}

function decideAward({ chit, known, context }: Asked, { ticket, award }: CloseDispute): DefaultDecided {
  const givenUp = award === 'write_off' ? known : { arrears: [] };
  const { transfers, ...written } = writeOff(chit, givenUp, context.id);
  return ok([{ type: 'DisputeClosed', ticket, award, written, transfers }]);
}

/** Refuses a ticket whose holder stands otherwise, or that has won where it must not have, or has not where it must. */
export function memberAs(
  { known }: Pick<Asked, 'known'>,
  ticket: number,
  allowed: readonly Membership[],
  prized?: boolean,
): Result<never, MembershipWrong> | undefined {
  const { membership } = known;
  const hasWon = known.prize !== undefined;
  if (allowed.includes(membership) && (prized ?? hasWon) === hasWon) return undefined;
  return err({ code: 'membership_wrong', ticket, membership, allowed, prized: hasWon });
}

function owing(
  { liability }: Ticket,
  ticket: number,
  allowed: readonly Liability[],
): Result<never, LiabilityWrong> | undefined {
  return allowed.includes(liability) ? undefined : err({ code: 'liability_wrong', ticket, liability, allowed });
}

function openOf({ arrears }: Ticket, ticket: number): Result<never, ArrearsOpen> | undefined {
  if (arrears.length === 0) return undefined;
  const open = arrears.reduce((sum, { principal, interest, forfeited }) => sum + principal + interest + forfeited, 0n);
  return err({ code: 'arrears_open', ticket, open: String(open) });
}

/** A place is not taken over before its holder's time to come back has passed. */
function beforeEnd({ removal }: Ticket, ticket: number, at: Instant): Result<never, NoticeTimeWrong> | undefined {
  const until = removal?.until ?? at;
  return at > until ? undefined : err({ code: 'notice_time_wrong', ticket, from: until });
}

function removedOn({ removal }: Ticket, environment: ChitEnvironment): string {
  return dayOf(removal?.on ?? '1970-01-01T00:00:00.000Z', environment);
}

/** Between a written demand and the acceleration; the Act asks for a demand and names no days. */
const DAYS_TO_MEET_A_DEMAND = 7;
const LIVE: readonly Phase[] = ['running', 'suspended', 'matured', 'terminated_by_consent', 'terminated_by_incapacity'];
