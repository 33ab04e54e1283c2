import type { Refusal } from '@holdfast/kernel';
import { compare, type Money, money, usd } from '@holdfast/money';
import { defineGuard, type Facts, heldBy, leftBy } from '../../src/index.ts';

const LARGE = usd('1000');

export const isSmall = defineGuard({
  code: 'needs_second_actor',
  says: '1,000 or more is held, so that a second actor has to confirm',
  refuses: (facts: Facts): Refusal<'needs_second_actor'> | undefined =>
    holdsMuch(facts) ? { code: 'needs_second_actor' } : undefined,
});
export const isLarge = defineGuard({
  code: 'needs_no_second_actor',
  says: 'less than 1,000 is held',
  refuses: (facts: Facts): Refusal<'needs_no_second_actor'> | undefined =>
    holdsMuch(facts) ? undefined : { code: 'needs_no_second_actor' },
});
export const awardFits = defineGuard({
  code: 'award_exceeds_disputed',
  says: 'the award is more than what is disputed, or in another currency',
  refuses: ({ input, thing }: Facts<{ readonly award: Money }>): Refusal<'award_exceeds_disputed'> | undefined => {
    const held = thing && heldBy(thing);
    const fits = held?.currency.code === input.award.currency.code && input.award.minor >= 0n;
    return fits && compare(input.award, held) <= 0 ? undefined : { code: 'award_exceeds_disputed' };
  },
});
export const withinCap = defineGuard({
  code: 'above_recovery_cap',
  says: 'more than half of a payout would be kept back',
  refuses: ({
    input,
  }: Facts<{ readonly kept: Money; readonly payout: Money }>): Refusal<'above_recovery_cap'> | undefined =>
    input.kept.minor * 2n > input.payout.minor ? { code: 'above_recovery_cap' } : undefined,
});

export function agreedPrice({ thing }: Facts): Money {
  return thing?.facts.price as Money;
}

/** The odd cent goes to the buyer. */
export function half({ thing }: Facts): Money | undefined {
  const held = thing && heldBy(thing);
  return held && money((held.minor + 1n) / 2n, held.currency);
}

export function ruled({ thing }: Facts): Money {
  return thing?.facts.award as Money;
}

export function alreadyRecovered({ thing }: Facts): Money | undefined {
  return thing && leftBy(thing, 'recover');
}

function holdsMuch({ thing }: Facts): boolean {
  const held = thing && heldBy(thing);
  return held !== undefined && held.minor >= LARGE.minor;
}
