import type { Notification } from '../host/rows.ts';
import type { Service } from '../service/service.ts';

/** Hands a message to a user's device, mailbox or socket. May be asked for the same message again: `id` says which it is. */
export type Deliver = (message: Notification) => Promise<void>;

/**
 * Delivers the messages that wait, oldest first: at least once each. A message is marked after the channel took it, so a process that dies between
 * the two delivers it again, under the same id; one that the channel refuses waits for the next call, and the rest do not wait for it.
 *
 * @returns How many were delivered and how many failed.
 */
export async function deliverMessages(
  { host }: Service,
  deliver: Deliver,
): Promise<{ readonly delivered: number; readonly failed: number }> {
  const counts = { delivered: 0, failed: 0 };
  const part = { order: 'position', limit: PAGE } as const;
  const waiting = await host.transaction((tables) =>
    tables.list('notifications', { equal: { delivered: 'no' } }, part),
  );
  for (const message of waiting) {
    try {
      await deliver(message);
      await host.transaction((tables) => tables.put('notifications', { ...message, delivered: 'yes' }));
      counts.delivered += 1;
    } catch {
      counts.failed += 1;
    }
  }
  return counts;
}

const PAGE = 100;
