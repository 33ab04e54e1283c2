import { type Context, freeText, type Seen } from '@holdfast/kernel';
import { largestRemainder } from '@holdfast/money';
import { err, ok } from 'neverthrow';
import type { Day } from '../../terms/terms.ts';
import { depositAccount, foremanAccount, schemeAccount, ticketAccount } from '../accounts.ts';
import { partingOf } from '../default/part-with.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { Moves } from '../moves.ts';
import { creditTicket } from '../payments/credit-ticket.ts';
import type { Credited } from '../payments/events.ts';
import { schemeOf, settledCount } from '../scheme-of.ts';
import type { Arrear, Chit, Removal, Ticket } from '../state.ts';
import type { TerminateByConsent, TerminateForIncapacity } from './commands.ts';
import type { ChangeDecided } from './decide.ts';
import { withTermination } from './evolve.ts';

/** What lies for somebody who has not won. */
interface Claim {
  readonly ticket: number;
  /** In minor units. */
  readonly claim: bigint;
  /** What the advance has paid for the ticket, in minor units. */
  readonly advanced: bigint;
  readonly removal: Removal;
}

/**
 * Decides that a scheme ends early. Who has not won gets back what he has paid in; where the foreman is gone, dividends are not deducted from it (s. 42). Those
 * who have won owe it, in equal parts, and at once; the advance stands in until they pay. Dividends that wait are credit; what was left of sharing goes towards
 * what is owed.
 *
 * @source docs/rules/chit-fund.md, CF-43
 */
export function decideTermination(
  seen: Seen,
  chit: Chit,
  command: TerminateByConsent | TerminateForIncapacity,
  { id, at }: Context,
  environment: ChitEnvironment,
): ChangeDecided {
  const unsettled = chit.instalments.findIndex(({ status }) => status !== 'settled');
  if (chit.draw || unsettled >= 0) {
    const instalment = chit.draw?.instalment ?? unsettled + 1;
    const status = chit.instalments[instalment - 1]?.status ?? 'scheduled';
    return err({ code: 'draw_wrong_state', instalment, next: settledCount(chit) + 1, status });
  }
  const open = chit.tickets.flatMap(({ removal, membership }, index) =>
    removal && !removal.refunded && membership !== 'removed' ? [index + 1] : [],
  );
  if (open.length > 0) return err({ code: 'deposit_open', tickets: open });
  const consents = command.type === 'TerminateByConsent' ? command.consents : undefined;
  const missing = consents ? missingConsents(chit, consents) : [];
  if (missing.length > 0) return err({ code: 'termination_consent_missing', missing });
  // Nothing below refuses.
  const by = consents ? 'consent' : 'incapacity';
  const today = dayOf(at, environment);
  const moves = new Moves(chit);
  const claims = claimsOf(chit, { id, at, today, by, moves });
  const owed = owedBy(chit, claims, { id, today, moves });
  const after = withTermination(chit, { claims, owed });
  const credited = creditAll(seen, after, { id, today, float: chit.float, moves });
  return ok([
    {
      type: 'SchemeTerminated',
      by,
      at,
      ...(consents ? { consents } : {}),
      ...(command.type === 'TerminateForIncapacity' ? { why: freeText(command.why) } : {}),
      claims: claims.map(({ ticket, claim, removal }) => ({ ticket, claim, removal })),
      owed,
      credited,
      transfers: moves.transfers,
    },
  ]);
}

function missingConsents({ tickets, foreman }: Chit, consents: readonly string[]): readonly string[] {
  const asked = tickets.flatMap(({ prize, holders }) =>
    prize === undefined || !['paid', 'prepaid'].includes(prize.status) ? holders.map(({ person }) => person) : [],
  );
  return [...new Set([foreman, ...asked])].filter((person) => !consents.includes(person));
}

interface Ending {
  readonly id: string;
  readonly today: Day;
  readonly moves: Moves;
}

function claimsOf(
  chit: Chit,
  { id, at, today, by, moves }: Ending & { readonly at: string; readonly by: 'consent' | 'incapacity' },
): readonly Claim[] {
  return chit.tickets.flatMap((ticket, index): Claim[] => {
    if (ticket.prize) return [];
    const number = index + 1;
    const { contributed, principal, interest, withheld } = partingOf(chit, ticket, today);
    const setOff = ticket.dividends - (chit.float[index] ?? 0n);
    const claim = contributed + (by === 'incapacity' ? setOff : 0n);
    // A foreman who held the ticket gets back what he bore for it.
    const to = ticket.membership === 'held' ? foremanAccount(chit.foreman, 'losses') : depositAccount(id, number);
    moves
      .add(schemeAccount(id, 'advance'), to, claim, 'termination')
      .add(schemeAccount(id, 'forfeits'), to, withheld, 'restored');
    const removal = { holders: ticket.holders, on: at, until: at, contributed, owed: principal + interest };
    return [{ ticket: number, claim, advanced: principal, removal }];
  });
}

/** Those who have won owe what the claims and the advance come to, less what was left of sharing. */
function owedBy(
  chit: Chit,
  claims: readonly Claim[],
  { id, today, moves }: Ending,
): readonly { readonly ticket: number; readonly arrear: Arrear }[] {
  const left = (chit.carry > 0n ? chit.carry : 0n) + chit.reserve;
  const asked = claims.reduce((sum, { claim, advanced }) => sum + claim + advanced, 0n);
  const prized = chit.tickets.flatMap(({ prize }, index) => (prize ? [index + 1] : []));
  const advance = schemeAccount(id, 'advance');
  moves
    .add(schemeAccount(id, 'carry'), advance, chit.carry > 0n ? chit.carry : 0n, 'termination')
    .add(schemeAccount(id, 'reserve'), advance, chit.reserve, 'termination');
  // What a redraw took and no pool brought in is owed by them too.
  const total = asked - left - (chit.carry < 0n ? chit.carry : 0n);
  if (total <= 0n || prized.length === 0) {
    // Nobody owes it, or more was left than is claimed: the foreman bears the one and keeps the other.
    moves.add(foremanAccount(chit.foreman, 'losses'), advance, total, 'termination');
    return [];
  }
  const shares = largestRemainder(
    total,
    prized.map(() => 1n),
  );
  return prized.map((ticket, index) => ({ ticket, arrear: arrearOf(chit, shares[index] as bigint, today) }));
}

function arrearOf({ terms }: Chit, principal: bigint, due: Day): Arrear {
  return {
    instalment: terms.instalments,
    due,
    principal,
    setOff: 0n,
    forfeited: 0n,
    withheld: 0n,
    interest: 0n,
    accruedTo: due,
    late: false,
  };
}

/** Dividends that wait become credit; then each ticket's credit pays what it owes. */
function creditAll(
  seen: Seen,
  chit: Chit,
  { id, today, float, moves }: Ending & { readonly float: readonly bigint[] },
): readonly Credited[] {
  const { code } = schemeOf(chit).currency;
  let now = chit;
  return chit.tickets.flatMap((ticket: Ticket, index): Credited[] => {
    const number = index + 1;
    const dividend = float[index] ?? 0n;
    moves.add(schemeAccount(id, 'float'), ticketAccount(id, number), dividend, 'dividend');
    const amount = seen.balance(ticketAccount(id, number), code) + dividend;
    if (amount === 0n || (dividend === 0n && ticket.arrears.length === 0)) return [];
    const credited = creditTicket(now, { id, ticket: number, amount, today }, moves);
    now = { ...now, carry: now.carry + credited.carry };
    return [credited];
  });
}
