import { whyNoProgram } from './server-program.ts';

/**
 * Says why there is no MongoDB server to run on, in a sentence without its end; nothing when there is one or it can be made.
 *
 * @param options - `ownServer`: it has to be one that is started here, so that it can be killed.
 */
export async function whyNoMongo({ ownServer = false } = {}): Promise<string | undefined> {
  if (process.env.HOLDFAST_MONGO_URL && !ownServer) return undefined;
  const missing = await whyNoProgram();
  if (missing === undefined) return undefined;
  return ownServer ? `no MongoDB that can be killed: ${missing}` : noMongo(missing);
}

/** Says that there is no MongoDB server to run on, and what to do about it. */
export function noMongo(missing: string): string {
  return `no MongoDB: HOLDFAST_MONGO_URL is not set, and ${missing}`;
}
