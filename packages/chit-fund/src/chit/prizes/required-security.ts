import { requiredSecurity } from '../../law/required-security.ts';
import type { Day } from '../../terms/terms.ts';
import { amountOf, futureLiability } from '../scheme-of.ts';
import type { Chit } from '../state.ts';
import type { SecurityKind } from './commands.ts';

/** Gives what a security must be worth for what a ticket still has to pay, in minor units; what is still to pay where no law says more. */
export function requiredFor(chit: Chit, ticket: number, kind: SecurityKind, today: Day): bigint {
  const liability = futureLiability(chit, ticket);
  const { state } = chit.terms;
  if (state === undefined) return liability;
  const asked = { kind: kind === 'immovable' ? kind : 'movable', asOf: today, state } as const;
  return requiredSecurity(amountOf(chit, liability), asked).match(
    ({ minor }) => minor,
    () => liability,
  );
}
