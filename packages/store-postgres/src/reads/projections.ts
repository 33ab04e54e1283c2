import type { AccountRow, ClaimRow, Head, Line, Projections, RecordRow, StoredUnit, Task } from '@holdfast/kernel';
import { headOf } from '../rounds/load.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import type { SqlSource } from '../sessions/sql-session.ts';
import {
  ACCOUNT_COLUMNS,
  CLAIM_COLUMNS,
  decodeAccountRow,
  decodeClaimRow,
  decodeLine,
  decodeRecordRow,
  decodeTask,
  decodeUnitRow,
  HEAD_COLUMNS,
  LINE_COLUMNS,
  RECORD_COLUMNS,
  TASK_COLUMNS,
  UNIT_COLUMNS,
} from './decode.ts';
import { type RowStream, streamRows } from './stream-rows.ts';

/**
 * Makes the projections of a store. Rows are only ever added, so pages up to the newest sequence at the start are one moment, however long
 * the reading takes, and no snapshot has to be held open for it.
 */
export function projections(source: SqlSource, { schema, check }: StoreContext): Projections {
  const stream = <Row>(book: string, { table, ...rest }: Streamed<Row>) =>
    streamRows({ source, check, book, table: `${schema}.${table}`, ...rest });
  return {
    projectLines: (book) => stream(book, LINES),
    projectAccounts: (book) => stream(book, ACCOUNTS),
    projectRecords: (book) => stream(book, RECORDS),
    projectClaims: (book) => stream(book, CLAIMS),
    projectTasks: (book) => stream(book, TASKS),
    projectUnits: (book) => stream(book, UNITS),
    projectBatches: (book) => stream(book, BATCHES),
  };
}

type Streamed<Row> = Omit<RowStream<Row>, 'source' | 'check' | 'book'>;

const LINES: Streamed<Line> = {
  table: 'line',
  columns: LINE_COLUMNS,
  key: ['account', 'sequence', 'ordinal'],
  bound: 'sequence',
  short: true,
  decode: decodeLine,
};
const ACCOUNTS: Streamed<AccountRow> = {
  table: 'account',
  columns: ACCOUNT_COLUMNS,
  key: ['account', 'sequence'],
  bound: 'sequence',
  short: true,
  decode: decodeAccountRow,
};
const RECORDS: Streamed<RecordRow> = {
  table: 'record',
  columns: RECORD_COLUMNS,
  key: ['record', 'sequence'],
  bound: 'sequence',
  short: false,
  decode: decodeRecordRow,
};
const CLAIMS: Streamed<ClaimRow> = {
  table: 'claim',
  columns: CLAIM_COLUMNS,
  key: ['claim', 'sequence'],
  bound: 'sequence',
  short: true,
  decode: decodeClaimRow,
};
const TASKS: Streamed<Task> = {
  table: 'task',
  columns: TASK_COLUMNS,
  key: ['id'],
  bound: undefined,
  short: false,
  decode: decodeTask,
};
const UNITS: Streamed<StoredUnit> = {
  table: 'unit',
  columns: UNIT_COLUMNS,
  key: ['sequence'],
  bound: 'sequence',
  short: false,
  decode: decodeUnitRow,
};
const BATCHES: Streamed<Head> = {
  table: 'batch',
  columns: HEAD_COLUMNS,
  key: ['number'],
  bound: 'number',
  short: true,
  decode: headOf,
};
