import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { describe } from 'vitest';
import { onPglite, onPostgres } from './open-service-store.ts';
import { workedNumbers } from './worked-numbers.ts';

describe('on PGlite', () => workedNumbers(onPglite));
describe('on Postgres', () => workedNumbers(onPostgres(postgresUrl())));
