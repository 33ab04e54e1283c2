import type { ScoreEvent } from '@holdfast/chit-score';
import type { Instant } from '@holdfast/kernel';
import { dayOf } from '../day-of.ts';
import type { Database } from '../host/database.ts';

/** A field of the profile that counts in a score. */
export type ProfileField = 'name' | 'dateOfBirth' | 'phone' | 'email' | 'address' | 'bankAccount' | 'nominee';

/** Which fields changed, and whether each is there and verified now. Never what is in them. */
export interface ProfileNote {
  readonly userId: string;
  readonly now: Instant;
  readonly fields: { readonly [Field in ProfileField]?: boolean };
}

/** Notes a change of a profile as events of the score. */
export async function noteProfile(database: Database, { userId, now, fields }: ProfileNote): Promise<void> {
  const on = dayOf(now);
  const events = Object.entries(fields).map(([field, verified]): ScoreEvent => {
    return { type: 'ProfileFieldChanged', id: `profile.${field}.${now}`, field, verified, on };
  });
  await noteScoreEvents(
    database,
    events.map((event) => ({ userId, event })),
  );
}

/** Keeps events that scores are computed from; one that is there already is left alone. */
export async function noteScoreEvents(
  database: Database,
  notes: readonly { readonly userId: string; readonly event: ScoreEvent }[],
): Promise<void> {
  if (notes.length === 0) return;
  const rows = notes.map(({ userId, event }) => ({ id: event.id, user_id: userId, event: JSON.stringify(event) }));
  await database
    .insertInto('score_events')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['user_id', 'id']).doNothing())
    .execute();
}
