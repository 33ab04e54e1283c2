import { decodeUnit, type ReadTrouble, type StoredUnit, type Unit } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { FeedCursor } from '../host/rows.ts';
import type { Tables } from '../host/tables.ts';
import type { Service } from '../service/service.ts';
import { projectMoney } from './project-money.ts';
import { tellUsers } from './tell-users.ts';

/** The journal is not the one that was read so far: it was restored to a state before this unit. Somebody has to look. */
export interface JournalDiverged {
  readonly code: 'journal_diverged';
  readonly sequence: number;
}

/** How far the follower has come. */
export interface Followed {
  readonly sequence: number;
  /** Units that this call took in. */
  readonly units: number;
}

/**
 * Takes in what the journal has that the host's tables do not show yet: transactions, totals, messages to users, applications of expired offers.
 *
 * The journal is the outbox. What is written for a unit and the cursor behind it are one transaction of the host, so each unit is taken in exactly
 * once, however often the process dies and however many follow at the same time: the cursor's row is locked, and who comes late finds it moved.
 */
export async function followJournal(service: Service): Promise<Result<Followed, JournalDiverged | ReadTrouble>> {
  let taken = 0;
  for (;;) {
    const cursor = await readCursor(service);
    const after = Number(cursor?.sequence ?? 0);
    const read = await service.book.units({ after, limit: PAGE, ...(cursor ? { digest: cursor.digest } : {}) });
    if (read.isErr()) return err(read.error);
    if (read.value.kind === 'diverged') return err({ code: 'journal_diverged', sequence: after });
    const { units } = read.value;
    if (units.length === 0) return ok({ sequence: after, units: taken });
    if (await takeIn(service, cursor, units)) taken += units.length;
  }
}

function readCursor({ host }: Service): Promise<FeedCursor | undefined> {
  return host.transaction((tables) => tables.find('cursors', FOLLOWER));
}

function takeIn({ host, book }: Service, seen: FeedCursor | undefined, units: readonly StoredUnit[]): Promise<boolean> {
  return host.transaction(async (tables) => {
    const cursor = await tables.lock('cursors', FOLLOWER);
    if (cursor?.sequence !== seen?.sequence) return false;
    for (const stored of units) await takeInUnit(tables, stored.sequence, decodeUnit(stored.bytes));
    const last = units.at(-1) as StoredUnit;
    const { sequence, digest } = last;
    await tables.put('cursors', { id: FOLLOWER, book: book.name, sequence: String(sequence), digest });
    return true;
  });
}

async function takeInUnit(tables: Tables, sequence: number, unit: Unit): Promise<void> {
  await projectMoney(tables, sequence, unit);
  await tellUsers(tables, sequence, unit);
}

const FOLLOWER = 'jobsphere';
const PAGE = 200;
