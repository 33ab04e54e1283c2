import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from 'neverthrow';

/** What a folder was made for: the book in each of its stores holds these rows and no others. */
export interface FolderNote {
  /** What the rows are called. */
  readonly of: string;
  readonly rows: number;
  /** The book's name, the same in every store: random, so that two folders never share a book on one server. It is in no digest. */
  readonly book: string;
}

/** The folder was made for other rows. */
export interface FolderOfAnother {
  readonly code: 'folder_of_another';
  readonly folder: string;
  readonly made: FolderNote;
  /** How many rows were asked for. */
  readonly asked: number;
}

/**
 * Notes in a fresh folder what it is for, or compares with what it was made for. Any store may come to a folder later: each keeps its
 * data in a folder of its own inside.
 *
 * @errors
 * - `folder_of_another`: it was made for other rows, or for another number of them.
 */
export function noteFolder(
  folder: string,
  { of, rows }: Pick<FolderNote, 'of' | 'rows'>,
): Result<FolderNote, FolderOfAnother> {
  const file = path.join(folder, 'made-for.json');
  if (existsSync(file)) {
    const made = JSON.parse(readFileSync(file, 'utf8')) as FolderNote;
    if (made.of === of && made.rows === rows) return ok(made);
    return err({ code: 'folder_of_another', folder, made, asked: rows });
  }
  const fresh: FolderNote = { of, rows, book: `demo-${randomBytes(6).toString('hex')}` };
  writeFileSync(`${file}.draft`, JSON.stringify(fresh));
  renameSync(`${file}.draft`, file);
  return ok(fresh);
}
