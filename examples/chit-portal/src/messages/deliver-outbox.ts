import { addDuration } from '@holdfast/kernel';
import type { Portal } from '../portal.ts';
import type { Channels } from './channels.ts';

/** What became of the messages that were waiting. */
export interface Delivered {
  readonly sent: number;
  readonly failed: number;
}

/**
 * Sends what waits, oldest first: at least once each, under the same id when twice. A message that fails waits a minute, then two, four and so on to a day,
 * and is given up after ten tries. The text is forgotten once it was sent.
 */
export async function deliverOutbox(portal: Portal, channels: Channels): Promise<Delivered> {
  const counts = { sent: 0, failed: 0 };
  for (const message of await lease(portal)) {
    const to = message.address;
    try {
      if (message.channel === 'MAIL') {
        await channels.mail({ id: message.id, to, subject: message.subject, text: message.body });
      } else {
        await channels.sms({ id: message.id, to, text: message.body });
      }
      const done = { sent_at: portal.clock(), body: '', trouble: null };
      await portal.database.updateTable('outbox').set(done).where('id', '=', message.id).execute();
      counts.sent += 1;
    } catch (error) {
      const trouble = String(error instanceof Error ? error.message : error).slice(0, 200);
      await portal.database.updateTable('outbox').set({ trouble }).where('id', '=', message.id).execute();
      counts.failed += 1;
    }
  }
  return counts;
}

/** Takes messages for a while: what a process that dies had taken is taken again when its time comes. */
function lease({ database, clock }: Portal) {
  const now = clock();
  return database.transaction().execute(async (session) => {
    const waiting = await session
      .selectFrom('outbox')
      .selectAll()
      .where('sent_at', 'is', null)
      .where('attempts', '<', MOST_ATTEMPTS)
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .limit(PAGE)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const { id, attempts } of waiting) {
      const next_at = addDuration(now, { ms: Math.min(86_400_000, 60_000 * 2 ** attempts) });
      await session
        .updateTable('outbox')
        .set({ attempts: attempts + 1, next_at })
        .where('id', '=', id)
        .execute();
    }
    return waiting;
  });
}

const PAGE = 50;
const MOST_ATTEMPTS = 10;
