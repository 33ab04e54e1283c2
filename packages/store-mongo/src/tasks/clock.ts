import type { Document } from 'mongodb';

/**
 * The filter of tasks that are due by an instant and that nobody has.
 *
 * @param now - By the server's clock, which also ends the leases.
 */
export function dueAndFree(dueAt: string, now: Date): Document {
  return {
    dueAt: { $lte: dueAt },
    parked: { $exists: false },
    $or: [{ freeAt: { $eq: null } }, { freeAt: { $lte: now } }],
  };
}

/** What stands for an instant some milliseconds from now, by the server's clock, in an update that is a pipeline. */
export function fromNow(ms: number): Document {
  return { $add: ['$$NOW', ms] };
}
