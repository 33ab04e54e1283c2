import { storeLaws, testLaws } from '@holdfast/testkit';
import { afterAll, describe, it } from 'vitest';
import { pgliteHarness } from '../test/pglite-harness.ts';

// How many random histories a law of histories plays.
const runs = Number(process.env.HOLDFAST_RUNS ?? '20');

describe('storeLaws on PGlite', () => {
  const harness = pgliteHarness(runs);
  afterAll(() => harness.end());
  testLaws(it, {
    laws: storeLaws,
    harness,
    timeoutMs: 600_000 + runs * 500,
    except: {
      'lets one at a time have the lock of a book, and others have theirs':
        'PGlite has one session, so whoever holds the lock of one book holds up all of them',
    },
  });
});
