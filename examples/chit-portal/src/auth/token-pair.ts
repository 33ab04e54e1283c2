import { addDuration, type Instant } from '@holdfast/kernel';
import type { Database } from '../host/database.ts';
import type { Caller, Portal } from '../portal.ts';
import { digestOf, newSecretToken } from './secret-tokens.ts';

/** What a client signs its requests with, and what it gets the next pair for. */
export interface TokenPair {
  readonly accessToken: string;
  readonly accessExpiresAt: Instant;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Instant;
}

/** Gives out an access token and a refresh token, which is one more of a family: all that came of one login. */
export async function issueTokenPair(
  portal: Portal,
  database: Database,
  { caller, family }: { readonly caller: Caller; readonly family: string },
): Promise<TokenPair> {
  const now = portal.clock();
  const access = await portal.accessTokens.sign(caller);
  const refreshToken = newSecretToken();
  const refreshExpiresAt = addDuration(now, { ms: portal.refreshExpiresMs });
  await database
    .insertInto('refresh_tokens')
    .values({
      hash: digestOf(refreshToken),
      family,
      user_id: caller.userId,
      expires_at: refreshExpiresAt,
      used_at: null,
      revoked_at: null,
      created_at: now,
    })
    .execute();
  return { accessToken: access.token, accessExpiresAt: access.expiresAt, refreshToken, refreshExpiresAt };
}
