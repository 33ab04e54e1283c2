import type { Actor } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { AnyChitCommand } from './commands.ts';
import type { ChitActorNotAllowed } from './refusals.ts';
import { isUnderAct, ticketOf } from './scheme-of.ts';
import type { Chit } from './state.ts';

/**
 * Checks who asks: the foreman of this scheme, a holder of this ticket, the registrar, the clock, or a service of the host that takes payments. Where no law
 * holds, the foreman does what a registrar would.
 *
 * @source docs/rules/chit-fund.md, CF-32
 */
export function checkActor(
  chit: Chit | undefined,
  command: AnyChitCommand,
  actor: Actor,
): Result<undefined, ChitActorNotAllowed> {
  const allowed = rolesOf(command.type, chit);
  const refused = err({ code: 'chit_actor_not_allowed', command: command.type, role: actor.role, allowed } as const);
  if (!allowed.includes(actor.role)) return refused;
  if (!chit) return ok(undefined);
  if (actor.role === 'foreman') return actor.id === chit.foreman ? ok(undefined) : refused;
  if (actor.role !== 'subscriber') return ok(undefined);
  const holders = 'ticket' in command ? (ticketOf(chit, command.ticket)?.holders ?? []) : [];
  return holders.some(({ person }) => person === actor.id) ? ok(undefined) : refused;
}

function rolesOf(type: AnyChitCommand['type'], chit: Chit | undefined): readonly string[] {
  const roles = OTHERS[type] ?? FOREMAN;
  return chit && !isUnderAct(chit) && roles.includes('registrar') ? [...roles, 'foreman'] : roles;
}

const FOREMAN = ['foreman'];
const REGISTRAR = ['registrar'];
const BIDDERS = ['foreman', 'subscriber'];
const BY_TIME = ['foreman', 'clock'];

/** Who may ask for what; the foreman for the rest. */
const OTHERS: { readonly [Type in AnyChitCommand['type']]?: readonly string[] } = {
  RejectScheme: REGISTRAR,
  SanctionScheme: REGISTRAR,
  ExtendSanction: REGISTRAR,
  LapseSanction: ['clock'],
  RegisterScheme: REGISTRAR,
  CommenceScheme: REGISTRAR,
  PlaceBid: BIDDERS,
  CommitBid: BIDDERS,
  RevealBid: BIDDERS,
  EndBidding: BY_TIME,
  AdjournDraw: ['foreman', 'registrar', 'clock'],
  VoidDraw: ['foreman', 'registrar'],
  PayInstalment: ['foreman', 'subscriber', 'service'],
  ReversePayment: ['foreman', 'service'],
  SettleInstalment: BY_TIME,
  MarkOverdue: BY_TIME,
  DepositPrize: BY_TIME,
  CloseDispute: ['registrar', 'foreman'],
  SuspendScheme: ['foreman', 'registrar'],
  ResumeScheme: ['foreman', 'registrar'],
  SucceedForeman: REGISTRAR,
  TerminateForIncapacity: REGISTRAR,
};
