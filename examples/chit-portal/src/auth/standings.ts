import type { Database } from '../host/database.ts';
import type { Role, UserStatus } from '../host/tables.ts';

/** What of a user every request looks at. */
export interface Standing {
  readonly role: Role;
  readonly status: UserStatus;
}

/** Says how users stand. */
export interface Standings {
  /** Nobody where the user is not there, or has gone. */
  of(userId: string): Promise<Standing | undefined>;
  /** Forgets what is known of a user who was changed. */
  forget(userId: string): void;
}

/**
 * Makes standings that are read from the users, and kept for a few seconds: a token alone would let somebody who was suspended go on until it
 * expires, and a statement for each request would be half of what a read costs. Another process learns of a change after that time at the latest.
 */
export function keptStandings(database: Database, keptMs = 5_000): Standings {
  const kept = new Map<string, { readonly standing: Promise<Standing | undefined>; readonly until: number }>();
  return {
    of: (userId) => {
      const known = kept.get(userId);
      if (known && known.until > performance.now()) return known.standing;
      if (kept.size >= MOST) kept.clear();
      const standing = read(database, userId);
      kept.set(userId, { standing, until: performance.now() + keptMs });
      standing.catch(() => kept.delete(userId));
      return standing;
    },
    forget: (userId) => void kept.delete(userId),
  };
}

function read(database: Database, userId: string): Promise<Standing | undefined> {
  const query = database.selectFrom('users').select(['role', 'status']).where('id', '=', userId);
  return query.where('deleted_at', 'is', null).executeTakeFirst();
}

const MOST = 20_000;
