import { err, ok, type Result } from 'neverthrow';
import { atomically } from '../host/database.ts';
import type { Portal } from '../portal.ts';
import type { NothingThere, UserHasSubscriptions } from '../refusals.ts';

/**
 * Removes a user: who he is, is erased, with his documents and sessions. His id and UCFSIN stay, because the books of a chit have to be kept and
 * name him by them.
 *
 * @errors
 * - `nothing_there`: there is no such user.
 * - `user_has_subscriptions`: he has tickets in a scheme that is under way, or conducts one.
 */
export async function removeUser(
  portal: Portal,
  id: string,
): Promise<Result<void, NothingThere | UserHasSubscriptions>> {
  const removed = await atomically<readonly { readonly storage_key: string }[], NothingThere | UserHasSubscriptions>(
    portal.database,
    async (session) => {
      const now = portal.clock();
      const query = session.selectFrom('users').select('id').where('id', '=', id).where('deleted_at', 'is', null);
      const user = await query.forUpdate().executeTakeFirst();
      if (!user) return err({ code: 'nothing_there', what: 'user' });
      const tickets = session.selectFrom('subscriptions').select('id').where('subscriber_id', '=', id);
      const schemes = session
        .selectFrom('schemes')
        .select('id')
        .where('foreman_id', '=', id)
        .where('phase', '<>', 'withdrawn');
      const open = await tickets
        .where('status', '<>', 'COMPLETED')
        .unionAll(schemes.where('status', '<>', 'COMPLETED'))
        .execute();
      if (open.length > 0) return err({ code: 'user_has_subscriptions', open: open.length });
      const documents = await session.selectFrom('user_kyc').select('storage_key').where('user_id', '=', id).execute();
      await session.deleteFrom('user_kyc').where('user_id', '=', id).execute();
      for (const table of [
        'refresh_tokens',
        'mailed_tokens',
        'notifications',
        'score_events',
        'chit_scores',
      ] as const) {
        await session.deleteFrom(table).where('user_id', '=', id).execute();
      }
      await session.updateTable('users').set(erased(id, now)).where('id', '=', id).execute();
      portal.standings.forget(id);
      return ok(documents);
    },
  );
  if (removed.isErr()) return err(removed.error);
  // After the COMMIT: a row that came back would name a document that is gone.
  for (const { storage_key } of removed.value) await portal.storage.remove(storage_key);
  return ok(undefined);
}

function erased(id: string, now: string) {
  return {
    email: `${id}@removed.invalid`,
    phone_number: `removed ${id}`,
    password_hash: '',
    full_name: 'removed',
    date_of_birth: '1900-01-01',
    status: 'SUSPENDED',
    email_verified_at: null,
    phone_verified_at: null,
    address: null,
    bank_account: null,
    nominee: null,
    chit_score: null,
    deleted_at: now,
    updated_at: now,
  } as const;
}
