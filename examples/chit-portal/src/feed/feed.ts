import { type Book, decodeUnit, type ReadTrouble, type StoredUnit, type Unit } from '@holdfast/kernel';
import type { HostClient } from '@holdfast/store-postgres';
import { err, ok, type Result } from 'neverthrow';
import type { Database, Session } from '../host/database.ts';

/** The journal is not the one that was read so far: it was restored to a state before this unit. Somebody has to look. */
export interface JournalDiverged {
  readonly code: 'journal_diverged';
  readonly sequence: number;
}

/** A unit of the journal with its place. */
export interface PlacedUnit extends Unit {
  readonly sequence: number;
}

/** Writes what units mean for the host's tables. Given every unit once, in order, in the transaction that moves the cursor. */
export type TakeIn = (session: Session, units: readonly PlacedUnit[]) => Promise<void>;

/** Follows the journal of the book: the outbox from which the host's tables show what happened to money. */
export interface Feed {
  /**
   * Takes in what is new. What is written for a unit and the cursor behind it are one transaction, so each unit is taken in exactly once, however often
   * a process dies and however many follow at the same time.
   *
   * @returns How many units were taken in.
   */
  follow(): Promise<Result<number, JournalDiverged | ReadTrouble>>;
  /** Looks how far the journal goes: something was appended in a transaction of the host, which nobody tells of. */
  joined(): Promise<void>;
  /** Waits, for a second at most where nothing else was given, until what this process has answered so far is taken in: who has just paid sees his payment in his list. */
  caughtUp(): Promise<void>;
  /** Listens no more. */
  close(): void;
}

/** What a feed reads and writes. */
export interface FeedOptions {
  readonly database: Database;
  readonly book: Book<HostClient>;
  readonly takeIn: TakeIn;
  /** Milliseconds for which {@link Feed.caughtUp} waits at most; 1,000 where absent. */
  readonly patienceMs?: number | undefined;
}

/** Opens a feed. */
export function openFeed({ database, book, takeIn, patienceMs = 1_000 }: FeedOptions): Feed {
  let appended = 0;
  let taken = 0;
  const waiting = new Set<{ readonly target: number; readonly resolve: () => void }>();
  let following: Promise<Result<number, JournalDiverged | ReadTrouble>> | undefined;
  const grown = (sequence: number): void => {
    appended = Math.max(appended, sequence);
  };
  const close = book.onAppended(grown);
  const joined = async (): Promise<void> => {
    const head = await book.head();
    if (head.isOk()) grown(head.value.sequence);
  };
  const followAll = async (): Promise<Result<number, JournalDiverged | ReadTrouble>> => {
    let count = 0;
    for (;;) {
      const page = await followPage({ database, book, takeIn });
      if (page.isErr()) return err(page.error);
      taken = Math.max(taken, page.value.sequence);
      for (const waiter of waiting) {
        if (waiter.target > taken) continue;
        waiting.delete(waiter);
        waiter.resolve();
      }
      count += page.value.units;
      if (page.value.units === 0) return ok(count);
    }
  };
  const follow = (): Promise<Result<number, JournalDiverged | ReadTrouble>> => {
    following ??= followAll().finally(() => {
      following = undefined;
    });
    return following;
  };
  const caughtUp = async (): Promise<void> => {
    const target = appended;
    if (taken >= target) return;
    // Others go on appending meanwhile: what was there when it was asked is enough.
    const reached = new Promise<void>((resolve) => waiting.add({ target, resolve }));
    follow().catch(() => {});
    await Promise.race([reached, pause(patienceMs)]);
  };
  return { follow, joined, caughtUp, close };
}

async function followPage({
  database,
  book,
  takeIn,
}: FeedOptions): Promise<Result<Followed, JournalDiverged | ReadTrouble>> {
  const cursor = await database.selectFrom('cursors').selectAll().where('id', '=', FOLLOWER).executeTakeFirst();
  const after = Number(cursor?.sequence ?? 0);
  const read = await book.units({ after, limit: PAGE, ...(cursor ? { digest: cursor.digest } : {}) });
  if (read.isErr()) return err(read.error);
  if (read.value.kind === 'diverged') return err({ code: 'journal_diverged', sequence: after });
  const { units } = read.value;
  const last = units.at(-1);
  if (!last) return ok({ sequence: after, units: 0 });
  const { sequence, digest } = last;
  await database.transaction().execute(async (session) => {
    // Whoever makes the row holds it, and whoever comes second waits here and finds it moved.
    await session
      .insertInto('cursors')
      .values({ id: FOLLOWER, sequence: 0, digest: '' })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const held = await session
      .selectFrom('cursors')
      .select('sequence')
      .where('id', '=', FOLLOWER)
      .forUpdate()
      .executeTakeFirst();
    if (Number(held?.sequence) !== after) return;
    await takeIn(session, units.map(placed));
    await session.updateTable('cursors').set({ sequence, digest }).where('id', '=', FOLLOWER).execute();
  });
  return ok({ sequence, units: units.length });
}

interface Followed {
  readonly sequence: number;
  readonly units: number;
}

/** Reads a unit as it is stored. */
export function placed({ sequence, bytes }: StoredUnit): PlacedUnit {
  return { ...decodeUnit(bytes), sequence };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
  });
}

const FOLLOWER = 'portal';
const PAGE = 500;
