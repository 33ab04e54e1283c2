import type { Instant } from '@holdfast/kernel';
import type { Attempt, AttemptState } from './attempt.ts';
import type { AttemptAlarm, AttemptStep } from './attempt-step.ts';
import { deriveState } from './derive-state.ts';
import { hasMoved } from './moved-money.ts';
import { postingsBetween } from './postings-between.ts';

/** What changed of an attempt's facts; its state is derived. */
export type AttemptChange = Partial<Pick<Attempt, 'sends' | 'objects' | 'lookups' | 'resolution' | 'intentAt'>>;

/** Makes the step that follows from a change of an attempt's facts. */
export function takeStep(
  before: Attempt,
  change: AttemptChange,
  at: Instant,
  heard: readonly AttemptAlarm[] = [],
): AttemptStep {
  const changed: Attempt = { ...before, ...change };
  const state = deriveState(changed);
  const moves = state.status !== before.state.status;
  const attempt: Attempt = { ...changed, state, changedAt: moves ? at : before.changedAt };
  return {
    attempt,
    postings: postingsBetween(before, attempt),
    keyAdvances: isEnded(state) && !isEnded(before.state),
    alarms: [...new Set([...heard, ...alarmsBetween(before, attempt)])],
  };
}

/** Says whether the key is used up and the payout may be sent under the next. */
function isEnded(state: AttemptState): boolean {
  return state.status === 'due' && state.next === 'next_key';
}

function alarmsBetween(before: Attempt, after: Attempt): readonly AttemptAlarm[] {
  const alarms: AttemptAlarm[] = [];
  if (entered(before, after, 'conflict')) alarms.push('conflict');
  if (entered(before, after, 'waiting')) alarms.push('waits_for_operator');
  const ended = isEnded(before.state) || before.state.status === 'failed';
  const seen = after.objects.some((object) => hasMoved(object) || !object.failed);
  if (ended && seen && after.state.status !== before.state.status) alarms.push('paid_after_no');
  return alarms;
}

function entered(before: Attempt, after: Attempt, status: AttemptState['status']): boolean {
  return after.state.status === status && before.state.status !== status;
}
