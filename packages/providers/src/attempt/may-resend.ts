import type { Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Attempt } from './attempt.ts';
import { isKeyYoung, keyAge } from './key-age.ts';
import type {
  AttemptNotSendable,
  KeyTooOld,
  LookUpFirst,
  PayoutNotEligible,
  SendingClosed,
  SendTooEarly,
} from './refusals.ts';
import type { SendingGate } from './sending-gate.ts';

/** What the book says now: asked again before every send. */
export interface ResendStanding {
  readonly gate: SendingGate;
  /** Whether no fact of the book says no to the payout. */
  readonly eligible: boolean;
}

/** Why {@link mayResend} refuses, in order of precedence. */
export type ResendRefusal =
  | AttemptNotSendable
  | SendingClosed
  | PayoutNotEligible
  | SendTooEarly
  | LookUpFirst
  | KeyTooOld;

/**
 * Says whether the same key and bytes may be sent again now: after a no that spoke for its own send alone, or after silence and a look-up since the
 * last send that found nothing, while the provider keeps the key.
 *
 * @errors
 * - `attempt_not_sendable`: it is under way, over, or waits: after a 5xx nothing is ever sent under its key again.
 * - `sending_closed`: the provider's list has to be adopted first.
 * - `payout_not_eligible`: it is only looked up.
 * - `send_too_early`: the provider asked for patience.
 * - `look_up_first`: no conclusive look-up has begun since the last send.
 * - `key_too_old`: the provider may have forgotten the key.
 * @source docs/rules/providers.md, PR-6
 */
export function mayResend(
  attempt: Attempt,
  { gate, eligible }: ResendStanding,
  at: Instant,
): Result<void, ResendRefusal> {
  const { payout, number, state } = attempt;
  const again = state.status === 'due' && state.next === 'same_key';
  const silent = state.status === 'unknown' && state.because === 'silence';
  if (!again && !silent) return err({ code: 'attempt_not_sendable', payout, number, status: state.status });
  if (gate.closed) {
    const { provider, account } = gate;
    return err({ code: 'sending_closed', provider, account, because: gate.closed.because });
  }
  if (!eligible) return err({ code: 'payout_not_eligible', payout });
  if (again) {
    const { notBefore } = state;
    const early = notBefore !== undefined && at < notBefore;
    return early ? err({ code: 'send_too_early', payout, number, notBefore }) : ok();
  }
  const { absentAt } = attempt.lookups;
  const lastSend = attempt.sends.at(-1)?.at ?? attempt.intentAt;
  if (absentAt === undefined || absentAt < lastSend) return err({ code: 'look_up_first', payout, number });
  if (isKeyYoung(attempt, at)) return ok();
  const age = keyAge(attempt);
  return err({ code: 'key_too_old', payout, number, resendUntil: age.kept === 'until' ? age.until : null });
}
