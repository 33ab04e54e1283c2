import { addDuration, hours, type Instant } from '@holdfast/kernel';
import type { Attempt } from './attempt.ts';

/** Until when the same key and bytes may be sent again, exclusive: the provider's retention less an hour, counted from the intent. */
export type KeyAge =
  | { readonly kept: 'until'; readonly until: Instant }
  | { readonly kept: 'for_ever' }
  | { readonly kept: 'never' };

/**
 * Tells how long an attempt's key protects a second send.
 *
 * @source docs/rules/providers.md, PR-6
 */
export function keyAge({ power, intentAt }: Attempt): KeyAge {
  const { mechanism, retention } = power.idempotency;
  if (mechanism === 'none') return { kept: 'never' };
  if (retention === undefined) return { kept: 'for_ever' };
  return { kept: 'until', until: addDuration(intentAt, { ms: retention.ms - hours(1).ms }) };
}

/** Says whether the key protects a send at an instant. */
export function isKeyYoung(attempt: Attempt, at: Instant): boolean {
  const age = keyAge(attempt);
  return age.kept === 'for_ever' || (age.kept === 'until' && at < age.until);
}
