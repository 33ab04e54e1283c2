import type { SqlSession } from '../sessions/sql-session.ts';

/** Runs work in a savepoint; an error undoes the work alone. Outside of a transaction the database refuses the savepoint itself (25P01). */
export async function inSavepoint<T>(session: SqlSession, work: () => Promise<T>): Promise<T> {
  await session.run({ text: 'savepoint holdfast_round' });
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await undo(session);
    throw error;
  }
  await session.run({ text: 'release savepoint holdfast_round' });
  return result;
}

/** Goes back to the savepoint. Where that fails too, the connection is gone, and the first error says more. */
async function undo(session: SqlSession): Promise<void> {
  try {
    await session.run({ text: 'rollback to savepoint holdfast_round' });
    await session.run({ text: 'release savepoint holdfast_round' });
  } catch {
    return;
  }
}
