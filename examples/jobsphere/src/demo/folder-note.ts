import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from 'neverthrow';
import type { StoreName } from './flags.ts';

/** What a folder was made for: its book holds these trips and no others. */
export interface FolderNote {
  readonly trips: number;
  readonly store: StoreName;
  /** The book's name: random, so that two folders never share a book on one server. It is in no digest. */
  readonly book: string;
}

/** The folder was made for something else. */
export interface FolderOfAnother {
  readonly code: 'folder_of_another';
  readonly folder: string;
  readonly made: FolderNote;
  readonly asked: Pick<FolderNote, 'trips' | 'store'>;
}

/**
 * Notes in a fresh folder what it is for, or compares with what it was made for.
 *
 * @errors
 * - `folder_of_another`: it was made with other trips or another store.
 */
export function noteFolder(
  folder: string,
  { trips, store }: Pick<FolderNote, 'trips' | 'store'>,
): Result<FolderNote, FolderOfAnother> {
  const file = path.join(folder, 'made-for.json');
  if (existsSync(file)) {
    const made = JSON.parse(readFileSync(file, 'utf8')) as FolderNote;
    if (made.trips === trips && made.store === store) return ok(made);
    return err({ code: 'folder_of_another', folder, made, asked: { trips, store } });
  }
  const fresh: FolderNote = { trips, store, book: `demo-${randomBytes(6).toString('hex')}` };
  writeFileSync(`${file}.draft`, JSON.stringify(fresh));
  renameSync(`${file}.draft`, file);
  return ok(fresh);
}
