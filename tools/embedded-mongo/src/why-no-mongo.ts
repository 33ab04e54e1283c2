import { findPython } from './find-python.ts';

/** Says why there is no MongoDB server to run on, in a sentence without its end; nothing when there is one or it can be made. */
export async function whyNoMongo(): Promise<string | undefined> {
  if (process.env.HOLDFAST_MONGO_URL) return undefined;
  const found = await findPython();
  return 'missing' in found ? noMongo(found.missing) : undefined;
}

/** Says that there is no MongoDB server to run on, and what to do about it. */
export function noMongo(missing: string): string {
  return `no MongoDB: HOLDFAST_MONGO_URL is not set, and ${missing}`;
}
