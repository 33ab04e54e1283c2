import type { SubmitOutcome } from '../port/outcome.ts';

/**
 * Who may try again: the process at once, under the same key and bytes (`in_process`); only what is stored and scheduled, after the attempt has decided
 * how (`scheduler`); or nobody (`nobody`).
 */
export type WhoRetries = 'in_process' | 'scheduler' | 'nobody';

/**
 * Says who may send again after an outcome. In the process only where the provider certainly did nothing with this send or is still busy with an earlier one of
 * the same key; a silence, a 5xx and every no belong to the attempt.
 *
 * @source docs/rules/providers.md, B-11
 */
export function whoRetries(outcome: SubmitOutcome): WhoRetries {
  switch (outcome.outcome) {
    case 'accepted':
    case 'action_required':
    case 'conflict':
      return 'nobody';
    case 'not_sent':
      return NOT_SENT[outcome.reason];
    case 'unknown':
      return outcome.reason === 'key_in_use' ? 'in_process' : 'scheduler';
    case 'rejected':
      if (outcome.advice === 'retry_later') return outcome.kept ? 'scheduler' : 'in_process';
      return outcome.advice === 'stop' ? 'nobody' : 'scheduler';
  }
}

const NOT_SENT: { readonly [Reason in Extract<SubmitOutcome, { outcome: 'not_sent' }>['reason']]: WhoRetries } = {
  name_not_found: 'in_process',
  connection_refused: 'in_process',
  handshake_failed: 'in_process',
  bulkhead_full: 'in_process',
  // Asking again before the breaker's own instant would only hear the same.
  breaker_open: 'scheduler',
  given_up: 'scheduler',
  not_capable: 'nobody',
};
