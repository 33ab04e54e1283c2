import type { ChitDifference } from '../../check-chits.ts';
import { isHui } from '../../terms/derive.ts';
import { isBalanced } from '../payments/decide-settle.ts';
import { schemeOf } from '../scheme-of.ts';
import type { Chit, InstalmentMoney } from '../state.ts';

/** Checks what instalments came to, each by itself and one after the other. */
export function checkMoney(id: string, chit: Chit): readonly ChitDifference[] {
  const settled = chit.instalments.map(({ money }) => money);
  return settled.flatMap((money, index): readonly ChitDifference[] => {
    if (!money) return [];
    const of = `instalment ${index + 1}`;
    const prize = prizeOf(chit, money);
    const before = settled[index - 1];
    const held = [
      isBalanced(chit, money) ? undefined : (['cash', 'as much out as in', 'not'] as const),
      prize === money.prizes ? undefined : (['prize', `${prize}`, `${money.prizes}`] as const),
      ...chainOf(money, before).map(([want, have]) =>
        want === have ? undefined : (['chain', `${want}`, `${have}`] as const),
      ),
    ];
    return held.flatMap((one) => (one ? [{ chit: id, of, law: one[0], expected: one[1], found: one[2] }] : []));
  });
}

/** What the prizes of an instalment have to be, by its discounts; where the agreement or the bids of a hui say them, what they are. */
function prizeOf(chit: Chit, { prizes, discount, tax }: InstalmentMoney): bigint {
  if (isHui(chit.terms.method) || 'prizes' in chit.terms.method) return prizes;
  const { grossPrize, winnersPerDraw } = schemeOf(chit);
  return grossPrize * BigInt(winnersPerDraw) - discount - (chit.terms.tax?.bearer === 'winner' ? tax : 0n);
}

function chainOf(money: InstalmentMoney, before: InstalmentMoney | undefined): readonly (readonly [bigint, bigint])[] {
  return [
    [before?.floatOut ?? 0n, money.floatIn],
    [before?.reserveOut ?? 0n, money.reserveIn],
  ];
}
