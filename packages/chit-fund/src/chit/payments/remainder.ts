import { shareRemainder } from '../../settlement/share-remainder.ts';
import { schemeAccount, ticketAccount } from '../accounts.ts';
import { Moves } from '../moves.ts';
import { amountOf } from '../scheme-of.ts';
import type { Chit } from '../state.ts';
import type { PaymentEvent } from './events.ts';

/**
 * Shares what was left of sharing, once the last instalment is settled and no ticket owes anything: in the order of the tickets, one minor unit more for the
 * first ones.
 *
 * @param chit - As after the command.
 * @returns The event; nothing where there is nothing to share yet.
 * @source docs/rules/chit-fund.md, CF-9, CF-38
 */
export function remainderOf(chit: Chit, id: string): PaymentEvent | undefined {
  const { carry, reserve, tickets } = chit;
  const left = carry + reserve;
  const owes = tickets.some(({ arrears }) => arrears.length > 0);
  if (!ENDING.includes(chit.phase) || owes || carry < 0n || left === 0n) return undefined;
  const shares = shareRemainder(left, tickets.length);
  const moves = new Moves(chit).add(schemeAccount(id, 'reserve'), schemeAccount(id, 'carry'), reserve, 'reserve');
  for (const [index, share] of shares.entries())
    moves.add(schemeAccount(id, 'carry'), ticketAccount(id, index + 1), share, 'remainder');
  return { type: 'RemainderShared', amount: amountOf(chit, left), shares, transfers: moves.transfers };
}

const ENDING: readonly Chit['phase'][] = ['matured', 'terminated_by_consent', 'terminated_by_incapacity'];
