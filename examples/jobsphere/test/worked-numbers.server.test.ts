import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { afterAll, describe } from 'vitest';
import { closePglite, onPglite, onPostgres } from './open-service-store.ts';
import { workedNumbers } from './worked-numbers.ts';

describe('on PGlite', () => {
  afterAll(closePglite);
  workedNumbers(onPglite);
});
describe('on Postgres', () => workedNumbers(onPostgres(postgresUrl())));
