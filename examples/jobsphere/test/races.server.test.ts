import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { describe } from 'vitest';
import { onMongo, onPostgres } from './open-service-store.ts';
import { races } from './races.ts';

const runs = Math.min(100, Number(process.env.HOLDFAST_RUNS ?? 15));

describe('on Postgres', () => races(runs, onPostgres(postgresUrl())));
describeOnMongo('on MongoDB’s protocol', (url) => races(runs, onMongo(url)));
