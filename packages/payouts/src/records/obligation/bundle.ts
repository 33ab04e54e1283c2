import type { PayoutPolicy } from '../../eligibility/policy.ts';
import type { Obligation } from './obligation.ts';

/** Names what an obligation is paid together with: its group, or all of its payee and currency. Lists of obligations are by it. */
export function bundleOf(
  { payee, currency, group }: Pick<Obligation, 'payee' | 'currency' | 'group'>,
  { grouping }: Pick<PayoutPolicy, 'grouping'>,
): string {
  return grouping === 'per_group' ? `${group}.${currency.code}` : `${payee}.${currency.code}`;
}
