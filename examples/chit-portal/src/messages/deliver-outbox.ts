import { addDuration } from '@holdfast/kernel';
import type { Selectable } from 'kysely';
import type { PortalTables } from '../host/tables.ts';
import type { Portal } from '../portal.ts';
import type { Channels } from './channels.ts';

/** What became of the messages that were waiting. */
export interface Delivered {
  readonly sent: number;
  readonly failed: number;
}

/**
 * Sends what waits, oldest first: at least once each, under the same id when twice. A message that fails waits a minute, then two, four and so on to a day,
 * and is given up after ten tries. The text is forgotten once it was sent. Mails and short messages go beside each other: neither waits for the other's
 * provider, and none waits longer than `patienceMs` for one message.
 *
 * @param patienceMs - In milliseconds; 30,000 where absent.
 */
export async function deliverOutbox(portal: Portal, channels: Channels, patienceMs = 30_000): Promise<Delivered> {
  const lanes = await Promise.all(
    CHANNELS.map((channel) => deliverLane(portal, channel, (message) => within(patienceMs, send(channels, message)))),
  );
  const total = (name: keyof Delivered): number => lanes.reduce((sum, lane) => sum + lane[name], 0);
  return { sent: total('sent'), failed: total('failed') };
}

async function deliverLane(
  portal: Portal,
  channel: Message['channel'],
  post: (message: Message) => Promise<void>,
): Promise<Delivered> {
  const counts = { sent: 0, failed: 0 };
  for (const message of await lease(portal, channel)) {
    const trouble = await post(message).then(() => undefined, wordsOf);
    const done = trouble === undefined ? { sent_at: portal.clock(), body: '', trouble: null } : { trouble };
    await portal.database.updateTable('outbox').set(done).where('id', '=', message.id).execute();
    counts[trouble === undefined ? 'sent' : 'failed'] += 1;
  }
  return counts;
}

async function send(channels: Channels, { id, channel, address: to, subject, body: text }: Message): Promise<void> {
  await (channel === 'MAIL' ? channels.mail({ id, to, subject, text }) : channels.sms({ id, to, text }));
}

/** Waits for work, and no longer than for a time: what comes of it afterwards nobody hears. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Says what was thrown in characters that can be stored, whatever it was. */
function wordsOf(thrown: unknown): string {
  return String(thrown instanceof Error ? thrown.message : thrown)
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .slice(0, 200);
}

/** Takes messages for a while: what a process that dies had taken is taken again when its time comes. */
function lease({ database, clock }: Portal, channel: Message['channel']) {
  const now = clock();
  return database.transaction().execute(async (session) => {
    const waiting = await session
      .selectFrom('outbox')
      .selectAll()
      .where('channel', '=', channel)
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

type Message = Selectable<PortalTables['outbox']>;

const CHANNELS = ['MAIL', 'SMS'] as const;
const PAGE = 50;
const MOST_ATTEMPTS = 10;
