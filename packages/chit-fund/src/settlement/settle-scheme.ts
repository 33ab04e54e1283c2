import type { Scheme } from '../terms/terms.ts';
import { settleInstalment } from './settle-instalment.ts';
import type { Settlement, TicketStanding, Win } from './settlement.ts';
import { shareRemainder } from './share-remainder.ts';

/** A scheme settled from its first instalment to its last. Amounts in minor units. */
export interface SettledScheme {
  /** One for each instalment. */
  readonly settlements: readonly Settlement[];
  /** What each ticket gets in cash at the end: a dividend that no instalment is left for, and its part of the carry. */
  readonly terminal: readonly bigint[];
}

/**
 * Settles a whole scheme from the winners of all its draws, each instalment from what the one before left.
 *
 * @param scheme - The scheme.
 * @param draws - The winners of each instalment, the first one first.
 * @param taxBasisPoints - Tax on the commission of each instalment, by its number; none unless given.
 * @returns All settlements, and what the tickets get at the end.
 * @throws As {@link settleInstalment} does.
 * @source docs/rules/chit-fund.md, CF-6, CF-9
 */
export function settleScheme(
  scheme: Scheme,
  draws: readonly (readonly Win[])[],
  taxBasisPoints: (instalment: number) => bigint = () => 0n,
): SettledScheme {
  const settlements: Settlement[] = [];
  let tickets: readonly TicketStanding[] = Array.from({ length: scheme.terms.tickets }, (_, index) => ({
    ticket: index + 1,
    prized: false,
    premium: 0n,
  }));
  for (const [index, wins] of draws.entries()) {
    const before = settlements.at(-1);
    const isLater = scheme.terms.dividend.lag === 1;
    const settlement = settleInstalment({
      scheme,
      instalment: index + 1,
      wins,
      tickets,
      carryIn: before?.carryOut ?? 0n,
      reserveIn: before?.reserveOut ?? 0n,
      setOff: isLater ? (before?.dividends ?? []) : [],
      taxBasisPoints: taxBasisPoints(index + 1),
    });
    settlements.push(settlement);
    tickets = afterWins(scheme, tickets, wins);
  }
  return { settlements, terminal: terminalOf(scheme, settlements.at(-1)) };
}

/**
 * Gives the tickets as they stand after the wins of an instalment.
 *
 * @param scheme - The scheme.
 * @param tickets - As before it.
 * @param wins - Its winners.
 * @returns The same tickets; in a hui with premiums each winner owes its bid from now on.
 */
export function afterWins(
  scheme: Scheme,
  tickets: readonly TicketStanding[],
  wins: readonly Win[],
): readonly TicketStanding[] {
  const hasPremiums = scheme.terms.method.type === 'hui_premium';
  return tickets.map((standing) => {
    const win = wins.find(({ ticket }) => ticket === standing.ticket);
    return win === undefined ? standing : { ...standing, prized: true, premium: hasPremiums ? win.discount : 0n };
  });
}

function terminalOf(scheme: Scheme, last: Settlement | undefined): readonly bigint[] {
  const shares = shareRemainder((last?.carryOut ?? 0n) + (last?.reserveOut ?? 0n), scheme.terms.tickets);
  const isLater = scheme.terms.dividend.lag === 1;
  return shares.map((share, index) => share + (isLater ? (last?.dividends[index] ?? 0n) : 0n));
}
