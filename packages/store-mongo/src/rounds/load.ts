import { type AccountSeen, instantAt, type Needs, type RecordRow, type Snapshot } from '@holdfast/kernel';
import type { ClientSession } from 'mongodb';
import { decodeAccount, decodeClaim, decodeHead, decodeRecord, decodeUnit } from '../documents/decode.ts';
import { bookName, idOf, textGiven } from '../documents/ids.ts';
import { inTime } from '../sessions/in-time.ts';
import { instantOf, serverClock } from '../sessions/server-clock.ts';
import type { StoreContext } from './store-context.ts';

/** Loads what a round needs, in the session's transaction: all of one moment. What is not asked for is not looked for. */
export async function runLoad(
  context: StoreContext,
  session: ClientSession,
  book: string,
  needs: Needs,
): Promise<Snapshot> {
  const { collections, answerTimeoutMs } = context;
  const read = <T>(reading: Promise<T>) => inTime(reading, answerTimeoutMs);
  const ids = (names: readonly string[]) => ({ _id: { $in: names.map((name) => idOf(book, name)) } });
  const { head, now } = await readHeadAndClock(context, session, book);
  const units = new Map<string, ReturnType<typeof decodeUnit>>();
  if (needs.keys.length > 0) {
    const keys = needs.keys.map((key) => textGiven(key, 'a key'));
    const found = collections.unit.find({ book: { $eq: book }, key: { $in: keys } }, { session, projection: UNIT });
    for (const unit of await read(found.toArray())) units.set(unit.key, decodeUnit({ ...unit }));
  }
  const records = new Map<string, RecordRow>();
  if (needs.records.length > 0) {
    const found = await read(collections.record.find(ids(needs.records), { session }).toArray());
    for (const document of found) records.set(document.record, decodeRecord(document.sequence, { ...document }));
  }
  const claims = new Map<string, string>();
  if (needs.claims.length > 0) {
    const found = await read(collections.claim.find(ids(needs.claims), { session }).toArray());
    for (const document of found) {
      const { claim, holder } = decodeClaim(document.sequence, { ...document });
      if (holder !== null) claims.set(claim, holder);
    }
  }
  const accounts = new Map<string, AccountSeen>();
  const names = new Set([...needs.accounts, ...[...records.values()].flatMap(({ touches }) => touches)]);
  if (names.size > 0) {
    const found = await read(collections.account.find(ids([...names]), { session }).toArray());
    for (const document of found) {
      const { account, state, balance } = decodeAccount({ ...document });
      accounts.set(account, { state, balance });
    }
  }
  return { head, now, units, accounts, records, claims };
}

/** Reads the head, and the server's clock along with it. A book without a head is asked about the clock alone. */
async function readHeadAndClock(
  { collections, answerTimeoutMs }: StoreContext,
  session: ClientSession,
  book: string,
): Promise<Pick<Snapshot, 'head' | 'now'>> {
  const pipeline = [{ $match: { _id: { $eq: bookName(book) } } }, { $addFields: { now: '$$NOW' } }];
  const [document] = await inTime(collections.head.aggregate(pipeline, { session }).toArray(), answerTimeoutMs);
  const now = document ? instantOf(document.now) : await serverClock(collections.db, answerTimeoutMs);
  return { head: decodeHead(document), now: instantAt(now.getTime()) };
}

/** A unit without its rows. */
const UNIT = { _id: 0, sequence: 1, key: 1, digest: 1, bytes: 1 } as const;
