import type { Result } from 'neverthrow';
import { atomically, type Session } from '../host/database.ts';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';

/**
 * Runs work in one transaction that the book joins, and keeps what both did only where the answer is no refusal. What the book appends in somebody else's
 * transaction it tells nobody of, so the feed is told here, behind the COMMIT.
 *
 * @errors
 * - what the work refuses.
 */
export async function inOneCommit<T>(
  portal: Portal,
  work: (session: Session) => Promise<Result<T, Trouble>>,
): Promise<Result<T, Trouble>> {
  const done = await atomically<T, Trouble>(portal.database, work);
  if (done.isOk()) await portal.feed.joined();
  return done;
}
