import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from 'neverthrow';

/** What a folder was made for: the book in each of its stores holds these trips and no others. */
export interface FolderNote {
  readonly trips: number;
  /** The book's name, the same in every store: random, so that two folders never share a book on one server. It is in no digest. */
  readonly book: string;
}

/** The folder was made for other trips. */
export interface FolderOfAnother {
  readonly code: 'folder_of_another';
  readonly folder: string;
  readonly made: FolderNote;
  /** How many trips were asked for. */
  readonly asked: number;
}

/**
 * Notes in a fresh folder what it is for, or compares with what it was made for. Any store may come to a folder later: each keeps its
 * data in a folder of its own inside.
 *
 * @errors
 * - `folder_of_another`: it was made with another number of trips.
 */
export function noteFolder(folder: string, { trips }: Pick<FolderNote, 'trips'>): Result<FolderNote, FolderOfAnother> {
  const file = path.join(folder, 'made-for.json');
  if (existsSync(file)) {
    const made = JSON.parse(readFileSync(file, 'utf8')) as FolderNote;
    if (made.trips === trips) return ok(made);
    return err({ code: 'folder_of_another', folder, made, asked: trips });
  }
  const fresh: FolderNote = { trips, book: `demo-${randomBytes(6).toString('hex')}` };
  writeFileSync(`${file}.draft`, JSON.stringify(fresh));
  renameSync(`${file}.draft`, file);
  return ok(fresh);
}
