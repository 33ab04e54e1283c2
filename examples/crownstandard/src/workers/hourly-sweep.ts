import type { LeasedTask, TaskHandler } from '@holdfast/kernel';
import type { Crown } from '../book/open-crown.ts';
import { adoptWhenDue } from '../services/adopt-when-due.ts';
import type { PayoutQueues } from './queue.ts';
import { bookingOf, taskHandlers } from './task-handlers.ts';

/** What EventBridge calls every hour. */
export type ScheduledHandler = () => Promise<{ readonly found: number; readonly sent: number }>;

/**
 * Makes the seed's hourly sweep: finds what is due and sends a message for each booking and each payout of it. It decides nothing, so a sweep that dies, or two at
 * once, cost messages and no money: what is still due is found again in the next hour.
 *
 * Charges are gone on with at once: the seed has no queue for them. So is what a restored book has forgotten of them.
 */
export function createHourlySweep(crown: Crown, queues: PayoutQueues): ScheduledHandler {
  return async () => {
    const adopted = await adoptWhenDue(crown);
    if (adopted.isErr()) throw new Error(`the list of charges could not be adopted: ${adopted.error.code}`);
    const sent = new Map<string, Promise<void>>();
    const enqueue: TaskHandler = async ({ task: { record } }: LeasedTask) => {
      const told = messageOf(record);
      const queue = told?.payoutId === undefined ? queues.payouts : queues.retries;
      const name = JSON.stringify(told);
      if (told && !sent.has(name)) sent.set(name, queue(told));
      await sent.get(name);
      return { end: 'later', afterMs: LEASE_MS };
    };
    const { charge } = taskHandlers(crown) as { readonly charge: TaskHandler };
    const handlers = { booking: enqueue, obligation: enqueue, payout: enqueue, charge };
    for (let found = 0; ; ) {
      const run = await crown.book.runDueTasks({ limit: PAGE, handlers });
      if (run.isErr()) throw new Error(`the sweep could not read what is due: ${run.error.code}`);
      found += run.value.leased;
      if (run.value.leased < PAGE) return { found, sent: sent.size };
    }
  };
}

function messageOf(record: string): { readonly bookingId: string; readonly payoutId?: string } | undefined {
  const [kind, id] = [record.slice(0, record.indexOf('/')), record.slice(record.indexOf('/') + 1)];
  if (kind === 'booking') return { bookingId: id };
  const bookingId = kind === 'obligation' ? bookingOf(id) : bookingOfPayout(id);
  if (bookingId === undefined) return undefined;
  return kind === 'payout' ? { bookingId, payoutId: id } : { bookingId };
}

/** Gives the booking that a payout is of: payouts are named by their group, currency and run. */
function bookingOfPayout(payout: string): string | undefined {
  return /^(.+)\.[A-Z]{3}\.\d{8}T\d{9}Z(?:\.\d+)?$/.exec(payout)?.[1];
}

const PAGE = 500;
/** Until the next sweep, nearly. */
const LEASE_MS = 3_500_000;
