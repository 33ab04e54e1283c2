import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '../host/tables.ts';
import type { Caller, Portal } from '../portal.ts';
import { Refused } from './respond.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; nobody on the routes that need no sign-in. */
    caller: Caller | undefined;
  }
}

/** Gives who calls, on a route behind {@link signedIn}. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Refused({ code: 'not_signed_in' });
  return request.caller;
}

/** Makes a guard: a good access token of a user who is still there and not suspended, of one of these roles where any are given. */
export function signedIn(portal: Portal, ...allowed: readonly Role[]) {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const [, token] = /^Bearer ([\w.-]{20,2000})$/.exec(request.headers.authorization ?? '') ?? [];
    const claimed = token === undefined ? undefined : await portal.accessTokens.read(token);
    const standing = claimed && (await portal.standings.of(claimed.userId));
    if (!claimed || !standing || standing.status === 'SUSPENDED') throw new Refused({ code: 'not_signed_in' });
    // The table's role, not the token's: who is a foreman no more is none at once.
    request.caller = { ...claimed, role: standing.role };
    request.log = request.log.child({ userId: claimed.userId });
    if (allowed.length > 0 && !allowed.includes(standing.role)) throw new Refused({ code: 'forbidden', allowed });
  };
}

/** Stops whoever is neither this user nor an admin. */
export function ownOrAdmin(request: FastifyRequest, userId: string): Caller {
  const caller = callerOf(request);
  if (caller.userId !== userId && caller.role !== 'ADMIN') {
    throw new Refused({ code: 'forbidden', allowed: ['OWNER', 'ADMIN'] });
  }
  return caller;
}
