import type { Reads } from '@holdfast/kernel';
import { headOf } from '../rounds/load.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { guarded } from '../sessions/map-fault.ts';
import type { SqlRow, SqlSource } from '../sessions/sql-session.ts';
import { integerOf, textOf } from '../sql/decode-row.ts';
import { columnOf, joinLines } from '../sql/lines-of-text.ts';
import { decodeRecordRow, decodeUnitRow, HEAD_COLUMNS, RECORD_COLUMNS, UNIT_COLUMNS } from './decode.ts';
import { listSql, pageOf, rowsOf, sequenceOf } from './page.ts';
import { readAccounts } from './read-accounts.ts';
import { readLines } from './read-lines.ts';

/** Makes the reads of a store: each is one statement, so all that it answers is of one moment. */
export function reads(source: SqlSource, context: StoreContext): Reads {
  const { schema, check } = context;
  const reading = <T>(text: string, values: readonly (string | null)[], decode: (rows: readonly SqlRow[]) => T) =>
    guarded('none', async () => {
      await check(source);
      const { rows } = await source.run({ text, values });
      return decode(rows);
    });
  const head = `select ${HEAD_COLUMNS} from ${schema}.batch where book = $1 order by batch.number desc limit 1`;

  return {
    readHead: (book) => reading(head, [book], ([row]) => headOf(row ?? { number: null })),
    readRecord: (book, record, at = {}) =>
      reading(
        listSql(
          schema,
          `select record as found, ${RECORD_COLUMNS} from ${schema}.record where book = $1 and record = $2
           and sequence <= coalesce($3::text::bigint, 9223372036854775807) order by record.sequence desc limit 1`,
        ),
        [book, record, at.asOf === undefined ? null : `${at.asOf}`],
        (rows) => ({ row: rowsOf(rows).map(decodeRecordRow)[0], sequence: sequenceOf(rows) }),
      ),
    readRecords(book, { kind, status, limit, after = '' }) {
      const from = `${kind}/`;
      const values = [book, after > from ? after : from, `${kind}0`, `${limit + 1}`];
      return reading(
        listSql(schema, status === undefined ? newestRecords(schema) : recordsInStatus(schema)),
        status === undefined ? values : [...values, status],
        (rows) => pageOf(rows, { limit, decode: decodeRecordRow, cursor: ({ record }) => record }),
      );
    },
    readAccounts: (book, query) => readAccounts(reading, schema, book, query),
    readLines: (book, query) => readLines(reading, schema, book, query),
    readUnits(book, { after, limit }) {
      const text = `select head.number::text as number, head.sequence::text as heads, head.digest as heads_digest, head.at, head.closed_before, head.epoch::text as epoch, head.format::text as format, list.*
        from (values (1)) as always(one)
        left join lateral (select * from ${schema}.batch where book = $1 order by number desc limit 1) head on true
        left join lateral (select 1 as found, ${UNIT_COLUMNS} from ${schema}.unit where book = $1 and sequence > $2::text::bigint
          order by unit.sequence limit $3::text::bigint) list on true`;
      return reading(text, [book, `${after}`, `${limit}`], (rows) => ({
        units: rowsOf(rows).map(decodeUnitRow),
        head: headOf({
          ...rows[0],
          number: rows[0]?.number ?? null,
          sequence: rows[0]?.heads ?? null,
          digest: rows[0]?.heads_digest ?? null,
        }),
      }));
    },
    readTexts(book, hashes) {
      const text = `select hash, salt, text, sequence::text from ${schema}.text where book = $1 and hash = any(${columnOf('$2')}::text[])`;
      return reading(
        text,
        [book, joinLines(hashes)],
        (rows) => new Map(rows.map((row) => [textOf(row.hash, 'a hash'), textRow(row)])),
      );
    },
    eraseTexts: (book, hashes) =>
      guarded('unknown', async () => {
        await check(source);
        const text = `delete from ${schema}.text where book = $1 and hash = any(${columnOf('$2')}::text[]) returning 1::text as erased`;
        return (await source.run({ text, values: [book, joinLines(hashes)] })).rows.length;
      }),
  };
}

function textRow(row: SqlRow) {
  return {
    hash: textOf(row.hash, 'the hash of a text'),
    salt: textOf(row.salt, 'the salt of a text'),
    text: textOf(row.text, 'a text'),
    sequence: integerOf(row.sequence, 'the sequence of a text'),
  };
}

/** The newest version of each record of a kind. */
function newestRecords(schema: string): string {
  return `select record as found, ${RECORD_COLUMNS} from (
      select distinct on (record) * from ${schema}.record where book = $1 and record > $2 and record < $3
      order by record, sequence desc) newest
    order by newest.record limit $4::text::bigint`;
}

/** The records that are in a status now: those that ever were, by the index, but for those that have gone on. */
function recordsInStatus(schema: string): string {
  return `select record as found, ${RECORD_COLUMNS} from ${schema}.record listed
    where book = $1 and record > $2 and record < $3 and status = $5 and not exists (
      select 1 from ${schema}.record newer
      where newer.book = listed.book and newer.record = listed.record and newer.sequence > listed.sequence)
    order by listed.record limit $4::text::bigint`;
}
