import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from 'neverthrow';
import { identifyProcess, isAlive, type ProcessIdentity } from './process-identity.ts';

/** Somebody else works in the folder. */
export interface FolderLocked {
  readonly code: 'folder_locked';
  readonly folder: string;
  readonly holder: ProcessIdentity;
}

/** A folder in our hands. */
export interface FolderLock {
  /** True where the process that had it before died without letting go. */
  readonly takenOver: boolean;
  /** Lets go. Harmless when done twice. */
  release(): void;
}

/**
 * Takes a folder for this process alone. Two PGlite processes on one folder lose rows without a word, and PGlite itself lets both in.
 *
 * Locks are files `lock.1`, `lock.2` …: the highest one counts, its text says whose it is, and it appears together with its text (a hard link).
 * Who finds the highest free or its holder dead makes the next one, which only one can. The highest is never removed, even when it is let go, so
 * the number never comes back and nobody can remove a lock that he took for an older one.
 *
 * @errors
 * - `folder_locked`: the holder lives; carries who it is.
 */
export function lockFolder(folder: string): Result<FolderLock, FolderLocked> {
  mkdirSync(folder, { recursive: true });
  const me = identifyProcess();
  for (;;) {
    const highest = highestLock(folder);
    const held = highest === 0 ? undefined : readLock(folder, highest);
    if (held?.state === 'held' && isAlive(held.holder)) {
      return err({ code: 'folder_locked', folder, holder: held.holder });
    }
    const mine = highest + 1;
    if (!makeLock(folder, mine, { state: 'held', holder: me })) continue;
    if (highestLock(folder) !== mine) {
      // Others went on while we looked; the number we took was an old one.
      rmSync(lockPath(folder, mine), { force: true });
      continue;
    }
    for (const older of lockNumbers(folder)) if (older < mine) rmSync(lockPath(folder, older), { force: true });
    return ok({
      takenOver: held?.state === 'held',
      release: () => writeLock(folder, mine, { state: 'free', holder: me }),
    });
  }
}

interface LockText {
  readonly state: 'held' | 'free';
  readonly holder: ProcessIdentity;
}

function makeLock(folder: string, number: number, text: LockText): boolean {
  const draft = path.join(folder, `draft.${text.holder.pid}.${number}`);
  writeFileSync(draft, JSON.stringify(text));
  try {
    linkSync(draft, lockPath(folder, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeLock(folder: string, number: number, text: LockText): void {
  const draft = path.join(folder, `draft.${text.holder.pid}.${number}`);
  writeFileSync(draft, JSON.stringify(text));
  renameSync(draft, lockPath(folder, number));
}

function readLock(folder: string, number: number): LockText | undefined {
  try {
    return JSON.parse(readFileSync(lockPath(folder, number), 'utf8')) as LockText;
  } catch {
    // Gone: its successor is there. Unreadable: nobody of ours wrote it.
    return undefined;
  }
}

function highestLock(folder: string): number {
  return Math.max(0, ...lockNumbers(folder));
}

function lockNumbers(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const [, number] = /^lock\.([1-9][0-9]{0,12})$/.exec(name) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
}

function lockPath(folder: string, number: number): string {
  return path.join(folder, `lock.${number}`);
}
