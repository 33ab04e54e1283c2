import {
  type AccountRow,
  type ClaimRow,
  type Head,
  type Line,
  type Projections,
  type RecordRow,
  sameHead,
} from '@holdfast/kernel';
import {
  decodeAccountRow,
  decodeClaim,
  decodeHead,
  decodeLine,
  decodeRecord,
  decodeTask,
  decodeUnit,
} from '../documents/decode.ts';
import { type Fields, fieldsOf } from '../documents/fields.ts';
import { bookName, idOf, idsOf, place } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { mapFault } from '../sessions/map-fault.ts';
import { heldAgainstCurrent } from './held-against-current.ts';
import { StoreTrouble } from './store-trouble.ts';
import { newestUnit, streamCurrent, streamHistory } from './stream-documents.ts';

/**
 * Makes the projections of a store. What a unit has of lines, accounts, records and claims is streamed from the units; and the newest of each
 * name has to be the same in the document that rounds read, so that whoever verifies the book verifies both.
 */
export function projections(context: StoreContext): Projections {
  const { account, record, claim, task, unit } = context.collections;
  /** Streams one kind of rows from the units, held against the documents that rounds read. */
  const rowsOf = <Row extends { readonly sequence: number }>(kind: RowKind<Row>) =>
    async function* (book: string): AsyncGenerator<Row> {
      const until = await newestUnit(context, book);
      yield* heldAgainstCurrent({
        what: kind.what,
        nameOf: kind.nameOf,
        until,
        newest: () => newestUnit(context, book),
        history: streamHistory(context, { book, until, list: kind.list, by: kind.by, decode: kind.decode }),
        current: streamCurrent(kind.from, book, kind.current),
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
    projectTasks: streamed((book) => streamCurrent(task, book, decodeTask)),
    projectUnits: streamed(async function* (book) {
      const until = await newestUnit(context, book);
      const range = { $gt: idOf(book, ''), $lte: idOf(book, place(until)) };
      const options = { projection: { _id: 0, sequence: 1, key: 1, digest: 1, bytes: 1 }, sort: { _id: 1 } as const };
      for await (const document of unit.find({ _id: range }, options)) yield decodeUnit({ ...document });
    }),
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
  readonly from: Parameters<typeof streamCurrent>[0];
  current(document: Fields): Row | undefined;
}

/** Streams the batches. The head that rounds read is the newest of them; where it is not, it comes along, out of order, for the verifier to name. */
async function* streamBatches({ collections: { head, batch } }: StoreContext, book: string): AsyncGenerator<Head> {
  const found = await head.findOne({ _id: { $eq: book } });
  const current = decodeHead(found && { ...found });
  let newest = decodeHead(undefined);
  for await (const document of batch.find({ _id: idsOf(book) }, { sort: { _id: 1 } })) {
    const row = decodeHead({ ...document });
    // What was appended since the head was read.
    if (current.number > 0 && row.number > current.number && newest.number === current.number) break;
    newest = row;
    yield row;
  }
  if (sameHead(newest, current) && newest.sequence === current.sequence) return;
  yield current;
  yield current;
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
