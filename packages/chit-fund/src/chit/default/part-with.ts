import { WHOLE_BPS } from '../../terms/derive.ts';
import type { Day } from '../../terms/terms.ts';
import { depositAccount, foremanAccount, schemeAccount, ticketAccount } from '../accounts.ts';
import type { Moves } from '../moves.ts';
import { accrue } from '../payments/interest.ts';
import type { Chit, Ticket } from '../state.ts';

/** What a ticket's holder leaves behind. Amounts in minor units. */
export interface Parting {
  /** What was paid of the instalments so far, dividends not counted. */
  readonly contributed: bigint;
  /** What the advance has paid for the ticket. */
  readonly principal: bigint;
  /** Interest up to the day. */
  readonly interest: bigint;
  /** Dividends kept back, which are not given again. */
  readonly withheld: bigint;
}

/** Reckons up with a ticket's holder as of a day: interest runs until then and no longer. */
export function partingOf(chit: Chit, ticket: Ticket, day: Day): Parting {
  const arrears = ticket.arrears.map((arrear) => accrue(arrear, chit.terms.late, day));
  const total = (of: (arrear: (typeof arrears)[number]) => bigint): bigint =>
    arrears.reduce((sum, arrear) => sum + of(arrear), 0n);
  const principal = total((arrear) => arrear.principal);
  return {
    contributed: ticket.dues - principal,
    principal,
    interest: total((arrear) => arrear.interest),
    withheld: total((arrear) => arrear.withheld),
  };
}

/** What somebody who leaves gets, and what is kept of it. In minor units. */
export interface Split {
  readonly deposit: bigint;
  readonly kept: bigint;
}

/** Splits contributions: interest and the deduction are kept as far as they reach, never more. */
export function splitContributions({ contributed, interest }: Parting, deduction: bigint): Split {
  const asked = interest + deduction;
  const kept = asked < contributed ? asked : contributed;
  return { deposit: contributed - kept, kept };
}

/** Gives what the agreement keeps of the contributions of who parts on a day and whose place the foreman takes, in minor units, rounded down. */
export function deductionOf({ terms }: Pick<Chit, 'terms'>, { contributed }: Parting, day: Day): bigint {
  const rate = terms.custom?.vacantDeduction?.findLast(({ from }) => from <= day);
  return (contributed * (rate?.basisPoints ?? 0n)) / WHOLE_BPS;
}

/**
 * Adds the movements by which a place is taken over: whoever takes it has paid `from` which all comes, the advance is paid back, the contributions lie for
 * who leaves, and what is kept of them is the foreman's. Credit that was never used goes with who leaves.
 */
export function moveOver(
  { foreman }: Pick<Chit, 'foreman'>,
  given: {
    readonly id: string;
    readonly ticket: number;
    readonly from: string;
    readonly parting: Parting;
    readonly split: Split;
    readonly credit: bigint;
  },
  moves: Moves,
): Moves {
  const { id, ticket, from, parting, split, credit } = given;
  const deposit = depositAccount(id, ticket);
  const penalties = schemeAccount(id, 'penalties');
  // A foreman who takes a place over keeps nothing from himself.
  const keeper = from === foremanAccount(foreman, 'losses') ? 0n : split.kept;
  return moves
    .add(from, schemeAccount(id, 'advance'), parting.principal, 'substitution')
    .add(from, deposit, split.deposit, 'substitution')
    .add(from, penalties, keeper, 'deduction')
    .add(ticketAccount(id, ticket), deposit, credit, 'credit')
    .add(schemeAccount(id, 'forfeits'), penalties, parting.withheld, 'forfeit');
}
