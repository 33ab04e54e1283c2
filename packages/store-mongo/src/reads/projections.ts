import { isDeepStrictEqual } from 'node:util';
import {
  type AccountRow,
  type ClaimRow,
  genesis,
  type Head,
  type Line,
  type Projections,
  type RecordRow,
} from '@holdfast/kernel';
import {
  decodeAccountRow,
  decodeClaim,
  decodeHead,
  decodeLine,
  decodeRecord,
  decodeTask,
} from '../documents/decode.ts';
import { type Fields, fieldsOf } from '../documents/fields.ts';
import { bookName } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { mapFault } from '../sessions/map-fault.ts';
import { heldAgainstCurrent } from './held-against-current.ts';
import { StoreTrouble } from './store-trouble.ts';
import { streamCursor } from './stream-cursor.ts';
import { placesBetween, readBound, streamCurrent, streamHistory, streamUnits } from './stream-documents.ts';

/**
 * Makes the projections of a store. What a unit has of lines, accounts, records and claims is streamed from the units; and the newest of each
 * name has to be the same in the document that rounds read, so that whoever verifies the book verifies both.
 */
export function projections(context: StoreContext): Projections {
  const { account, record, claim, task } = context.collections;
  /** Streams one kind of rows from the units, held against the documents that rounds read. */
  const rowsOf = <Row extends { readonly sequence: number }>(kind: RowKind<Row>) =>
    async function* (book: string): AsyncGenerator<Row> {
      const { units: until } = await readBound(context, book);
      yield* heldAgainstCurrent({
        what: kind.what,
        nameOf: kind.nameOf,
        until,
        newest: async () => (await readBound(context, book)).units,
        history: streamHistory(context, { book, until, list: kind.list, by: kind.by, decode: kind.decode }),
        current: streamCurrent(context.answerTimeoutMs, kind.from, book, kind.current),
      });
    };
  const lines = rowsOf<Line>({
    what: 'line',
    list: 'lines',
    by: ['account', 'ordinal'],
    nameOf: (line) => line.account,
    decode: (sequence, line) => decodeLine(line.account, sequence, line),
    from: account,
    current: ({ account: name, line }) =>
      line === undefined ? undefined : decodeLine(name, fieldsOf(line, 'a line').sequence, fieldsOf(line, 'a line')),
  });
  const accounts = rowsOf<AccountRow>({
    what: 'standing',
    list: 'accounts',
    by: ['account'],
    nameOf: (row) => row.account,
    decode: (sequence, row) => decodeAccountRow(row.account, sequence, row),
    from: account,
    current({ account: name, standing }) {
      if (standing === undefined) return undefined;
      const fields = fieldsOf(standing, 'how an account stands');
      return decodeAccountRow(name, fields.sequence, fields);
    },
  });
  const records = rowsOf<RecordRow>({
    what: 'state',
    list: 'records',
    by: ['record'],
    nameOf: (row) => row.record,
    decode: decodeRecord,
    from: record,
    current: (document) => decodeRecord(document.sequence, document),
  });
  const claims = rowsOf<ClaimRow>({
    what: 'holder',
    list: 'claims',
    by: ['claim'],
    nameOf: (row) => row.claim,
    decode: decodeClaim,
    from: claim,
    current: (document) => decodeClaim(document.sequence, document),
  });
  const streamed = <Row>(stream: (book: string) => AsyncGenerator<Row>) => checked(context, stream);
  return {
    projectLines: streamed(lines),
    projectAccounts: streamed(accounts),
    projectRecords: streamed(records),
    projectClaims: streamed(claims),
    projectTasks: streamed((book) => streamCurrent(context.answerTimeoutMs, task, book, decodeTask)),
    projectUnits: streamed((book) => streamUnits(context, book)),
    projectBatches: streamed((book) => streamBatches(context, book)),
  };
}

/** One kind of rows: in units, and where its newest ones are read by rounds. */
interface RowKind<Row> {
  readonly what: string;
  readonly list: 'lines' | 'accounts' | 'records' | 'claims';
  /** The fields by which rows are in order, the sequence after the first. */
  readonly by: readonly [name: string, ...rest: readonly string[]];
  nameOf(row: Row): string;
  decode(sequence: unknown, fields: Fields): Row;
  readonly from: Parameters<typeof streamCurrent>[1];
  current(document: Fields): Row | undefined;
}

/** Streams the batches. The head that rounds read is the newest of them; where it is not, it comes along, out of order, for the verifier to name. */
async function* streamBatches(context: StoreContext, book: string): AsyncGenerator<Head> {
  const { head, batches } = await readBound(context, book);
  let newest = genesis;
  const found = context.collections.batch.find({ _id: placesBetween(book, 0, batches) }, { sort: { _id: 1 } });
  for await (const document of streamCursor(found, context.answerTimeoutMs)) {
    newest = decodeHead({ ...document });
    yield newest;
  }
  if (isDeepStrictEqual(newest, head)) return;
  // Once could be taken for the batch that is missing.
  yield head;
  yield head;
}

/** Checks the server and the book's name first, and gives every trouble as one that carries its fault. */
function checked<Row>(
  context: StoreContext,
  stream: (book: string) => AsyncGenerator<Row>,
): (book: string) => AsyncGenerator<Row> {
  return async function* (book) {
    try {
      await context.check();
      yield* stream(bookName(book));
    } catch (error) {
      throw new StoreTrouble(mapFault(error, 'none'), `while the rows of ${book} were read`);
    }
  };
}
