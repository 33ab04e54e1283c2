import type { TaskEnd } from '@holdfast/kernel';
import { clearsAt } from '../eligibility/check-eligibility.ts';
import type { Obstacle, ObstacleCode } from '../eligibility/obstacle.ts';
import { payoutStatus } from '../records/payout/payout.ts';
import type { PayoutBlocked } from '../records/payout/refusals.ts';
import { findReversal, nameOf } from '../records/payout/reversals.ts';
import { type Answer, type Desk, DONE, failed, later, readPayout, STALE } from './desk.ts';
import { handOver } from './hand-over.ts';
import { sendAttempt } from './send-attempt.ts';

/**
 * Sends a payout or a reversal that is due: stores the intent, and only where that was committed here makes the call. What says no is asked again later; where it is
 * about the obligations, the payout is given up, and they wait by themselves.
 *
 * @source docs/rules/payouts.md, P-23
 */
export async function sendPayout(desk: Desk, id: string, reversal?: number): Promise<TaskEnd> {
  const read = await readPayout(desk, id);
  if (read.isErr()) return failed(read.error);
  const { state, version } = read.value;
  const of = reversal === undefined ? state : state && findReversal(state, reversal);
  if (!of || payoutStatus(of) !== 'due') return STALE;
  const named = reversal === undefined ? {} : { reversal };
  const options = { actor: desk.actor, key: `start:${nameOf(id, reversal)}:${version}` };
  const started: Answer = await desk.payout.execute(id, { type: 'StartAttempt', ...named }, options);
  if (started.isErr()) return refused(desk, id, started.error);
  // Somebody else stored it: only they may send.
  if (started.value.status !== 'committed') return DONE;
  return sendAttempt(desk, id, started.value.sequence, reversal);
}

/** Says when something that is blocked is to be looked at again. */
export function whenCleared(desk: Desk, obstacles: readonly Obstacle[]): TaskEnd {
  const at = clearsAt(obstacles);
  const waitMs = at === undefined ? desk.recheckMs : Date.parse(at) - Date.parse(desk.clock());
  return later(Math.min(waitMs, desk.recheckMs));
}

async function refused(desk: Desk, id: string, error: { readonly code: string }): Promise<TaskEnd> {
  if (error.code === 'payout_wrong_status') return STALE;
  if (error.code !== 'payout_blocked') return failed(error);
  const { obstacles } = error as PayoutBlocked;
  if (!obstacles.some(({ code }) => OF_OBLIGATIONS.has(code))) return whenCleared(desk, obstacles);
  const read = await readPayout(desk, id);
  if (read.isErr()) return failed(read.error);
  const options = { actor: desk.actor, key: `cancel:${id}:${read.value.version}` };
  const cancelled: Answer = await desk.payout.execute(id, { type: 'CancelPayout' }, options);
  return cancelled.isErr() ? whenCleared(desk, obstacles) : handOver(desk, id);
}

const OF_OBLIGATIONS: ReadonlySet<ObstacleCode> = new Set([
  'obligation_held',
  'delay_running',
  'funds_pending',
  'below_minimum',
]);
