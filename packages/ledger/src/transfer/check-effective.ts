import type { Instant } from '@holdfast/kernel';
import type { EffectiveLater } from './refusals.ts';

/**
 * Checks when an entry is to take effect: not after the unit that posts it. Whether the period is closed is for the unit's own checks.
 *
 * @source docs/rules/ledger.md, L-24
 */
export function checkEffective(effectiveAt: Instant | undefined, at: Instant): EffectiveLater | undefined {
  if (effectiveAt === undefined || effectiveAt <= at) return undefined;
  return { code: 'effective_later', effectiveAt, at };
}
