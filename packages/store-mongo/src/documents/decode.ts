import {
  type AccountRow,
  type AccountSeen,
  type ClaimRow,
  genesis,
  type Head,
  type Json,
  type Line,
  type RecordRow,
  type StoredUnit,
  type Task,
  type TextRow,
} from '@holdfast/kernel';
import { decodeAccountState } from './account-state.ts';
import { CorruptDocument } from './corrupt-document.ts';
import { type Fields, fieldsOf, integerOf, minorOf, shown, textOf, textOrNull } from './fields.ts';

/** Reads a head or a batch; genesis where there is none. */
export function decodeHead(document: Fields | null | undefined): Head {
  if (!document) return genesis;
  const digest = textOf(document.digest, 'the digest of the head');
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new CorruptDocument('the digest of the head is no digest');
  return {
    number: integerOf(document.number, 'the number of the head'),
    sequence: integerOf(document.sequence, 'the sequence of the head'),
    digest,
    at: textOf(document.at, 'the instant of the head'),
    // Documents have the fields that they were written with: before format 2 there were none of these.
    closedBefore: textOf(document.closedBefore ?? genesis.closedBefore, 'the closed period of the head'),
    epoch: integerOf(document.epoch ?? genesis.epoch, 'the epoch of the head'),
    format: integerOf(document.format, 'the format of the head'),
  };
}

/** Reads a unit, without its rows. */
export function decodeUnit(document: Fields): StoredUnit {
  return {
    sequence: integerOf(document.sequence, 'the sequence of a unit'),
    key: textOf(document.key, 'the key of a unit'),
    digest: textOf(document.digest, 'the digest of a unit'),
    bytes: textOf(document.bytes, 'the text of a unit'),
  };
}

/** Reads a line: its own fields, and those of the unit or account that has it. */
export function decodeLine(account: unknown, sequence: unknown, fields: Fields): Line {
  const name = textOf(account, 'the account of a line');
  return {
    account: name,
    sequence: integerOf(sequence, `the sequence of a line of ${name}`),
    ordinal: integerOf(fields.ordinal, `the ordinal of a line of ${name}`),
    amount: minorOf(fields.amount, `the amount of a line of ${name}`),
    balance: minorOf(fields.balance, `the balance of a line of ${name}`),
  };
}

/** Reads how an account stands since a sequence. */
export function decodeAccountRow(account: unknown, sequence: unknown, fields: Fields): AccountRow {
  const name = textOf(account, 'the name of an account');
  return {
    account: name,
    sequence: integerOf(sequence, `the sequence of ${name}`),
    state: decodeAccountState(name, fields),
  };
}

/** Reads an account as it stands. */
export function decodeAccount(document: Fields): AccountSeen & { readonly account: string } {
  const { account, state } = decodeAccountRow(
    document.account,
    0,
    fieldsOf(document.standing, 'how an account stands'),
  );
  const line = document.line === undefined ? undefined : fieldsOf(document.line, `the newest line of ${account}`);
  return { account, state, balance: line ? minorOf(line.balance, `the balance of ${account}`) : 0n };
}

/** Reads how a record stands since a sequence. */
export function decodeRecord(sequence: unknown, fields: Fields): RecordRow {
  const record = textOf(fields.record, 'the name of a record');
  if (!Array.isArray(fields.touches))
    throw new CorruptDocument(`what ${record.slice(0, 64)} touches is ${shown(fields.touches)}`);
  return {
    record,
    sequence: integerOf(sequence, `the sequence of ${record}`),
    version: integerOf(fields.version, `the version of ${record}`),
    status: textOf(fields.status, `the status of ${record}`),
    state: textOf(fields.state, `the state of ${record}`),
    touches: fields.touches.map((account) => textOf(account, `what ${record} touches`)),
  };
}

/** Reads who holds a claim since a sequence. */
export function decodeClaim(sequence: unknown, fields: Fields): ClaimRow {
  const claim = textOf(fields.claim, 'the name of a claim');
  return {
    claim,
    sequence: integerOf(sequence, `the sequence of claim ${claim}`),
    holder: textOrNull(fields.holder, `the holder of claim ${claim}`),
  };
}

/** Reads a task. */
export function decodeTask(document: Fields): Task {
  const id = textOf(document.id, 'the id of a task');
  return {
    id,
    dueAt: textOf(document.dueAt, `the instant of task ${id}`),
    record: textOf(document.record, `the record of task ${id}`),
    command: commandOf(id, textOf(document.command, `the command of task ${id}`)),
  };
}

/** Reads a free text. */
export function decodeText(document: Fields): TextRow {
  return {
    hash: textOf(document.hash, 'the hash of a text'),
    salt: textOf(document.salt, 'the salt of a text'),
    text: textOf(document.text, 'a text'),
    sequence: integerOf(document.sequence, 'the sequence of a text'),
  };
}

function commandOf(id: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new CorruptDocument(`the command of task ${id} is no JSON`);
  }
}
