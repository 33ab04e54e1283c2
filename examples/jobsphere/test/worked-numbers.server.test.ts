import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { afterAll, describe } from 'vitest';
import { closePglite, onMongo, onPglite, onPostgres } from './open-service-store.ts';
import { workedNumbers } from './worked-numbers.ts';

describe('on PGlite', () => {
  afterAll(closePglite);
  workedNumbers(onPglite);
});
describe('on Postgres', () => workedNumbers(onPostgres(postgresUrl())));
describeOnMongo('on MongoDB’s protocol', (url) => workedNumbers(onMongo(url)));
