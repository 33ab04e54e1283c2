import type { Changes, Head, Line, Task, TextRow } from '@holdfast/kernel';
import { encodeAccountState } from './account-state.ts';
import type {
  AccountDocument,
  AccountFields,
  BatchDocument,
  ClaimDocument,
  ClaimFields,
  LineFields,
  RecordDocument,
  RecordFields,
  TaskDocument,
  TextDocument,
  UnitDocument,
} from './documents.ts';
import { idOf, place } from './ids.ts';

/** Writes a batch. */
export function batchDocument(book: string, head: Head): BatchDocument {
  return { _id: idOf(book, place(head.number)), book, ...headFields(head) };
}

/** Writes what a head and a batch have in common. */
export function headFields({ number, sequence, digest, at, closedBefore, epoch, format }: Head) {
  return { number, sequence, digest, at, closedBefore, epoch, format };
}

/** Writes the units of a batch, each with its rows. */
export function unitDocuments(book: string, changes: Changes): UnitDocument[] {
  const lines = bySequence(changes.lines, ({ account, ordinal, amount, balance }): LineFields => {
    return { account, ordinal, amount: `${amount}`, balance: `${balance}` };
  });
  const accounts = bySequence(changes.accounts, ({ account, state }): AccountFields => {
    return { account, ...encodeAccountState(state) };
  });
  const records = bySequence(changes.records, ({ record, version, status, state, touches }): RecordFields => {
    return { record, version, status, state, touches };
  });
  const claims = bySequence(changes.claims, ({ claim, holder }): ClaimFields => ({ claim, holder }));
  return changes.units.map(({ sequence, key, digest, bytes }) => ({
    _id: idOf(book, place(sequence)),
    book,
    sequence,
    key,
    digest,
    bytes,
    ...some('lines', lines.get(sequence)),
    ...some('accounts', accounts.get(sequence)),
    ...some('records', records.get(sequence)),
    ...some(
      'revisions',
      records.get(sequence)?.map(({ record, version }) => `${record} ${version}`),
    ),
    ...some('claims', claims.get(sequence)),
  }));
}

/** What a batch leaves of an account: only what it changed is written. */
export type AccountChange = Pick<AccountDocument, '_id' | 'book' | 'account' | 'standing' | 'line'>;

/** Writes how the accounts stand after a batch: the newest of each, since a batch may touch one many times. */
export function accountChanges(book: string, { lines, accounts }: Changes): AccountChange[] {
  const changed = new Map<string, AccountChange>();
  const change = (account: string, fields: Partial<AccountChange>): void => {
    const before = changed.get(account) ?? { _id: idOf(book, account), book, account };
    changed.set(account, { ...before, ...fields });
  };
  for (const { account, sequence, state } of accounts)
    change(account, { standing: { sequence, ...encodeAccountState(state) } });
  const newest = new Map<string, Line>();
  for (const line of lines) newest.set(line.account, line);
  for (const [account, { sequence, ordinal, amount, balance }] of newest)
    change(account, { line: { sequence, ordinal, amount: `${amount}`, balance: `${balance}` } });
  return [...changed.values()];
}

/** Writes how the records stand after a batch. */
export function recordDocuments(book: string, { records }: Changes): RecordDocument[] {
  const newest = new Map(
    records.map(({ record, sequence, version, status, state, touches }) => [
      record,
      { _id: idOf(book, record), book, record, sequence, version, status, state, touches },
    ]),
  );
  return [...newest.values()];
}

/** Writes who holds the claims after a batch. */
export function claimDocuments(book: string, { claims }: Changes): ClaimDocument[] {
  const newest = new Map(
    claims.map(({ claim, sequence, holder }) => [claim, { _id: idOf(book, claim), book, claim, sequence, holder }]),
  );
  return [...newest.values()];
}

/** Writes a task that nobody has yet. */
export function taskDocument(book: string, { id, dueAt, record, command }: Task): TaskDocument {
  const text = JSON.stringify(command);
  return { _id: idOf(book, id), book, id, dueAt, record, command: text, attempts: 0, lease: null, freeAt: null };
}

/** Writes the free texts of a batch, each once. */
export function textDocuments(book: string, texts: readonly TextRow[]): TextDocument[] {
  const newest = new Map(
    texts.map(({ hash, salt, text, sequence }) => [hash, { _id: idOf(book, hash), book, hash, salt, text, sequence }]),
  );
  return [...newest.values()];
}

function bySequence<Row extends { readonly sequence: number }, Fields>(
  rows: readonly Row[],
  encode: (row: Row) => Fields,
): ReadonlyMap<number, readonly Fields[]> {
  const found = new Map<number, Fields[]>();
  for (const row of rows) {
    const list = found.get(row.sequence);
    if (list) list.push(encode(row));
    else found.set(row.sequence, [encode(row)]);
  }
  return found;
}

function some<Name extends string, Rows>(name: Name, rows: Rows | undefined): { readonly [N in Name]?: Rows } {
  return (rows === undefined ? {} : { [name]: rows }) as { readonly [N in Name]?: Rows };
}
