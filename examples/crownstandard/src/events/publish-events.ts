import type { ReadTrouble, StoredUnit } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { openAuditTrail } from '../audit/audit-trail.ts';
import type { Crown } from '../book/open-crown.ts';
import type { CursorStore, EventBus, EventEntry, FeedCursor } from './event-bus.ts';
import { eventsOf } from './events-of.ts';

/** Publishes what the journal has since the cursor, and says how much it was. */
export type PublishEvents = () => Promise<Result<{ readonly published: number }, PublishTrouble | ReadTrouble>>;

/** The bus did not take everything: the next call tries the same again. Or the journal is not the one that was published so far. */
export interface PublishTrouble {
  readonly code: 'bus_refused' | 'journal_diverged';
  readonly sequence: number;
}

/**
 * Makes the seed's event publisher. It reads what was committed, so an event never tells of what did not happen, and none is lost: each is published at least
 * once, under the same `id` in its detail, in the order of the journal.
 */
export function createEventPublisher(crown: Crown, bus: EventBus, cursors: CursorStore): PublishEvents {
  let reader = openReader(crown);
  // One after the other, so that two calls at once do not publish the same twice.
  let last: ReturnType<PublishEvents> = Promise.resolve(ok({ published: 0 }));
  const publish: PublishEvents = async () => {
    const cursor = await cursors.read();
    // What was read and not published is read again.
    if (reader.at.sequence > (cursor?.sequence ?? 0)) reader = openReader(crown);
    const from = cursor ?? START;
    for (let published = 0; ; ) {
      const page = await reader.next();
      if (page.isErr()) return err(page.error);
      if (page.value.length === 0) return ok({ published });
      for (const { at, entries } of page.value) {
        const { sequence, digest } = at;
        if (sequence === from.sequence && digest !== from.digest) return err({ code: 'journal_diverged', sequence });
        if (sequence <= from.sequence) continue;
        if (!(await putAll(bus, entries))) return err({ code: 'bus_refused', sequence });
        await cursors.write(at);
        published += entries.length;
      }
    }
  };
  return () => {
    last = last.then(publish, publish);
    return last;
  };
}

interface Read {
  readonly at: FeedCursor;
  readonly entries: readonly EventEntry[];
}

interface Reader {
  /** Up to where it has read. */
  readonly at: FeedCursor;
  next(): Promise<Result<readonly Read[], PublishTrouble | ReadTrouble>>;
}

/** Reads from the first unit on: what the audit log says of a payout depends on where it stood before. */
function openReader(crown: Crown): Reader {
  const trail = openAuditTrail(crown);
  let at = START;
  return {
    get at() {
      return at;
    },
    next: async () => {
      const { sequence: after, digest } = at;
      const read = await crown.book.units({ after, limit: PAGE, ...(after === 0 ? {} : { digest }) });
      if (read.isErr()) return err(read.error);
      if (read.value.kind === 'diverged') return err({ code: 'journal_diverged', sequence: after });
      return ok(
        read.value.units.map((stored: StoredUnit) => {
          at = { sequence: stored.sequence, digest: stored.digest };
          return { at, entries: eventsOf(stored, trail.take(stored)) };
        }),
      );
    },
  };
}

async function putAll(bus: EventBus, entries: readonly EventEntry[]): Promise<boolean> {
  for (let from = 0; from < entries.length; from += MOST_ENTRIES) {
    const answer = await bus.putEvents({ Entries: entries.slice(from, from + MOST_ENTRIES) }).catch(() => undefined);
    if (answer === undefined || (answer.FailedEntryCount ?? 0) > 0) return false;
  }
  return true;
}

const START: FeedCursor = { sequence: 0, digest: '' };
const PAGE = 200;
/** Of one call to EventBridge. */
const MOST_ENTRIES = 10;
