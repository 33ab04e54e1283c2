import type { Instant } from '@holdfast/kernel';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Caller } from '../portal.ts';

/** Signs and reads the short-lived tokens that come with each request. */
export interface AccessTokens {
  sign(caller: Caller): Promise<{ readonly token: string; readonly expiresAt: Instant }>;
  /** Gives who calls; nobody where the token is not ours, was changed, or has expired. */
  read(token: string): Promise<Caller | undefined>;
}

/** How {@link jwtAccessTokens} works. */
export interface AccessTokenOptions {
  /** At least 32 bytes. */
  readonly secret: string;
  /** Milliseconds. */
  readonly expiresMs: number;
  readonly clock: () => Instant;
}

/** Makes access tokens of the seed's payload (`userId`, `role`, `ucfsin`, `exp`) as JWTs, HS256 and no other algorithm. */
export function jwtAccessTokens({ secret, expiresMs, clock }: AccessTokenOptions): AccessTokens {
  const key = new TextEncoder().encode(secret);
  if (key.length < 32) throw new Error('JWT_SECRET has fewer than 32 bytes');
  return {
    sign: async (caller) => {
      const issuedMs = Date.parse(clock());
      const expires = Math.floor((issuedMs + expiresMs) / 1000);
      const token = await new SignJWT({ ...caller })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setIssuedAt(Math.floor(issuedMs / 1000))
        .setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: new Date(expires * 1000).toISOString() };
    },
    read: async (token) => {
      try {
        const options = { algorithms: [ALGORITHM], issuer: ISSUER, currentDate: new Date(clock()) };
        const { payload } = await jwtVerify(token, key, options);
        const read = PAYLOAD.safeParse(payload);
        return read.success ? read.data : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

const ALGORITHM = 'HS256';
const ISSUER = 'chit-portal';
const PAYLOAD = z.object({ userId: z.uuid(), role: z.enum(['USER', 'FOREMAN', 'ADMIN']), ucfsin: z.string() });
