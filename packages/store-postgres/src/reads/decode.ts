import type { AccountRow, ClaimRow, Json, Line, RecordRow, StoredUnit, Task } from '@holdfast/kernel';
import type { SqlRow } from '../sessions/sql-session.ts';
import { decodeAccountState } from '../sql/account-state.ts';
import { CorruptRow, integerOf, minorOf, textOf } from '../sql/decode-row.ts';

/** The columns of a batch. */
export const HEAD_COLUMNS = 'number::text, sequence::text, digest, at, closed_before, epoch::text, format::text';
/** The columns of a unit. */
export const UNIT_COLUMNS = 'sequence::text, key, digest, bytes';
/** The columns of a line. */
export const LINE_COLUMNS = 'account, sequence::text, ordinal::text, amount::text, balance::text';
/** The columns of an account's row. */
export const ACCOUNT_COLUMNS = 'account, sequence::text, state';
/** The columns of a record's row. */
export const RECORD_COLUMNS = `record, sequence::text, version::text, status, array_to_string(touches, ',') as touches, state`;
/** The columns of a claim's row. */
export const CLAIM_COLUMNS = 'claim, sequence::text, holder';
/** The columns of a task. */
export const TASK_COLUMNS = 'id, due_at as due, record, command';

/** Reads a unit. */
export function decodeUnitRow(row: SqlRow): StoredUnit {
  return {
    sequence: integerOf(row.sequence, 'the sequence of a unit'),
    key: textOf(row.key, 'the key of a unit'),
    digest: textOf(row.digest, 'the digest of a unit'),
    bytes: textOf(row.bytes, 'the text of a unit'),
  };
}

/** Reads a line. */
export function decodeLine(row: SqlRow): Line {
  return {
    account: textOf(row.account, 'the account of a line'),
    sequence: integerOf(row.sequence, 'the sequence of a line'),
    ordinal: integerOf(row.ordinal, 'the ordinal of a line'),
    amount: minorOf(row.amount, `the amount of a line of ${row.account}`),
    balance: minorOf(row.balance, `the balance of a line of ${row.account}`),
  };
}

/** Reads an account's row. */
export function decodeAccountRow(row: SqlRow): AccountRow {
  const account = textOf(row.account, 'the name of an account');
  return {
    account,
    sequence: integerOf(row.sequence, `the sequence of ${account}`),
    state: decodeAccountState(account, textOf(row.state, `the state of ${account}`)),
  };
}

/** Reads a record's row. */
export function decodeRecordRow(row: SqlRow): RecordRow {
  const record = textOf(row.record, 'the name of a record');
  const touches = textOf(row.touches, `what ${record} touches`);
  return {
    record,
    sequence: integerOf(row.sequence, `the sequence of ${record}`),
    version: integerOf(row.version, `the version of ${record}`),
    status: textOf(row.status, `the status of ${record}`),
    state: textOf(row.state, `the state of ${record}`),
    touches: touches === '' ? [] : touches.split(','),
  };
}

/** Reads a claim's row. */
export function decodeClaimRow(row: SqlRow): ClaimRow {
  const claim = textOf(row.claim, 'the name of a claim');
  return { claim, sequence: integerOf(row.sequence, `the sequence of claim ${claim}`), holder: row.holder ?? null };
}

/** Reads a task. */
export function decodeTask(row: SqlRow): Task {
  const id = textOf(row.id, 'the id of a task');
  return {
    id,
    dueAt: textOf(row.due, `the instant of task ${id}`),
    record: textOf(row.record, `the record of task ${id}`),
    command: commandOf(id, textOf(row.command, `the command of task ${id}`)),
  };
}

function commandOf(id: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new CorruptRow(`the command of task ${id} is no JSON`);
  }
}
