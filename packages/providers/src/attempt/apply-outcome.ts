import type { Instant } from '@holdfast/kernel';
import { assertNever } from '../assert-never.ts';
import type { Rejected, RejectionAdvice, SubmitOutcome } from '../port/outcome.ts';
import { withObservation } from './apply-observation.ts';
import type { Attempt, AttemptObject, AttemptSend, SendAnswer } from './attempt.ts';
import type { AttemptAlarm, AttemptStep } from './attempt-step.ts';
import { takeStep } from './take-step.ts';

/** How one send of an attempt ended. */
export interface SendOutcome {
  /** The number of the send. */
  readonly send: number;
  readonly outcome: SubmitOutcome;
}

/**
 * Applies how a send ended. A no speaks for its own send only: the key advances only on what the provider keeps under it.
 *
 * An answer that comes late, to an attempt that is over, is recorded and changes nothing else. Never refuses: a send that the attempt does not
 * know, since the book was restored, is added to it.
 *
 * @source docs/rules/providers.md, PR-3, PR-4
 */
export function applyOutcome(attempt: Attempt, { send, outcome }: SendOutcome, at: Instant): AttemptStep {
  const answer = answerOf(outcome);
  const sends = withAnswer(attempt.sends, { send, answer, at });
  return takeStep(attempt, { sends, objects: objectsAfter(attempt, outcome) }, at, alarmsOf(answer));
}

/** Gives the sends with one more answer. Of two answers to one send the one that leaves more open stands. */
export function withAnswer(
  sends: readonly AttemptSend[],
  { send, answer, at }: { readonly send: number; readonly answer: SendAnswer; readonly at: Instant },
): readonly AttemptSend[] {
  if (!sends.some(({ number }) => number === send)) {
    return [...sends, { number: send, at, answer, answeredAt: at }].sort((left, right) => left.number - right.number);
  }
  return sends.map((one) => {
    if (one.number !== send || (one.answer && weightOf(one.answer) >= weightOf(answer))) return one;
    return { ...one, answer, answeredAt: at };
  });
}

function weightOf({ kind }: SendAnswer): number {
  return WEIGHTS.indexOf(kind);
}

const WEIGHTS: readonly SendAnswer['kind'][] = [
  'presumed_silence',
  'own_no',
  'stored_no',
  'silence',
  'server_error',
  'conflict',
  'accepted',
];

function answerOf(outcome: SubmitOutcome): SendAnswer {
  switch (outcome.outcome) {
    case 'accepted':
    case 'action_required':
      return { kind: 'accepted', object: outcome.observation.object };
    case 'rejected':
      return answerOfNo(outcome);
    case 'not_sent':
      return {
        kind: 'own_no',
        code: outcome.reason,
        advice: 'retry_later',
        spendsRetry: false,
        ...(outcome.retryAt === undefined ? {} : { retryAt: outcome.retryAt }),
      };
    case 'unknown': {
      const { reason, detail } = outcome;
      return reason === 'server_error' ? { kind: 'server_error', detail } : { kind: 'silence', reason, detail };
    }
    case 'conflict': {
      const { field, expected, got } = outcome;
      return { kind: 'conflict', field, expected, got };
    }
    default:
      return assertNever(outcome);
  }
}

function answerOfNo({ code, advice, kept, replayed, retryAt }: Rejected): SendAnswer {
  const later = retryAt === undefined ? {} : { retryAt };
  if (kept) return { kind: 'stored_no', code, advice, replayed, ...later };
  return { kind: 'own_no', code, advice, spendsRetry: advice === 'stop' || advice === 'fix_destination', ...later };
}

function objectsAfter(attempt: Attempt, outcome: SubmitOutcome): readonly AttemptObject[] {
  switch (outcome.outcome) {
    case 'accepted':
    case 'action_required':
      return withObservation(attempt, outcome.observation);
    case 'conflict': {
      const { field, expected, got, observation } = outcome;
      return observation ? withObservation(attempt, observation, { field, expected, got }) : attempt.objects;
    }
    default:
      return attempt.objects;
  }
}

function alarmsOf(answer: SendAnswer): readonly AttemptAlarm[] {
  if (answer.kind !== 'own_no' && answer.kind !== 'stored_no') return [];
  const alarm = ALARMS[answer.advice];
  return alarm ? [alarm] : [];
}

const ALARMS: { readonly [Advice in RejectionAdvice]?: AttemptAlarm } = {
  close_provider: 'close_provider',
  fund_platform: 'fund_platform',
  hold_payee: 'hold_payee',
};
