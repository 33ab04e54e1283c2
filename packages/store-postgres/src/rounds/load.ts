import {
  type AccountSeen,
  genesis,
  type Head,
  instantAt,
  type Needs,
  type RecordRow,
  type Snapshot,
  type StoredUnit,
} from '@holdfast/kernel';
import type { SqlRow, SqlSession } from '../sessions/sql-session.ts';
import { decodeAccountState } from '../sql/account-state.ts';
import { CorruptRow, integerOf, minorOf, textOf } from '../sql/decode-row.ts';
import { columnOf, joinLines, splitLines } from '../sql/lines-of-text.ts';

/** Gives the one statement that loads a round: one statement is one moment, without a lock. */
export function loadSql(schema: string): string {
  return `with changed as materialized (
  select r.* from unnest(${columnOf('$4')}) as asked(name) cross join lateral (
    select record, sequence, version, status, state, touches from ${schema}.record
    where book = $1 and record = asked.name order by sequence desc limit 1) r
), touched as (
  select unnest(${columnOf('$3')}) as name union select unnest(touches) from changed
)
select head.number::text, head.sequence::text, head.digest, head.at, head.closed_before, head.epoch::text, head.format::text,
  floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as now,
  (select string_agg(concat_ws(E'\\n', u.sequence, u.key, u.digest, u.bytes), E'\\n')
    from unnest(${columnOf('$2')}) as asked(name) cross join lateral (
      select sequence, key, digest, bytes from ${schema}.unit
      where book = $1 and key_hash = substring(sha256(convert_to(asked.name, 'UTF8')) from 1 for 16) limit 1) u) as units,
  (select string_agg(concat_ws(E'\\n', touched.name, coalesce(l.balance, 0), a.state), E'\\n')
    from touched cross join lateral (
      select state from ${schema}.account where book = $1 and account = touched.name order by sequence desc limit 1) a
    left join lateral (
      select balance from ${schema}.line where book = $1 and account = touched.name
      order by sequence desc, ordinal desc limit 1) l on true) as accounts,
  (select string_agg(concat_ws(E'\\n', record, sequence, version, status, array_to_string(touches, ','), state), E'\\n')
    from changed) as records,
  (select string_agg(concat_ws(E'\\n', asked.name, c.holder), E'\\n')
    from unnest(${columnOf('$5')}) as asked(name) cross join lateral (
      select holder from ${schema}.claim where book = $1 and claim = asked.name order by sequence desc limit 1) c
    where c.holder is not null) as claims
from (values (1)) as always(one) left join lateral (
  select number, sequence, digest, at, closed_before, epoch, format from ${schema}.batch where book = $1 order by number desc limit 1) head on true`;
}

/** Loads what a round needs, on a session. */
export async function runLoad(
  session: SqlSession,
  { text, name }: { readonly text: string; readonly name?: string },
  book: string,
  needs: Needs,
): Promise<Snapshot> {
  const values = [
    book,
    joinLines(needs.keys),
    joinLines(needs.accounts),
    joinLines(needs.records),
    joinLines(needs.claims),
  ];
  const { rows } = await session.run({ text, values, ...(name === undefined ? {} : { name }) });
  const [row] = rows;
  if (!row) throw new CorruptRow('the load answered nothing');
  return {
    head: headOf(row),
    now: instantAt(integerOf(row.now, "the database's clock")),
    units: unitsOf(row.units),
    accounts: accountsOf(row.accounts),
    records: recordsOf(row.records),
    claims: claimsOf(row.claims),
  };
}

/** Reads a head; genesis where there is none. */
export function headOf(row: SqlRow): Head {
  if (row.number === null) return genesis;
  const digest = textOf(row.digest, 'the digest of the head');
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new CorruptRow('the digest of the head is no digest');
  return {
    number: integerOf(row.number, 'the number of the head'),
    sequence: integerOf(row.sequence, 'the sequence of the head'),
    digest,
    at: textOf(row.at, 'the instant of the head'),
    closedBefore: textOf(row.closed_before, 'the closed period of the head'),
    epoch: integerOf(row.epoch, 'the epoch of the head'),
    format: integerOf(row.format, 'the format of the head'),
  };
}

function unitsOf(text: string | null | undefined): ReadonlyMap<string, StoredUnit> {
  const units = new Map<string, StoredUnit>();
  eachRow(text, 4, 'units', ([sequence, key, digest, bytes]: readonly [string, string, string, string]) => {
    units.set(key, { sequence: integerOf(sequence, 'the sequence of a unit'), key, digest, bytes });
  });
  return units;
}

function accountsOf(text: string | null | undefined): ReadonlyMap<string, AccountSeen> {
  const accounts = new Map<string, AccountSeen>();
  eachRow(text, 3, 'accounts', ([account, balance, state]: readonly [string, string, string]) => {
    accounts.set(account, {
      state: decodeAccountState(account, state),
      balance: minorOf(balance, 'the balance of an account'),
    });
  });
  return accounts;
}

function recordsOf(text: string | null | undefined): ReadonlyMap<string, RecordRow> {
  const records = new Map<string, RecordRow>();
  eachRow(
    text,
    6,
    'records',
    ([record, sequence, version, status, touches, state]: readonly [
      string,
      string,
      string,
      string,
      string,
      string,
    ]) => {
      records.set(record, {
        record,
        sequence: integerOf(sequence, 'the sequence of a record'),
        version: integerOf(version, 'the version of a record'),
        status,
        state,
        touches: touches === '' ? [] : touches.split(','),
      });
    },
  );
  return records;
}

function claimsOf(text: string | null | undefined): ReadonlyMap<string, string> {
  const claims = new Map<string, string>();
  eachRow(text, 2, 'claims', ([claim, holder]: readonly [string, string]) => claims.set(claim, holder));
  return claims;
}

/** Visits rows of so many fields each; a text that does not come out even was tampered with. */
function eachRow<Row extends readonly string[]>(
  text: string | null | undefined,
  size: Row['length'],
  what: string,
  visit: (row: Row) => void,
): void {
  const fields = splitLines(text);
  if (fields.length % size !== 0) throw new CorruptRow(`the ${what} that were loaded hold a line feed`);
  for (let start = 0; start < fields.length; start += size) visit(fields.slice(start, start + size) as unknown as Row);
}
