import type { Projections } from '@holdfast/kernel';
import { headOf } from '../rounds/load.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import type { SqlRow, SqlSource } from '../sessions/sql-session.ts';
import {
  ACCOUNT_COLUMNS,
  CLAIM_COLUMNS,
  decodeAccountRow,
  decodeClaimRow,
  decodeLine,
  decodeRecordRow,
  decodeTask,
  decodeUnitRow,
  LINE_COLUMNS,
  RECORD_COLUMNS,
  TASK_COLUMNS,
  UNIT_COLUMNS,
} from './decode.ts';
import { streamRows } from './stream-rows.ts';

/**
 * Makes the projections of a store. Rows are only ever added, so pages up to the newest sequence at the start are one moment, however long
 * the reading takes, and no snapshot has to be held open for it.
 */
export function projections(source: SqlSource, { schema, check }: StoreContext): Projections {
  const stream = <Row>(
    book: string,
    table: string,
    columns: string,
    key: readonly string[],
    bound: string | undefined,
    decode: (row: SqlRow) => Row,
  ) => streamRows({ source, check, book, table: `${schema}.${table}`, columns, key, bound, decode });
  return {
    projectLines: (book) =>
      stream(book, 'line', LINE_COLUMNS, ['account', 'sequence', 'ordinal'], 'sequence', decodeLine),
    projectAccounts: (book) =>
      stream(book, 'account', ACCOUNT_COLUMNS, ['account', 'sequence'], 'sequence', decodeAccountRow),
    projectRecords: (book) =>
      stream(book, 'record', RECORD_COLUMNS, ['record', 'sequence'], 'sequence', decodeRecordRow),
    projectClaims: (book) => stream(book, 'claim', CLAIM_COLUMNS, ['claim', 'sequence'], 'sequence', decodeClaimRow),
    projectTasks: (book) => stream(book, 'task', TASK_COLUMNS, ['id'], undefined, decodeTask),
    projectUnits: (book) => stream(book, 'unit', UNIT_COLUMNS, ['sequence'], 'sequence', decodeUnitRow),
    projectBatches: (book) =>
      stream(book, 'batch', 'number::text, sequence::text, digest, at, format::text', ['number'], 'number', headOf),
  };
}
