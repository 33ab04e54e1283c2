import {
  type AccountRow,
  type AccountText,
  type ClaimRow,
  canonical,
  type Line,
  type RecordRow,
  splitAccountKey,
  type Task,
} from '@holdfast/kernel';

/** The tables whose rows are derived from the units, row by row. */
export type DerivedTable = 'line' | 'account' | 'record' | 'claim';

/** A row of a derived table in one form, whether it was derived or stored. */
export interface DerivedRow {
  /** The account, record or claim. */
  readonly name: string;
  readonly sequence: number;
  /** Position within the unit where there can be several rows of a name; else 0. */
  readonly ordinal: number;
  /** All that the row says. */
  readonly text: string;
}

/** Gets every row that the units leave. */
export type RowSink = (table: DerivedTable, row: DerivedRow) => void;

/** Gives the key of a row, as reports name it. */
export function rowKey(table: DerivedTable, { name, sequence, ordinal }: DerivedRow): string {
  return table === 'line' ? `${name} ${sequence}.${ordinal}` : `${name} ${sequence}`;
}

/** Gives a stored line in the common form. */
export function lineRow({ account, sequence, ordinal, amount, balance }: Line): DerivedRow {
  return { name: account, sequence, ordinal, text: `amount ${amount} balance ${balance}` };
}

/** Gives a stored account row in the common form. */
export function accountRow({ account, sequence, state }: AccountRow): DerivedRow {
  const { currency, floor, breach, closed, frozen, owner, type } = state;
  const text: AccountText = {
    account: `${splitAccountKey(account).name} ${currency.code}`,
    breach,
    closed,
    floor: floor === null ? null : `${floor}`,
    frozen,
    ...(owner === undefined ? {} : { owner }),
    scale: currency.scale,
    type,
  };
  return accountTextRow(text, sequence, account);
}

/** Gives what a unit says of an account in the common form. */
export function accountTextRow(text: AccountText, sequence: number, name: string = text.account): DerivedRow {
  return { name, sequence, ordinal: 0, text: textOf(text) };
}

/** Gives a stored record row in the common form; without its state where nobody can fold it. */
export function recordRow(
  { record, sequence, version, status, state, touches }: RecordRow,
  folded: boolean,
): DerivedRow {
  return {
    name: record,
    sequence,
    ordinal: 0,
    text: recordText({ version, status }, folded ? { state, touches } : undefined),
  };
}

/** Gives all that a record's row says as one text. */
export function recordText(
  { version, status }: { readonly version: number; readonly status: string },
  folded?: { readonly state: string; readonly touches: readonly string[] },
): string {
  const short = `version ${version} status ${status}`;
  return folded ? `${short} state ${folded.state} touches ${folded.touches.join(',')}` : short;
}

/** Gives a stored claim row in the common form. */
export function claimRow({ claim, sequence, holder }: ClaimRow): DerivedRow {
  return { name: claim, sequence, ordinal: 0, text: holder === null ? 'held by nobody' : `held by ${holder}` };
}

/** Gives all that a task says as one text. */
export function taskText({ id, dueAt, record, command }: Task): string {
  return textOf({ id, dueAt, record, command });
}

function textOf(value: unknown): string {
  const text = canonical(value);
  return typeof text === 'string' ? text : `no plain data at ${text.field}: ${text.given}`;
}
