import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** Gives the connection string of the Postgres server of this test run; a test makes a schema or database of its own there. */
export function postgresUrl(): string {
  return inject('postgresUrl');
}
