import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { findPython, type Python } from './find-python.ts';

/** The release of SecantusDB that is run: a server of its own that speaks the protocol of MongoDB 8.2, on the WiredTiger engine. */
export const serverVersion = '0.7.0b3';

const environments = `secantusdb-${serverVersion}-python-`;
const unfinished = '.unfinished-';
const abandonedAfterMs = 3_600_000;

/** How the server's program is called. */
export interface ServerProgram {
  readonly program: string;
  readonly args: readonly string[];
}

/** What {@link serverProgram} gives: the program, or why there is none. */
export type FoundProgram = { readonly found: ServerProgram } | { readonly missing: string };

/** Where {@link serverProgram} looks and keeps; the user's own places when absent. */
export interface ServerProgramPlaces {
  /** The folder that environments are kept in. */
  readonly cache?: string;
  /** Folders to look for Python in, as `PATH` has them. */
  readonly searched?: string;
}

/**
 * Gives the server's program, in a virtual environment that is made on first use and kept for the user, by version.
 *
 * The environment gets its name only when it is whole, so neither a killed process nor two at once leave half of one.
 */
export async function serverProgram({ cache, searched }: ServerProgramPlaces = {}): Promise<FoundProgram> {
  const folder = cache ?? (await cacheFolder());
  const kept = await keptEnvironment(folder);
  if (kept !== undefined) return { found: programIn(kept) };
  const found = await findPython(searched);
  if ('missing' in found) return found;
  const environment = path.join(folder, `${environments}${found.python.version}`);
  // One whose Python was taken away since.
  await rm(environment, { recursive: true, force: true });
  await removeAbandoned(folder);
  const problem = await make(found.python, environment);
  return problem === undefined ? { found: programIn(environment) } : { missing: problem };
}

/** Says why {@link serverProgram} has nothing to make the program with; nothing when it has, or has made it. */
export async function whyNoProgram(): Promise<string | undefined> {
  if ((await keptEnvironment(await cacheFolder())) !== undefined) return undefined;
  const found = await findPython();
  return 'missing' in found ? found.missing : undefined;
}

async function cacheFolder(): Promise<string> {
  const user = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  for (const parent of [user, tmpdir()]) {
    const folder = path.join(parent, 'holdfast');
    const made = await mkdir(folder, { recursive: true }).then(
      () => access(folder, 2).then(() => true),
      () => false,
    );
    if (made) return folder;
  }
  throw new Error(`Neither ${user} nor ${tmpdir()} can be written to.`);
}

/** Finds an environment that was made before: asking every Python on the path for its version takes far longer than the server's start. */
async function keptEnvironment(folder: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(environments) || name.includes(unfinished)) continue;
    if (await isWhole(path.join(folder, name))) return path.join(folder, name);
  }
  return undefined;
}

function programIn(environment: string): ServerProgram {
  // Its scripts name the folder that they were installed into, so Python is called with the script instead.
  return { program: pythonOf(environment), args: [path.join(environment, 'bin', 'secantusd-py')] };
}

function pythonOf(environment: string): string {
  return path.join(environment, 'bin', 'python');
}

async function isWhole(environment: string): Promise<boolean> {
  return access(pythonOf(environment)).then(
    () => true,
    () => false,
  );
}

async function make({ program, version }: Python, environment: string): Promise<string | undefined> {
  console.error(
    `Making the server that speaks MongoDB's protocol (SecantusDB ${serverVersion}, Python ${version}): 25 MB to load, ` +
      `145 MB on the disk, once, in ${environment} …`,
  );
  const making = await mkdtemp(`${environment}${unfinished}`);
  try {
    const install = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--pre'];
    const failed =
      (await run(program, ['-m', 'venv', making])) ??
      (await run(pythonOf(making), [...install, '--only-binary=:all:', `secantusdb==${serverVersion}`]));
    if (failed !== undefined) return `SecantusDB ${serverVersion} could not be installed: ${failed}`;
    await rename(making, environment).catch(async (error: NodeJS.ErrnoException) => {
      // Another process was first; its environment is as good.
      if (!(await isWhole(environment))) throw error;
    });
    return undefined;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Removes what killed processes left half made, but not what another one is making now. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.includes(unfinished)) continue;
    const { mtimeMs } = await stat(path.join(folder, name)).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** Runs a program with what it says on standard error; gives the last line of it when it fails. */
function run(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        process.stderr.write(chunk);
        said += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? undefined : (said.trim().split('\n').at(-1) ?? `exit ${code}`)));
  });
}
