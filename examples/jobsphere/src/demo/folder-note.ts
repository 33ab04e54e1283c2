import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from 'neverthrow';
import type { StoreName } from './flags.ts';

/** What a folder was made for: its book holds these trips and no others. */
export interface FolderNote {
  readonly trips: number;
  readonly store: StoreName;
}

/** The folder was made for something else. */
export interface FolderOfAnother {
  readonly code: 'folder_of_another';
  readonly folder: string;
  readonly made: FolderNote;
  readonly asked: FolderNote;
}

/**
 * Notes in a fresh folder what it is for, or compares with what it was made for.
 *
 * @errors
 * - `folder_of_another`: it was made with other trips or another store.
 */
export function noteFolder(folder: string, asked: FolderNote): Result<FolderNote, FolderOfAnother> {
  const file = path.join(folder, 'made-for.json');
  if (existsSync(file)) {
    const made = JSON.parse(readFileSync(file, 'utf8')) as FolderNote;
    return made.trips === asked.trips && made.store === asked.store
      ? ok(made)
      : err({ code: 'folder_of_another', folder, made, asked });
  }
  writeFileSync(`${file}.draft`, JSON.stringify(asked));
  renameSync(`${file}.draft`, file);
  return ok(asked);
}
