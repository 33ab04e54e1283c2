import { parseScoreEvents, type ScoreEvent } from '@holdfast/chit-score';
import { sql } from 'kysely';
import type { Session } from '../host/database.ts';
import { memberNotes } from '../score/member-notes.ts';
import { noteScoreEvents } from '../score/note-profile.ts';
import { scoreNotes } from '../score/score-notes.ts';
import type { Holders } from './holders.ts';
import type { Happened } from './take-in-units.ts';

/** Keeps what the journal says of a member's conduct, as events that scores are computed from. */
export async function projectScores(session: Session, holders: Holders, happened: Happened): Promise<void> {
  const { scheme } = happened;
  const told = new Map<string, readonly ScoreEvent[]>();
  for (const { ticket, events } of scoreNotes(happened)) {
    const persons = ticket === undefined ? holders.all(scheme) : holders.of(scheme, ticket);
    for (const userId of persons) told.set(userId, [...(told.get(userId) ?? []), ...events]);
  }
  const known = await eventsIn(
    session,
    scheme,
    [...told].flatMap(([userId, events]) => (asks(events) ? [userId] : [])),
  );
  const notes = [...told].flatMap(([userId, events]) =>
    memberNotes(happened, events, known.get(userId) ?? []).map((event) => ({ userId, event })),
  );
  await noteScoreEvents(session, notes);
}

/** Whether what was owed before decides about events: of payments, and of what takes them back or gives up. */
function asks(events: readonly ScoreEvent[]): boolean {
  return events.length === 0 || events.some(({ type }) => type === 'InstalmentPaid');
}

/** Reads what is noted of persons about the instalments of a scheme. */
async function eventsIn(
  session: Session,
  scheme: string,
  persons: readonly string[],
): Promise<ReadonlyMap<string, readonly ScoreEvent[]>> {
  if (persons.length === 0) return new Map();
  const rows = await session
    .selectFrom('score_events')
    .select(['user_id', 'event'])
    .where('user_id', 'in', [...persons])
    .where(sql<boolean>`starts_with(id, ${`${scheme}/`})`)
    .execute();
  const known = new Map<string, ScoreEvent[]>();
  for (const { user_id, event } of rows) {
    const read = parseScoreEvents([JSON.parse(event)]);
    if (read.isErr()) throw new Error(`a score event of ${user_id} cannot be read: ${read.error.code}`);
    known.set(user_id, [...(known.get(user_id) ?? []), ...read.value]);
  }
  return known;
}
