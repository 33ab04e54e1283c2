import type { Request, Response } from 'express';
import type { User } from '../host/rows.ts';

/**
 * Says who calls, or `undefined` where nobody is known. This is the port that a real service fills with its own session or token check.
 *
 * Whatever fills it, the role comes from the host's own data: nothing in a request's body or query can say who somebody is.
 */
export type Authenticate = (request: Request) => Promise<User | undefined>;

/**
 * Believes the header `X-User-Id`, and looks the role up in the host's users.
 *
 * For tests and for a service behind a gateway that authenticates, removes this header from what comes in, and sets it itself. Alone on the open
 * internet it believes anybody.
 */
export function trustedHeader(findUser: (id: string) => Promise<User | undefined>): Authenticate {
  return async (request) => {
    const id = request.get('x-user-id');
    return id === undefined || id === '' || id.length > 128 ? undefined : findUser(id);
  };
}

/** Keeps who calls for the handlers that follow. */
export function rememberCaller(response: Response, user: User): void {
  response.locals.user = user;
}

/** Gives who calls. */
export function callerOf(response: Response): User {
  return response.locals.user as User;
}
