import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from 'neverthrow';
import type { Portal } from '../portal.ts';
import type { AccountSuspended, CredentialsWrong } from '../refusals.ts';
import { callerOf, type UserRow } from '../users/user-row.ts';
import { issueTokenPair, type TokenPair } from './token-pair.ts';

/**
 * Signs a user in.
 *
 * @errors
 * - `credentials_wrong`: nobody has this address and password; takes as long as if somebody had.
 * - `account_suspended`: both are right, and the account is suspended.
 */
export async function logIn(
  portal: Portal,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Result<{ readonly user: UserRow; readonly tokens: TokenPair }, CredentialsWrong | AccountSuspended>> {
  const user = await portal.database
    .selectFrom('users')
    .selectAll()
    .where('email', '=', email)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  const matches = await portal.passwords.matches(
    password,
    user?.password_hash === '' ? undefined : user?.password_hash,
  );
  if (!user || !matches) return err({ code: 'credentials_wrong' });
  if (user.status === 'SUSPENDED') return err({ code: 'account_suspended' });
  const tokens = await issueTokenPair(portal, portal.database, { caller: callerOf(user), family: randomUUID() });
  return ok({ user, tokens });
}
