import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** A Python that the server runs on. */
export interface Python {
  /** Path of its program. */
  readonly program: string;
  /** Its full version, for example `3.11.7`. */
  readonly version: string;
}

/** What {@link findPython} found, or what is missing. */
export type FoundPython = { readonly python: Python } | { readonly missing: string };

const names = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3'];
const probe = [
  'import importlib.util as u, platform, sys',
  'print(platform.python_version(), u.find_spec("venv") is not None and u.find_spec("ensurepip") is not None, sys.platform)',
].join('\n');

/**
 * Finds a Python from 3.10 to 3.13 on the path that can make virtual environments.
 *
 * @param searched - Folders to look in, as `PATH` has them.
 */
export async function findPython(searched = process.env.PATH ?? ''): Promise<FoundPython> {
  let bare: string | undefined;
  for (const program of await programsIn(searched.split(path.delimiter).filter((folder) => folder !== ''))) {
    // A program that only stands for versions that are not chosen ends with an error.
    const [version = '', complete] = (await run(program)).split(' ');
    if (!/^3\.1[0-3]\./.test(version)) continue;
    if (complete === 'True') return { python: { program, version } };
    bare ??= version;
  }
  return {
    missing:
      bare === undefined
        ? 'no Python from 3.10 to 3.13 is on the path'
        : `Python ${bare} cannot make virtual environments (Debian has that in python3-venv)`,
  };
}

async function programsIn(folders: readonly string[]): Promise<readonly string[]> {
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const there = await Promise.all(
    candidates.map((program) =>
      access(program, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return candidates.filter((_, index) => there[index]);
}

function run(program: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, ['-c', probe], { timeout: 20_000 }, (error, stdout) => resolve(error ? '' : stdout.trim()));
  });
}
