import { isBroken, NoAnswer, NotConnected, RolledBack } from './session-error.ts';
import type { SqlAnswer, SqlSession, SqlSource, SqlStatement } from './sql-session.ts';

/** What is used of a client of `pg`. */
export interface PgClient {
  /** Runs one statement. */
  query(query: { readonly text: string; readonly values?: unknown[]; readonly name?: string }): Promise<{
    readonly rows: unknown[];
    readonly command: string;
  }>;
}

/** What is used of a client that a pool of `pg` lends. */
export interface PgPoolClient extends PgClient {
  /** Gives the client back; a broken one is destroyed. */
  release(broken?: boolean): void;
  /** Listens to errors of the connection between statements. */
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** Listens no more. */
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
}

/** What is used of a `Pool` of `pg`. */
export interface PgPool {
  /** Lends a client. */
  connect(): Promise<PgPoolClient>;
  /** Listens to errors of the connection between statements. */
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** Listens to new connections, before anybody gets them. */
  on(event: 'connect', listener: (client: PgPoolClient) => void): unknown;
  /** Listens no more. */
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
  /** Listens no more. */
  removeListener(event: 'connect', listener: (client: PgPoolClient) => void): unknown;
}

/** How long a source waits. */
export interface Patience {
  /** Milliseconds to wait for a connection. */
  readonly connectTimeoutMs: number;
  /** Milliseconds to wait for an answer; a connection that gives none is destroyed. */
  readonly answerTimeoutMs: number;
}

/**
 * Makes a source of a `pg` pool.
 *
 * A client that met trouble beyond an error of the statement is destroyed, never given back.
 */
export function fromPool(pool: PgPool, patience: Patience): SqlSource {
  pool.on('error', ignore);
  // A server that ends a connection in the same breath in which it greets it would find nobody listening.
  pool.on('connect', listenForGood);
  return {
    run: (statement) => borrow(pool, patience, (session) => session.run(statement)),
    transaction: (work) => borrow(pool, patience, (session) => inTransaction(session, work)),
    async close() {
      pool.removeListener('error', ignore);
      pool.removeListener('connect', listenForGood);
    },
  };
}

async function borrow<T>(pool: PgPool, patience: Patience, work: (session: SqlSession) => Promise<T>): Promise<T> {
  const client = await connect(pool, patience.connectTimeoutMs);
  let broken = false;
  client.on('error', ignore);
  const run = async (statement: SqlStatement): Promise<SqlAnswer> => {
    try {
      return await answer(client, statement, patience.answerTimeoutMs);
    } catch (error) {
      broken ||= isBroken(error);
      throw error;
    }
  };
  try {
    return await work({ run });
  } catch (error) {
    broken ||= error instanceof RollbackFailed;
    throw error instanceof RollbackFailed ? error.cause : error;
  } finally {
    client.release(broken);
    client.removeListener('error', ignore);
    if (broken) client.on('error', ignore);
  }
}

/** Waits for a client; one that comes too late goes straight back. */
function connect(pool: PgPool, timeoutMs: number): Promise<PgPoolClient> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new NotConnected(`no connection within ${timeoutMs} ms`));
    }, timeoutMs);
    pool.connect().then(
      (client) => {
        clearTimeout(timer);
        if (late) client.release();
        else resolve(client);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(new NotConnected(error instanceof Error ? error.message : String(error), { cause: error }));
      },
    );
  });
}

function answer(client: PgClient, statement: SqlStatement, timeoutMs: number): Promise<SqlAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer(`no answer within ${timeoutMs} ms`)), timeoutMs);
    runOn(client, statement).then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** Runs a statement on a client of `pg`. */
export async function runOn(client: PgClient, { text, values, name }: SqlStatement): Promise<SqlAnswer> {
  const query: { text: string; values?: unknown[]; name?: string } = { text };
  if (values) query.values = values as unknown[];
  if (name !== undefined) query.name = name;
  const { rows, command } = await client.query(query);
  return { rows: rows as SqlAnswer['rows'], command };
}

async function inTransaction<T>(session: SqlSession, work: (session: SqlSession) => Promise<T>): Promise<T> {
  await session.run({ text: 'begin isolation level read committed read write' });
  let result: T;
  try {
    result = await work(session);
  } catch (error) {
    await session.run({ text: 'rollback' }).catch(() => {
      throw new RollbackFailed('the transaction could not be rolled back', { cause: error });
    });
    throw error;
  }
  const { command } = await session.run({ text: 'commit' });
  if (command !== 'COMMIT') throw new RolledBack('the database rolled back where it was asked to commit');
  return result;
}

class RollbackFailed extends Error {}

function listenForGood(client: PgPoolClient): void {
  client.on('error', ignoreForGood);
}

function ignore(): void {}

/** Not the same as {@link ignore}, which goes when a client is given back. */
function ignoreForGood(): void {}
