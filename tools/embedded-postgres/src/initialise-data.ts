import { spawn } from 'node:child_process';
import { access, chown, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import type { ServerFolder } from './server-folder.ts';
import type { ServerUser } from './server-user.ts';

/** What {@link initialiseData} works with. */
export interface InitialiseData {
  readonly binaries: Binaries;
  readonly folder: ServerFolder;
  readonly user: ServerUser;
  readonly secret: string;
  /** Whether the new data directory is flushed to the disk. */
  readonly sync: boolean;
}

/** Creates the data directory with `initdb`, once; a second call finds it and does nothing. */
export async function initialiseData({ binaries, folder, user, secret, sync }: InitialiseData): Promise<void> {
  const done = path.join(folder.place, 'initialised');
  if (await exists(done)) return;
  // One that was left behind by a killed process may still be writing: each has a directory of its own, and a whole one is moved into place.
  const fresh = await mkdtemp(path.join(folder.place, 'initial-'));
  const passwordFile = path.join(folder.place, 'initial-password');
  await writeFile(passwordFile, secret, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    await chown(folder.place, user.uid, user.gid);
    await chown(fresh, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const flags = [
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
  ];
  await run(binaries.initdb, [`--pgdata=${fresh}`, ...flags, ...(sync ? [] : ['--no-sync'])], {
    ...user,
    cwd: folder.place,
  });
  await rm(passwordFile, { force: true });
  await rm(folder.data, { recursive: true, force: true });
  await rename(fresh, folder.data);
  await writeFile(done, '');
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function run(program: string, args: readonly string[], options: ServerUser & { readonly cwd: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${path.basename(program)} ended with ${code}:\n${said}`));
    });
  });
}
