import type { SqlSession } from '../sessions/sql-session.ts';
import type { RoundStatements } from './statements.ts';

/** What every operation of a store shares. */
export interface StoreContext {
  /** Quoted, ready to stand in a statement. */
  readonly schema: string;
  readonly statements: RoundStatements;
  /** Finds out once that the schema is one that this code knows. */
  check(session: SqlSession): Promise<void>;
  /** Gives the number under which a book is locked. */
  lockOf(book: string): string;
  /** Milliseconds to wait for a book's lock. */
  readonly lockTimeoutMs: number;
}
