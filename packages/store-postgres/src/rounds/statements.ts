import type { SqlStatement } from '../sessions/sql-session.ts';
import { appendSql } from './append.ts';
import { loadSql } from './load.ts';

/** The statements of rounds, with the names under which the server keeps their plans. */
export interface RoundStatements {
  load(): SqlStatement;
  append(): SqlStatement;
  /** Says how far a book has grown. */
  grownTo(sequence: number): void;
}

/**
 * Makes the statements of rounds.
 *
 * A kept plan is of the tables as they were when it was made: one made for a handful of rows would read whole tables once there are
 * millions, until statistics come. So the names change each time the journal has grown fourfold, and the plans are made anew.
 */
export function roundStatements({
  schema,
  quoted,
  named,
}: {
  readonly schema: string;
  readonly quoted: string;
  readonly named: boolean;
}): RoundStatements {
  const load = loadSql(quoted);
  const append = appendSql(quoted);
  let stage = 0;
  const statement = (text: string, name: string): SqlStatement =>
    named ? { text, name: `${schema}_${name}_${stage}` } : { text };
  return {
    load: () => statement(load, 'load'),
    append: () => statement(append, 'append'),
    grownTo(sequence) {
      while (sequence >= 256 * 4 ** stage) stage++;
    },
  };
}
