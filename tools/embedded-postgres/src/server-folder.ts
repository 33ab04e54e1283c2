import { chown, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canEnter, type ServerUser } from './server-user.ts';

/** Where the files of one server lie. */
export interface ServerFolder {
  /** The folder asked for, or the temporary one. Holds the secret and, where needed, the way to `place`. */
  readonly root: string;
  /** A folder that the server's user can enter; `root` itself where that is so. */
  readonly place: string;
  /** The data directory, inside `place`. */
  readonly data: string;
  /** The server's log. */
  readonly log: string;
  /** The settings that the last server was started with, as JSON. */
  readonly settings: string;
}

/** Makes the folder of a server and finds it a place that the server's user can enter. */
export async function prepareFolder(asked: string | undefined, user: ServerUser): Promise<ServerFolder> {
  const root = asked === undefined ? await temporaryFolder(user) : path.resolve(asked);
  await mkdir(root, { recursive: true });
  const place = await placeOf(root, user);
  const data = path.join(place, 'data');
  await mkdir(data, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(data, user.uid, user.gid);
  return { root, place, data, log: path.join(root, 'server.log'), settings: path.join(root, 'settings.json') };
}

/** Reads the superuser's password of this folder, or keeps a new one. */
export async function readSecret(folder: ServerFolder, create: () => string): Promise<string> {
  return readOrKeep(path.join(folder.root, 'secret'), async () => create());
}

async function placeOf(root: string, user: ServerUser): Promise<string> {
  if (canEnter(user, root)) return root;
  // A clone in root's own home: its folder cannot be entered by anyone else, and its mode is not ours to change.
  return readOrKeep(path.join(root, 'place'), () => temporaryFolder(user));
}

async function temporaryFolder(user: ServerUser): Promise<string> {
  const parent = [tmpdir(), '/var/tmp', '/tmp'].find((folder) => canEnter(user, folder)) ?? tmpdir();
  const folder = await mkdtemp(path.join(parent, 'holdfast-postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
  return folder;
}

async function readOrKeep(file: string, create: () => Promise<string>): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const value = await create();
  await writeFile(file, value, { mode: 0o600 });
  return value;
}
