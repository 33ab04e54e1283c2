import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { storeLaws, testLaws } from '@holdfast/testkit';
import { describe, it } from 'vitest';
import { postgresHarness } from '../test/postgres-harness.ts';

// How many random histories a law of histories plays.
const runs = Number(process.env.HOLDFAST_RUNS ?? '20');

describe('storeLaws on Postgres', () => {
  testLaws(it, { laws: storeLaws, harness: postgresHarness(postgresUrl(), runs), timeoutMs: 600_000 + runs * 500 });
});
