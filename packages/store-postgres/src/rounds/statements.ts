import { createHash } from 'node:crypto';
import type { SqlStatement } from '../sessions/sql-session.ts';
import { appendSql } from './append.ts';
import type { AppendPart } from './append-parts.ts';
import { loadSql } from './load.ts';

/** The statements of rounds, with the names under which the server keeps their plans. */
export interface RoundStatements {
  load(): SqlStatement;
  /** Of the tables that a batch touches. */
  append(parts: readonly AppendPart[]): SqlStatement;
  /** Says at which sequence a book was seen. */
  grownTo(sequence: number): void;
  /** Says how many units were appended, whatever their book. */
  grownBy(units: number): void;
}

/**
 * Makes the statements of rounds.
 *
 * A kept plan is of the tables as they were when it was made: one made for a handful of rows would read whole tables once there are
 * millions, until statistics come. So the names change each time the journal has grown fourfold, and the plans are made anew.
 */
export function roundStatements({
  quoted,
  named,
}: {
  readonly quoted: string;
  readonly named: boolean;
}): RoundStatements {
  const load = loadSql(quoted);
  const loadName = nameOf('load', load);
  const appends = new Map<string, { readonly text: string; readonly name: string }>();
  const appendOf = (parts: readonly AppendPart[]): { readonly text: string; readonly name: string } => {
    const key = parts.map(({ name }) => name).join(' ');
    const known = appends.get(key);
    if (known) return known;
    const text = appendSql(quoted, parts);
    const made = { text, name: nameOf('append', text) };
    appends.set(key, made);
    return made;
  };
  let stage = 0;
  let appended = 0;
  const statement = (text: string, name: string): SqlStatement =>
    named ? { text, name: `${name}_${stage}` } : { text };
  const grownTo = (sequence: number): void => {
    while (sequence >= 256 * 4 ** stage) stage++;
  };
  return {
    load: () => statement(load, loadName),
    append(parts) {
      const { text, name } = appendOf(parts);
      return statement(text, name);
    },
    grownTo,
    grownBy(units) {
      appended += units;
      grownTo(appended);
    },
  };
}

/** A name for one text alone: two versions of the package may share a pool. At most 63 bytes, as the database compares no more. */
function nameOf(what: string, text: string): string {
  return `holdfast_${what}_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
