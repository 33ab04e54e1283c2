import { ok, type Result } from 'neverthrow';
import type { StoreFault } from '../faults.ts';
import type { Reads } from '../store.ts';
import type { FeedRead } from './book.ts';

/** Reads units after a sequence. With the digest of the last unit seen, it reads that one too, and says `diverged` where it is another. */
export async function readFeed(
  store: Pick<Reads, 'readUnits'>,
  book: string,
  { after, limit, digest }: { readonly after: number; readonly limit: number; readonly digest: string | undefined },
): Promise<Result<FeedRead, StoreFault>> {
  const from = digest === undefined || after === 0 ? after : after - 1;
  const read = await store.readUnits(book, { after: from, limit: limit + after - from });
  return read.andThen(({ units, head }) => {
    if (from === after) return ok({ kind: 'units', units, head } as const);
    if (units[0]?.digest !== digest) return ok({ kind: 'diverged', sequence: after, head } as const);
    return ok({ kind: 'units', units: units.slice(1), head } as const);
  });
}
