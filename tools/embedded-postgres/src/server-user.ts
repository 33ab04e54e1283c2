import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The operating-system user that the server runs as; empty where it is the user of this process. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** Picks the user for the server: this process's own, or `postgres`, or `nobody` where this process is root. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error('Postgres does not run as root, and /etc/passwd has neither "postgres" nor "nobody" to run as.');
}

/** Tells whether the user may enter the folder, by entering it. */
export function canEnter(user: ServerUser, folder: string): boolean {
  if (user.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}
