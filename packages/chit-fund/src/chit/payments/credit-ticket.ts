import type { Day } from '../../terms/terms.ts';
import { schemeAccount, ticketAccount } from '../accounts.ts';
import { least } from '../least.ts';
import type { Moves } from '../moves.ts';
import type { Arrear, Chit } from '../state.ts';
import type { Cleared, Credited } from './events.ts';
import { accrue } from './interest.ts';

/** Money that comes to a ticket. */
export interface Credit {
  readonly id: string;
  readonly ticket: number;
  /** In minor units. */
  readonly amount: bigint;
  readonly today: Day;
}

/**
 * Says what becomes of money that came to a ticket: its arrears are paid, oldest first, each wholly before the next; the rest is credit. A forfeited
 * dividend goes where the agreement says; where it is given again once all is paid, it is credit at once.
 *
 * @param chit - As before.
 * @param credit - The money, which lies in the ticket's account by the same unit.
 * @param moves - Gets what moves on from there.
 * @source docs/rules/chit-fund.md, CF-35
 */
export function creditTicket(chit: Chit, { id, ticket, amount, today }: Credit, moves: Moves): Credited {
  const { late } = chit.terms;
  const open: Arrear[] = [];
  const cleared: Cleared[] = [];
  let left = amount;
  let [penalties, carry, restored] = [0n, 0n, 0n];
  for (const known of chit.tickets[ticket - 1]?.arrears ?? []) {
    const arrear = accrue(known, late, today);
    if (left === 0n) {
      open.push(arrear);
      continue;
    }
    const paid = payArrear(arrear, left, late.first);
    left -= paid.interest + paid.principal + paid.forfeited;
    penalties += paid.interest + (late.forfeit === 'foreman' ? paid.forfeited : 0n);
    carry += late.forfeit === 'pool' ? paid.forfeited : 0n;
    const withheld = arrear.withheld + (late.forfeit === 'restore_on_cure' ? paid.forfeited : 0n);
    const rest: Arrear = {
      ...arrear,
      interest: arrear.interest - paid.interest,
      principal: arrear.principal - paid.principal,
      forfeited: arrear.forfeited - paid.forfeited,
      withheld,
    };
    const closed = rest.interest + rest.principal + rest.forfeited === 0n;
    cleared.push({ instalment: arrear.instalment, due: arrear.due, ...paid, closed });
    const own = ticketAccount(id, ticket);
    moves
      .add(own, schemeAccount(id, 'penalties'), paid.interest, 'interest')
      .add(own, schemeAccount(id, 'advance'), paid.principal, 'arrear')
      .add(
        own,
        schemeAccount(id, FORFEITS[late.forfeit] ?? 'penalties'),
        late.forfeit === 'pool' ? 0n : paid.forfeited,
        'forfeit',
      );
    if (!closed) open.push(rest);
    else if (withheld > 0n) {
      moves.add(schemeAccount(id, 'forfeits'), own, withheld, 'restored');
      restored += withheld;
      left += withheld;
    }
  }
  moves.addCarry(id, ticketAccount(id, ticket), { before: chit.carry, after: chit.carry + carry });
  return { ticket, amount, cleared, arrears: open, penalties, carry, restored, credit: left };
}

interface PaidParts {
  readonly interest: bigint;
  readonly principal: bigint;
  readonly forfeited: bigint;
}

function payArrear(arrear: Arrear, budget: bigint, first: 'interest' | 'principal'): PaidParts {
  const { interest: owed, principal: net, forfeited: lost } = arrear;
  if (first === 'interest') {
    const interest = least(owed, budget);
    const principal = least(net, budget - interest);
    return { interest, principal, forfeited: least(lost, budget - interest - principal) };
  }
  const principal = least(net, budget);
  const forfeited = least(lost, budget - principal);
  return { principal, forfeited, interest: least(owed, budget - principal - forfeited) };
}

const FORFEITS: { readonly [forfeit: string]: 'penalties' | 'forfeits' } = {
  foreman: 'penalties',
  restore_on_cure: 'forfeits',
};
