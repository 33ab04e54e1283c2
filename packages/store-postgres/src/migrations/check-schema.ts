import { Refused } from '../sessions/refused.ts';
import { sqlState } from '../sessions/session-error.ts';
import type { SqlRow, SqlSession } from '../sessions/sql-session.ts';
import { migrations } from './index.ts';

/** Makes a check that a schema is one that this code knows; once it was, nobody asks again. */
export function schemaCheck(schema: string, quoted: string): (session: SqlSession) => Promise<void> {
  let fine = false;
  return async (session) => {
    if (fine) return;
    const rows = await readSteps(session, schema, quoted);
    const tooNew = rows.find((row) => Number(row.number) > migrations.length && row.breaking === 'true');
    if (tooNew) {
      const message = `schema ${schema} has the step ${tooNew.name}, which this version does not know: update the package`;
      throw new Refused('schema_too_new', message, { retryable: false });
    }
    const done = new Set(rows.map((row) => Number(row.number)));
    const missing = migrations.find(({ number }) => !done.has(number));
    if (missing) throw lacking(schema, missing.name);
    fine = true;
  };
}

async function readSteps(session: SqlSession, schema: string, quoted: string): Promise<readonly SqlRow[]> {
  try {
    const { rows } = await session.run({
      text: `select number::text, name, breaking::text from ${quoted}.migration order by migration.number`,
    });
    return rows;
  } catch (error) {
    const state = sqlState(error);
    if (state === '3F000' || state === '42P01') throw lacking(schema, migrations[0]?.name ?? '');
    throw error;
  }
}

function lacking(schema: string, step: string): Refused {
  const message = `schema ${schema} lacks the step ${step}: run the migrations (holdfast-postgres migrate, or migrate())`;
  return new Refused('schema_missing', message, { retryable: false });
}
