import type { Crown } from '../book/open-crown.ts';
import { doBooking } from './do-booking.ts';
import { handOn, type QueueHandler } from './payout-worker.ts';
import { eachMessage, type PayoutQueues } from './queue.ts';

/**
 * Makes the seed's retry worker: goes on with payouts that got a no or no answer. How often and when is in the book: three retries after the first call, each later
 * than the one before, and after silence a look before anything is sent. A message that comes early is handed on.
 */
export function createRetryWorkerHandler(crown: Crown, queues?: Pick<PayoutQueues, 'retries'>): QueueHandler {
  return (event) =>
    eachMessage(event, async ({ bookingId, payoutId }) => {
      if (payoutId === undefined) return doBooking(crown, bookingId);
      const { end } = await crown.worker.handle({ record: `payout/${payoutId}` });
      await handOn(crown, { bookingId, payoutId }, queues);
      return end !== 'failed';
    });
}
