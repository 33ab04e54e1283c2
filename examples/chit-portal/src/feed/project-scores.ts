import type { Session } from '../host/database.ts';
import { noteScoreEvents } from '../score/note-profile.ts';
import { scoreNotes } from '../score/score-notes.ts';
import type { Holders } from './holders.ts';
import type { Happened } from './take-in-units.ts';

/** Keeps what the journal says of a member's conduct, as events that scores are computed from. */
export async function projectScores(session: Session, holders: Holders, happened: Happened): Promise<void> {
  const { scheme } = happened;
  const notes = scoreNotes(happened).flatMap(({ ticket, events }) => {
    const persons = ticket === undefined ? holders.all(scheme) : holders.of(scheme, ticket);
    return persons.flatMap((userId) => events.map((event) => ({ userId, event })));
  });
  await noteScoreEvents(session, notes);
}
