import type { ChitEvent } from '@holdfast/chit-fund';
import { type Book, type Json, reviveJson } from '@holdfast/kernel';
import type { HostClient } from '@holdfast/store-postgres';
import { chits, chitsOf } from '../book/chits.ts';
import type { Session } from '../host/database.ts';
import type { PlacedUnit, TakeIn } from './feed.ts';
import { readHolders } from './holders.ts';
import { projectDraw } from './project-draw.ts';
import { projectDues } from './project-dues.ts';
import { projectPayments } from './project-payments.ts';
import { projectScheme } from './project-scheme.ts';
import { projectScores } from './project-scores.ts';
import { tellSubscribers } from './tell-subscribers.ts';

/** An event of a scheme with its place in the journal. */
export interface Happened {
  readonly scheme: string;
  readonly event: ChitEvent;
  /** `sequence.index`: names what is written for it, for ever. */
  readonly place: string;
  readonly at: string;
}

/** Writes what the journal says of schemes into the host's tables: statuses, dues, payments, score events and messages. */
export function takeInUnits(book: Book<HostClient>): TakeIn {
  return async (session, units) => {
    const happened = units.flatMap(eventsOf);
    const schemes = await knownSchemes(session, [...new Set(happened.map(({ scheme }) => scheme))]);
    if (schemes.length === 0) return;
    const holders = await readHolders(session, schemes);
    for (const one of happened) {
      if (!schemes.includes(one.scheme)) continue;
      const { scheme, event, at } = one;
      if ('ticket' in event && 'holders' in event) {
        await holders.put({ scheme, ticket: event.ticket, persons: event.holders.map(({ person }) => person), at });
      }
      await projectDraw(session, one);
      await projectDues(session, one);
      await projectPayments(session, holders, one);
      await projectScores(session, holders, one);
      await tellSubscribers(session, holders, one);
    }
    for (const scheme of schemes) {
      const read = await chitsOf(book).read(scheme);
      if (read.isErr()) throw new Error(`${scheme} cannot be read: ${read.error.code}`);
      if (read.value.state) await projectScheme(session, scheme, read.value.state);
    }
  };
}

/** Gives the events of schemes in a unit. */
export function eventsOf({ sequence, at, events }: PlacedUnit): readonly Happened[] {
  return events.flatMap(({ type, record = '', version, data }, index) => {
    if (!record.startsWith(KIND)) return [];
    const event = chits.codec.decodeEvent({ type, version, data: reviveJson(data) as Json });
    return [{ scheme: record.slice(KIND.length), event, place: `${sequence}.${index}`, at }];
  });
}

/** Schemes that the portal has a row of: the book may have others, of other hosts. */
async function knownSchemes(session: Session, ids: readonly string[]): Promise<readonly string[]> {
  const uuids = ids.filter((id) => /^[0-9a-f-]{36}$/.test(id));
  if (uuids.length === 0) return [];
  const rows = await session.selectFrom('schemes').select('id').where('id', 'in', uuids).execute();
  return rows.map(({ id }) => id);
}

const KIND = `${chits.kind}/`;
