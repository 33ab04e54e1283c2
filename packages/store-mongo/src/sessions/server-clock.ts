import type { Db } from 'mongodb';
import { CorruptDocument } from '../documents/corrupt-document.ts';
import { inTime } from './in-time.ts';

/** Asks the server what its clock shows. */
export async function serverClock(db: Db, answerTimeoutMs: number): Promise<Date> {
  const { localTime } = await inTime(db.command({ hello: 1 }), answerTimeoutMs);
  return instantOf(localTime);
}

/** Lets an instant of a server through. */
export function instantOf(clock: unknown): Date {
  if (clock instanceof Date) return clock;
  throw new CorruptDocument('the server does not say what its clock shows');
}
