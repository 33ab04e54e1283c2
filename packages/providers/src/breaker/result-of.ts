import type { SubmitOutcome } from '../port/outcome.ts';
import type { ProviderFault } from '../port/provider.ts';
import type { BreakerResult } from './state.ts';

/**
 * Says what the outcome of a send tells of the provider's health. A no that the provider keeps is a sign of health; a throttle, a refused credential,
 * a mismatch and whatever never left us say nothing.
 *
 * @source docs/rules/providers.md, B-7
 */
export function resultOfOutcome(outcome: SubmitOutcome): BreakerResult {
  switch (outcome.outcome) {
    case 'accepted':
    case 'action_required':
      return 'success';
    case 'rejected':
      return outcome.kept ? 'success' : 'ignore';
    case 'not_sent':
      return UNREACHABLE.has(outcome.reason) ? 'failure' : 'ignore';
    case 'unknown':
      return outcome.reason === 'key_in_use' ? 'ignore' : 'failure';
    case 'conflict':
      return 'ignore';
  }
}

/**
 * Says what a failed read tells of the provider's health: that it refused what was asked says nothing.
 *
 * @source docs/rules/providers.md, B-7
 */
export function resultOfFault({ code }: ProviderFault): BreakerResult {
  return code === 'provider_refused' ? 'ignore' : 'failure';
}

const UNREACHABLE: ReadonlySet<string> = new Set(['name_not_found', 'connection_refused', 'handshake_failed']);
