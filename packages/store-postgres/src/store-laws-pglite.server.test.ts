import { afterAll, describe } from 'vitest';
import { lawRuns, testLaws } from '../test/law-tests.ts';
import { pgliteHarness } from '../test/pglite-harness.ts';

describe('storeLaws on PGlite', () => {
  const harness = pgliteHarness(lawRuns);
  afterAll(() => harness.end());
  testLaws(harness, {
    'lets one at a time have the lock of a book, and others have theirs':
      'PGlite has one session, so whoever holds the lock of one book holds up all of them',
  });
});
