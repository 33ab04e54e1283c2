import { randomUUID } from 'node:crypto';
import type { Instant } from '@holdfast/kernel';
import type { Database } from '../host/database.ts';

/** A message that is to leave the house. */
export interface OutboxMessage {
  /** Names it, so that it is not written twice; a random one where absent. */
  readonly id?: string;
  readonly channel: 'MAIL' | 'SMS';
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly now: Instant;
}

/** Puts a message in the outbox, in the transaction that it belongs to: it leaves after the COMMIT, and only then. */
export async function putInOutbox(
  database: Database,
  { id = randomUUID(), now, ...message }: OutboxMessage,
): Promise<void> {
  await database
    .insertInto('outbox')
    .values({ id, ...message, created_at: now, sent_at: null, attempts: 0, next_at: now, trouble: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
