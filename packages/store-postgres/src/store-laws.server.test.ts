import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { describe } from 'vitest';
import { lawRuns, testLaws } from '../test/law-tests.ts';
import { postgresHarness } from '../test/postgres-harness.ts';

describe('storeLaws on Postgres', () => {
  testLaws(postgresHarness(postgresUrl(), lawRuns));
});
