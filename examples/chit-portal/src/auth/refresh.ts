import { err, ok, type Result } from 'neverthrow';
import type { Session } from '../host/database.ts';
import type { Portal } from '../portal.ts';
import type { RefreshTokenInvalid } from '../refusals.ts';
import { callerOf, userById } from '../users/user-row.ts';
import { digestOf } from './secret-tokens.ts';
import { issueTokenPair, type TokenPair } from './token-pair.ts';

/**
 * Gives the next pair of tokens for a refresh token, which is good once. One that comes a second time was stolen, by whoever was first or by whoever is
 * second: the whole family ends, and both have to sign in again.
 *
 * @errors
 * - `refresh_token_invalid`: unknown, used, revoked or expired, or its user is gone or suspended.
 */
export async function refreshTokens(
  portal: Portal,
  refreshToken: string,
): Promise<Result<TokenPair, RefreshTokenInvalid>> {
  const hash = digestOf(refreshToken);
  // No rollback on a refusal here: the end of the family has to stay.
  return portal.database.transaction().execute(async (session) => {
    const now = portal.clock();
    const token = await session
      .selectFrom('refresh_tokens')
      .selectAll()
      .where('hash', '=', hash)
      .forUpdate()
      .executeTakeFirst();
    if (!token || token.revoked_at !== null) return err(INVALID);
    if (token.used_at !== null) {
      await revokeFamily(session, token.family, now);
      portal.metrics.auth.inc({ action: 'refresh', outcome: 'reused' });
      return err(INVALID);
    }
    const user = await userById(session, token.user_id);
    if (token.expires_at <= now || !user || user.status === 'SUSPENDED') return err(INVALID);
    await session.updateTable('refresh_tokens').set({ used_at: now }).where('hash', '=', hash).execute();
    return ok(await issueTokenPair(portal, session, { caller: callerOf(user), family: token.family }));
  });
}

/** Ends the session that a refresh token is of; says nothing where there is none. */
export async function logOut(portal: Portal, refreshToken: string): Promise<void> {
  const token = await portal.database
    .selectFrom('refresh_tokens')
    .select('family')
    .where('hash', '=', digestOf(refreshToken))
    .executeTakeFirst();
  if (token) await revokeFamily(portal.database, token.family, portal.clock());
}

async function revokeFamily(session: Pick<Session, 'updateTable'>, family: string, now: string): Promise<void> {
  const ended = { revoked_at: now };
  await session
    .updateTable('refresh_tokens')
    .set(ended)
    .where('family', '=', family)
    .where('revoked_at', 'is', null)
    .execute();
}

const INVALID: RefreshTokenInvalid = { code: 'refresh_token_invalid' };
