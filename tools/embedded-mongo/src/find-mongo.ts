import path from 'node:path';
import { type MongoServer, readServer, runningServer } from './running-server.ts';

/** Finds the server that already runs in a folder, left there by a process that was killed. */
export async function findMongo(folder: string): Promise<MongoServer | undefined> {
  const root = path.resolve(folder);
  const kept = await readServer(root);
  return kept && runningServer(root, kept, true);
}
