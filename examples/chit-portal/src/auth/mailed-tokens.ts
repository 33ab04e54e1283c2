import { err, ok, type Result } from 'neverthrow';
import { atomically, type Session } from '../host/database.ts';
import type { Portal } from '../portal.ts';
import type { MailedTokenInvalid } from '../refusals.ts';
import { noteProfile } from '../score/note-profile.ts';
import { mailToken } from './mail-token.ts';
import { digestOf } from './secret-tokens.ts';

/** Mails a token that sets a password, if somebody has the address. Whoever asks learns nothing of that. */
export async function forgotPassword(portal: Portal, email: string): Promise<void> {
  await portal.database.transaction().execute(async (session) => {
    const user = await session
      .selectFrom('users')
      .select(['id', 'email'])
      .where('email', '=', email)
      .where('deleted_at', 'is', null)
      .where('status', '<>', 'SUSPENDED')
      .executeTakeFirst();
    if (user) await mailToken(portal, session, { userId: user.id, email: user.email, purpose: 'reset_password' });
  });
}

/**
 * Sets a password by a mailed token, and ends every session of the user. That the mail arrived proves the address too.
 *
 * @errors
 * - `mailed_token_invalid`: unknown, used or expired.
 */
export async function resetPassword(
  portal: Portal,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<Result<void, MailedTokenInvalid>> {
  const passwordHash = await portal.passwords.hash(password);
  return atomically(portal.database, async (session) => {
    const now = portal.clock();
    const userId = await spend(session, { token, purpose: 'reset_password', now });
    if (userId === undefined) return err({ code: 'mailed_token_invalid' });
    await session
      .updateTable('users')
      .set({ password_hash: passwordHash, updated_at: now })
      .where('id', '=', userId)
      .execute();
    await session.updateTable('refresh_tokens').set({ revoked_at: now }).where('user_id', '=', userId).execute();
    await proveAddress(session, userId, now);
    return ok(undefined);
  });
}

/**
 * Proves a mail address by a mailed token: a pending account is active from then on.
 *
 * @errors
 * - `mailed_token_invalid`: unknown, used or expired.
 */
export function verifyEmail(portal: Portal, token: string): Promise<Result<void, MailedTokenInvalid>> {
  return atomically(portal.database, async (session) => {
    const now = portal.clock();
    const userId = await spend(session, { token, purpose: 'verify_email', now });
    if (userId === undefined) return err({ code: 'mailed_token_invalid' });
    await proveAddress(session, userId, now);
    return ok(undefined);
  });
}

interface Spent {
  readonly token: string;
  readonly purpose: 'verify_email' | 'reset_password';
  readonly now: string;
}

/** Marks a token as used, in the one statement that finds it: of two at once one finds none. */
async function spend(session: Session, { token, purpose, now }: Spent): Promise<string | undefined> {
  const spent = await session
    .updateTable('mailed_tokens')
    .set({ used_at: now })
    .where('hash', '=', digestOf(token))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('user_id')
    .executeTakeFirst();
  return spent?.user_id;
}

async function proveAddress(session: Session, userId: string, now: string): Promise<void> {
  const proven = await session
    .updateTable('users')
    .set({ email_verified_at: now })
    .where('id', '=', userId)
    .where('email_verified_at', 'is', null)
    .executeTakeFirst();
  await session
    .updateTable('users')
    .set({ status: 'ACTIVE' })
    .where('id', '=', userId)
    .where('status', '=', 'PENDING')
    .execute();
  if (proven.numUpdatedRows > 0n) await noteProfile(session, { userId, now, fields: { email: true } });
}
