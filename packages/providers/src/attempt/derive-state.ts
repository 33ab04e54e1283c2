import { minimum, money } from '@holdfast/money';
import type { RejectionAdvice } from '../port/outcome.ts';
import type { Attempt, AttemptObject, AttemptState, SendAnswer } from './attempt.ts';
import { isKeyYoung } from './key-age.ts';
import { conflictOf, hasMoved, returnsOf } from './moved-money.ts';
import { openSends } from './open-sends.ts';
import { repairHorizonEnd } from './repair-horizon.ts';

/**
 * Derives where an attempt stands from what was stored, heard and seen. What was seen at the provider weighs most, then that the attempt has ended,
 * then what an operator said, then the answers to its sends.
 *
 * @param attempt - `state` is the one before: an attempt that has ended stays so, unless money is seen to move.
 * @source docs/rules/providers.md, PR-3
 */
export function deriveState(attempt: Attempt): AttemptState {
  return (
    fromObjects(attempt) ??
    fromEnd(attempt) ??
    fromResolution(attempt) ??
    fromFailedObject(attempt) ??
    fromSends(attempt)
  );
}

function fromObjects(attempt: Attempt): AttemptState | undefined {
  const { objects } = attempt;
  const mismatch = conflictOf(attempt);
  if (mismatch) return { status: 'conflict', ...mismatch };
  const moved = objects.find(hasMoved);
  if (moved) return paidOrReturned(attempt, moved);
  return objects.some(({ failed }) => !failed) ? { status: 'unknown', because: 'pending' } : undefined;
}

function paidOrReturned(attempt: Attempt, moved: AttemptObject): AttemptState {
  const { object, amount } = moved;
  const returned = returnsOf(attempt, moved).reduce((sum, one) => sum + one.amount.minor, 0n);
  if (returned === 0n) return { status: 'paid', object };
  const capped = minimum(money(returned, amount.currency), amount);
  return { status: 'returned', object, amount: capped, whole: returned >= amount.minor };
}

function fromEnd({ state, resolution }: Attempt): AttemptState | undefined {
  if (state.status === 'due' && state.next === 'next_key') return state;
  if (state.status !== 'failed') return undefined;
  return resolution?.says === 'again' ? endedByOperator('driven_again') : state;
}

function fromResolution({ resolution }: Attempt): AttemptState | undefined {
  return resolution?.says === 'absent' ? endedByOperator('asserted_absent') : undefined;
}

function endedByOperator(code: string): AttemptState {
  return { status: 'due', next: 'next_key', code, advice: 'retry_later', spendsRetry: false };
}

function fromFailedObject(attempt: Attempt): AttemptState | undefined {
  const [failed] = attempt.objects;
  if (!failed) return undefined;
  return afterNo(attempt, { code: failed.failure ?? 'failed', advice: 'retry_later', spends: true, stored: true });
}

function fromSends(attempt: Attempt): AttemptState {
  const { sends } = attempt;
  const open = openSends(attempt);
  const answers = sends.flatMap(({ answer }) => (answer ? [answer] : []));
  const conflict = answers.find((answer) => answer.kind === 'conflict');
  if (conflict) {
    const { field, expected, got } = conflict;
    return { status: 'conflict', field, expected, got };
  }
  if (answers.some(({ kind }) => kind === 'server_error')) return afterServerError(attempt);
  const stored = answers.find((answer) => answer.kind === 'stored_no');
  if (stored && (open.length === 0 || answers.some(isReplayedNo) || isProvenUnmarked(attempt))) {
    return afterStoredNo(attempt, answers.find(isReplayedNo) ?? stored);
  }
  const inFlight = sends.findLast(({ answer }) => answer === undefined);
  if (inFlight) return { status: 'sending', send: inFlight.number };
  if (open.length > 0) return afterSilence(attempt);
  return afterOwnNoes(attempt, answers);
}

function isReplayedNo(answer: SendAnswer): answer is SendAnswer & { readonly kind: 'stored_no' } {
  return answer.kind === 'stored_no' && answer.replayed;
}

/** A provider that does not mark replays gave a stored no to a later send, and strong absence since then says that no earlier one was executed. */
function isProvenUnmarked({ power, sends, lookups }: Attempt): boolean {
  if (power.idempotency.marksReplays || power.lookup.consistency !== 'strong') return false;
  const { absentAt } = lookups;
  return (
    absentAt !== undefined &&
    sends.every(({ answer, at, answeredAt }) => answer !== undefined && (answeredAt ?? at) <= absentAt)
  );
}

function afterServerError(attempt: Attempt): AttemptState {
  const { absentAt, lastAt } = attempt.lookups;
  if (attempt.power.lookup.consistency !== 'strong') {
    return lastAt === undefined ? { status: 'unknown', because: 'server_error' } : waitsFor('lookup_weak');
  }
  const horizon = repairHorizonEnd(attempt);
  if (absentAt === undefined || horizon === undefined || absentAt < horizon) {
    return { status: 'unknown', because: 'server_error' };
  }
  return afterNo(attempt, { code: 'absent_after_server_error', advice: 'retry_later', spends: true, stored: true });
}

function afterSilence(attempt: Attempt): AttemptState {
  const { lookups, power, sends } = attempt;
  const lastSend = sends.at(-1)?.at ?? attempt.intentAt;
  if (lookups.lastAt === undefined || lookups.lastAt < lastSend) return { status: 'unknown', because: 'silence' };
  if (power.lookup.consistency !== 'strong') return waitsFor('lookup_weak');
  if (power.idempotency.mechanism === 'none') return waitsFor('no_key');
  return isKeyYoung(attempt, lookups.lastAt) ? { status: 'unknown', because: 'silence' } : waitsFor('key_old');
}

function waitsFor(because: 'key_old' | 'lookup_weak' | 'no_key'): AttemptState {
  return { status: 'waiting', because };
}

function afterStoredNo(attempt: Attempt, { code, advice, retryAt }: SendAnswer & { readonly kind: 'stored_no' }) {
  return afterNo(attempt, { code, advice, spends: spendsRetry(advice), stored: true, retryAt });
}

function afterOwnNoes(attempt: Attempt, answers: readonly SendAnswer[]): AttemptState {
  const last = answers.findLast((answer) => answer.kind === 'own_no');
  if (!last) return { status: 'unknown', because: 'silence' };
  const { code, advice, spendsRetry: spends, retryAt } = last;
  return afterNo(attempt, { code, advice, spends, stored: false, retryAt });
}

/** Says whether a stored no with this advice counts against the business retries: a shortage of ours and a hold do not. */
function spendsRetry(advice: RejectionAdvice): boolean {
  return advice !== 'fund_platform' && advice !== 'hold_payee' && advice !== 'close_provider';
}

interface No {
  readonly code: string;
  readonly advice: RejectionAdvice;
  readonly spends: boolean;
  /** Whether the provider has answered under the key, which is then used up. */
  readonly stored: boolean;
  readonly retryAt?: string | undefined;
}

function afterNo({ sends, retriesLeft }: Attempt, { code, advice, spends, stored, retryAt }: No): AttemptState {
  const before = sends.filter(({ answer }) => answer?.kind === 'own_no' && answer.spendsRetry).length;
  const spent = before + (spends && stored ? 1 : 0);
  const beyondMending = stored && (advice === 'fix_destination' || advice === 'stop');
  if (beyondMending || (spends && spent > retriesLeft)) return { status: 'failed', code, advice };
  const next = stored ? 'next_key' : 'same_key';
  const due = { status: 'due', next, code, advice, spendsRetry: spends } as const;
  return retryAt === undefined ? due : { ...due, notBefore: retryAt };
}
