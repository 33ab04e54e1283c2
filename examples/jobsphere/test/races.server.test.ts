import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { describe } from 'vitest';
import { onPostgres } from './open-service-store.ts';
import { races } from './races.ts';

describe('on Postgres', () => races(Math.min(100, Number(process.env.HOLDFAST_RUNS ?? 15)), onPostgres(postgresUrl())));
