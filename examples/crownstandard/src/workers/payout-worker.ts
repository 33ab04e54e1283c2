import { leadingAttempt, payoutStatus } from '@holdfast/payouts';
import type { Crown } from '../book/open-crown.ts';
import { obligationsOf } from '../services/obligations-of.ts';
import { doBooking } from './do-booking.ts';
import { eachMessage, type PayoutQueues, type SqsBatchResponse, type SqsEvent } from './queue.ts';

/** A Lambda behind a queue of SQS. */
export type QueueHandler = (event: SqsEvent) => Promise<SqsBatchResponse>;

/**
 * Makes the seed's payout worker: releases, plans and sends what is due of the bookings in a batch. A payout that got a no is handed to the retry queue, with the
 * wait that the book names; without that queue the next sweep finds it.
 */
export function createPayoutWorkerHandler(crown: Crown, queues?: Pick<PayoutQueues, 'retries'>): QueueHandler {
  return (event) =>
    eachMessage(event, async ({ bookingId }) => {
      const isDone = await doBooking(crown, bookingId);
      const obligations = (await obligationsOf(crown, bookingId)) ?? new Map();
      const payouts = [...obligations.values()].flatMap((one) => ('payout' in one && one.payout ? [one.payout] : []));
      for (const payoutId of new Set<string>(payouts)) await handOn(crown, { bookingId, payoutId }, queues);
      return isDone;
    });
}

/** Has the retry queue look at a payout again when the book says that it may be tried again, or a look-up is due. */
export async function handOn(
  crown: Crown,
  message: { readonly bookingId: string; readonly payoutId: string },
  queues: Pick<PayoutQueues, 'retries'> | undefined,
): Promise<void> {
  const read = await crown.book.use(crown.payouts.payout).read(message.payoutId);
  const payout = read.isOk() ? read.value.state : undefined;
  if (!payout || !leadingAttempt(payout) || !queues) return;
  const [next] = crown.payouts.payout
    .standing(payout)
    .deadlines.map(({ dueAt }) => dueAt)
    .sort();
  if (next === undefined || payoutStatus(payout) === 'failed') return;
  const seconds = Math.ceil((Date.parse(next) - Date.parse(crown.clock())) / 1_000);
  await queues.retries(message, { delaySeconds: Math.max(0, Math.min(seconds, LONGEST_DELAY)) });
}

/** Of SQS. A longer wait takes several hops, each of which finds that it is too early. */
const LONGEST_DELAY = 900;
