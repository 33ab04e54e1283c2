import type { Instant } from '@holdfast/kernel';
import type { Database } from '../host/database.ts';
import type { NotificationEvent } from '../host/tables.ts';
import { putInOutbox } from './outbox.ts';
import { wordsOf } from './words-of.ts';

/** What a user is told. */
export interface Notice {
  /** Names the notice: told once under it, however often it is written. */
  readonly id: string;
  readonly userId: string;
  readonly event: NotificationEvent;
  /** What the words are filled with. */
  readonly values: { readonly [name: string]: string };
  readonly now: Instant;
}

/** Tells a user something: in the portal, by mail, and by short message where money is due. Leaves after the COMMIT of what it tells of. */
export async function tell(database: Database, { id, userId, event, values, now }: Notice): Promise<void> {
  const { title, body } = wordsOf(event, values);
  const row = { id, user_id: userId, event, title, body, data: JSON.stringify(values), created_at: now, read_at: null };
  const written = await database
    .insertInto('notifications')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows === 0n) return;
  const user = await database
    .selectFrom('users')
    .select(['email', 'phone_number', 'email_verified_at'])
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!user) return;
  if (user.email_verified_at !== null) {
    await putInOutbox(database, { id: `${id}.mail`, channel: 'MAIL', address: user.email, subject: title, body, now });
  }
  if (BY_SMS.has(event)) {
    await putInOutbox(database, {
      id: `${id}.sms`,
      channel: 'SMS',
      address: user.phone_number,
      subject: title,
      body,
      now,
    });
  }
}

const BY_SMS: ReadonlySet<NotificationEvent> = new Set(['PAYMENT_DUE', 'PRIZE_WON']);
