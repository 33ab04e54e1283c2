import { inTime } from '../sessions/in-time.ts';

/** What is used of a cursor of the driver. */
interface Cursor<Row> {
  next(): Promise<Row | null>;
  close(): Promise<void>;
}

/** Streams what a cursor gives, waiting for each answer but not for ever, and closes it however the reading ends. */
export async function* streamCursor<Row>(cursor: Cursor<Row>, answerTimeoutMs: number): AsyncGenerator<Row> {
  try {
    for (;;) {
      const row = await inTime(cursor.next(), answerTimeoutMs);
      if (row === null) return;
      yield row;
    }
  } finally {
    await inTime(cursor.close(), answerTimeoutMs).catch(() => undefined);
  }
}
