import { Defect, type Store, show } from '@holdfast/kernel';
import { schemaCheck } from './migrations/check-schema.ts';
import { projections } from './reads/projections.ts';
import { reads } from './reads/reads.ts';
import { joinedRounds } from './rounds/joined-rounds.ts';
import { runLocked } from './rounds/locked.ts';
import { freeRounds } from './rounds/rounds.ts';
import { inSavepoint } from './rounds/savepoint.ts';
import { roundStatements } from './rounds/statements.ts';
import type { StoreContext } from './rounds/store-context.ts';
import { takeLock } from './rounds/take-lock.ts';
import { type HostClient, sessionOf } from './sessions/session-of.ts';
import { type DatabaseClient, sourceOf } from './sessions/source-of.ts';
import { bookLocks } from './sql/lock-key.ts';
import { quoteSchema } from './sql/schema-name.ts';
import { tasks } from './tasks/tasks.ts';

/** How {@link createPostgresStore} works. */
export interface PostgresStoreOptions {
  /** A `Pool` of `pg`, or a PGlite. It stays the host's: the store never ends it. */
  readonly client: DatabaseClient;
  /** The schema that {@link migrate} filled: a lower-case letter, then at most 47 of a–z, 0–9 and `_`. `holdfast` where absent. */
  readonly schema?: string;
  /** Milliseconds to wait for a book's lock, 5,000 where absent. */
  readonly lockTimeoutMs?: number;
  /** Milliseconds to wait for an answer before the connection is given up, 30,000 where absent. What was sent may still happen. */
  readonly statementTimeoutMs?: number;
  /** Milliseconds to wait for a connection, 10,000 where absent. */
  readonly connectTimeoutMs?: number;
  /** Whether the server keeps plans under names, which is faster. False behind a pooler that lends connections by transaction. */
  readonly namedStatements?: boolean;
}

/**
 * Makes a store on Postgres or PGlite. Nothing is asked of the database before the first call; a schema that is missing, or newer than
 * this code knows, is a fault of that call.
 *
 * Every call answers with a fault rather than throw: whatever happens to the database, its `effect` says what may have been done.
 *
 * @throws A defect when an option is none: a schema's name, a timeout, a client.
 */
export function createPostgresStore(given: PostgresStoreOptions): Store<HostClient> {
  // Own properties alone: what a polluted prototype offers is no option.
  const options: PostgresStoreOptions = Object.assign(Object.create(null), given);
  const { schema = 'holdfast', namedStatements = true } = options;
  const lockTimeoutMs = timeout('lockTimeoutMs', options.lockTimeoutMs ?? 5_000);
  const answerTimeoutMs = timeout('statementTimeoutMs', options.statementTimeoutMs ?? 30_000);
  const connectTimeoutMs = timeout('connectTimeoutMs', options.connectTimeoutMs ?? 10_000);
  const quoted = quoteSchema(schema);
  const source = sourceOf(options.client, { connectTimeoutMs, answerTimeoutMs });
  const context: StoreContext = {
    schema: quoted,
    statements: roundStatements({ quoted, named: namedStatements }),
    check: schemaCheck(schema, quoted),
    lockOf: bookLocks(schema),
    lockTimeoutMs,
  };
  return {
    ...freeRounds(source, context),
    ...reads(source, context),
    ...projections(source, context),
    ...tasks(source, context),
    locked: (book, work) => runLocked(source, context, book, work),
    within: (client, book) =>
      joinedRounds(sessionOf(client), context, async (session) => {
        await takeLock(session, { key: context.lockOf(book), timeoutMs: lockTimeoutMs });
        await inSavepoint(session, () => context.check(session));
      }),
    close: () => source.close(),
  };
}

function timeout(name: string, ms: number): number {
  if (Number.isInteger(ms) && ms > 0 && ms <= LONGEST_TIMEOUT_MS) return ms;
  throw new Defect(`${name} is ${show(ms)}; allowed is a whole number of milliseconds from 1 to ${LONGEST_TIMEOUT_MS}`);
}

/** A day: a timer of more than 24 days fires at once. */
const LONGEST_TIMEOUT_MS = 86_400_000;
