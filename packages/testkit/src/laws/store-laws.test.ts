import { describe, it } from 'vitest';
import { plainHarness } from '../faulty-stores/plain-harness.ts';
import type { StoreHarness } from './law.ts';
import { memoryHarness } from './memory-harness.ts';
import { storeLaws } from './store-laws.ts';
import { testLaws } from './test-laws.ts';

// How many random histories each law of histories plays; many small ones are played by a script of this package. A hundred thousand take some
// minutes on a quiet core.
const runs = Number(process.env.HOLDFAST_RUNS ?? '200');
const harnesses: readonly StoreHarness[] = [memoryHarness(runs), plainHarness('plain store')];

describe.each(harnesses)('storeLaws on the $name', (harness) => {
  testLaws(it, { laws: storeLaws, harness, timeoutMs: 600_000 + runs * 50 });
});
