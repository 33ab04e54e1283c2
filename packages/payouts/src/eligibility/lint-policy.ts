import type { Duration } from '@holdfast/kernel';
import { checkCalendar } from './calendar.ts';
import { amountIn } from './compose-payout.ts';
import type { PayoutPolicy } from './policy.ts';

/** A policy with what stands beside it in the host. */
export interface PolicyUnderReview extends PayoutPolicy {
  /** How long a buyer may open a dispute, from the completion on. */
  readonly disputeWindow?: Duration;
}

/**
 * Lists what is impossible or dangerous about a policy, each as a sentence; empty where all is well.
 *
 * @source docs/rules/payouts.md, P-6
 */
export function lintPolicy(policy: PolicyUnderReview): readonly string[] {
  return [...windowLint(policy), ...retryLint(policy), ...amountLint(policy), ...scheduleLint(policy)];
}

function windowLint({ delay, tips, disputeWindow, destinationQuiet }: PolicyUnderReview): string[] {
  const problems: string[] = [];
  for (const [name, { ms }] of Object.entries({ 'tip window': tips.window, 'quiet time': destinationQuiet })) {
    if (!isDuration(ms)) problems.push(`The ${name} is ${ms} ms; it is a whole number of them, zero or more.`);
  }
  if (!('elapsed' in delay)) return problems;
  if (tips.window.ms > delay.elapsed.ms && tips.late === 'hold')
    problems.push(
      'Tips are still taken after the payout, and late tips are held: every one of them waits for a person.',
    );
  if (disputeWindow && disputeWindow.ms > delay.elapsed.ms)
    problems.push('Disputes may still be opened after the payout: what they give back is a debt of the payee.');
  return problems;
}

function retryLint({ retry: { maxRetries, base, factor, cap } }: PolicyUnderReview): string[] {
  const problems: string[] = [];
  if (!Number.isInteger(maxRetries) || maxRetries < 0 || maxRetries > MOST_RETRIES)
    problems.push(`maxRetries is ${maxRetries}; it is a whole number from 0 to ${MOST_RETRIES}.`);
  if (!isDuration(base.ms) || base.ms === 0) problems.push(`The first wait is ${base.ms} ms; it is more than zero.`);
  if (!Number.isFinite(factor) || factor < 1) problems.push(`The factor is ${factor}; it is 1 or more.`);
  if (!isDuration(cap.ms) || cap.ms < base.ms) problems.push('The longest wait is shorter than the first.');
  else if (base.ms * factor ** Math.max(0, maxRetries - 1) < cap.ms && factor > 1)
    problems.push(`The longest wait of ${cap.ms} ms is never reached in ${maxRetries} retries.`);
  return problems;
}

function amountLint({ minimum = [], step = [] }: PolicyUnderReview): string[] {
  const problems: string[] = [];
  for (const amount of [...minimum, ...step])
    if (amount.minor <= 0n) problems.push(`${amount} is no minimum or step: it is more than zero.`);
  for (const one of step) {
    const least = amountIn(minimum, one.currency);
    if (least && one.minor > 0n && least.minor % one.minor !== 0n)
      problems.push(`The minimum of ${least} is no multiple of the step of ${one}, so ${least} is never paid.`);
  }
  return problems;
}

function scheduleLint({ schedule, grouping, minimum = [] }: PolicyUnderReview): string[] {
  if (schedule.every === 'moment' || schedule.every === 'never') {
    return minimum.length > 0 && grouping === 'per_group'
      ? ['A group below the minimum is never paid: nothing is added to it. Group by payee, or leave the minimum out.']
      : [];
  }
  const { atMinute, calendar } = schedule;
  const problems = [...checkCalendar(calendar)];
  if (!Number.isInteger(atMinute) || atMinute < 0 || atMinute > 1_439)
    problems.push(`A run at minute ${atMinute} is on no clock: 0 to 1,439.`);
  const most = schedule.every === 'week' ? 7 : 31;
  if (schedule.every !== 'day' && (!Number.isInteger(schedule.on) || schedule.on < 1 || schedule.on > most))
    problems.push(`A run each ${schedule.every} on ${schedule.on}: 1 to ${most}.`);
  return problems;
}

function isDuration(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms >= 0;
}

const MOST_RETRIES = 100;
