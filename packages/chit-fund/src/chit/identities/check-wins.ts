import type { ChitDifference } from '../../check-chits.ts';
import { schemeOf } from '../scheme-of.ts';
import type { Chit, Instalment } from '../state.ts';

/** Checks who won: each ticket once, each draw as many as the agreement says; and that tickets that share alike have paid alike. */
export function checkWins(id: string, chit: Chit): readonly ChitDifference[] {
  const { winnersPerDraw } = schemeOf(chit);
  const wins = chit.instalments.flatMap((instalment, index): readonly ChitDifference[] => {
    const of = `instalment ${index + 1}`;
    const found = instalment.wins.filter(({ ticket }) => chit.tickets[ticket - 1]?.prize?.instalment === index + 1);
    const expected = DECIDED.includes(instalment.status) ? winnersPerDraw : instalment.wins.length;
    if (found.length === expected && new Set(found.map(({ ticket }) => ticket)).size === expected) return [];
    return [{ chit: id, of, law: 'wins', expected: `${expected}`, found: `${found.length}` }];
  });
  return [...wins, ...checkEqual(id, chit)];
}

function checkEqual(id: string, { terms, tickets }: Chit): readonly ChitDifference[] {
  const alike =
    terms.dividend.among === 'all' && terms.method.type !== 'hui_discount' && terms.method.type !== 'hui_premium';
  const [first] = tickets;
  if (!alike || !first) return [];
  return tickets.flatMap(({ dues }, index): readonly ChitDifference[] =>
    dues === first.dues
      ? []
      : [{ chit: id, of: `ticket ${index + 1}`, law: 'equal', expected: `${first.dues}`, found: `${dues}` }],
  );
}

const DECIDED: readonly Instalment['status'][] = ['declared', 'settled'];
