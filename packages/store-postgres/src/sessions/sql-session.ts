/** A row as every driver gives it, since each selected column is cast to text. */
export interface SqlRow {
  readonly [column: string]: string | null;
}

/** What a statement answered. */
export interface SqlAnswer {
  readonly rows: readonly SqlRow[];
  /** The tag of the command, where the driver tells it: `COMMIT`, `ROLLBACK`, `SELECT` … */
  readonly command?: string;
}

/** A statement as every driver takes it. */
export interface SqlStatement {
  readonly text: string;
  readonly values?: readonly (string | null)[];
  /** Under which name the server may keep its plan; one name, one text. */
  readonly name?: string;
}

/** One session of the database: statements run in it one after the other. */
export interface SqlSession {
  run(statement: SqlStatement): Promise<SqlAnswer>;
}

/** Where sessions come from. */
export interface SqlSource extends SqlSession {
  /** Runs statements in one read committed transaction; rolls back when the work throws. */
  transaction<T>(work: (session: SqlSession) => Promise<T>): Promise<T>;
  /** Lets go of what the source itself holds on to; the pool or database stays open, since it is the host's. */
  close(): Promise<void>;
}
