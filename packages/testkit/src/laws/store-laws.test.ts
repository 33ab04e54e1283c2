import { describe, expect, it } from 'vitest';
import { plainHarness } from '../faulty-stores/plain-harness.ts';
import type { StoreHarness } from './law.ts';
import { memoryHarness } from './memory-harness.ts';
import { runLaw, whyNotRun } from './run-laws.ts';
import { storeLaws } from './store-laws.ts';

// How many random histories each law of histories plays. A hundred thousand take some minutes on a quiet core.
const runs = Number(process.env.HOLDFAST_RUNS ?? '500');
const harnesses: readonly StoreHarness[] = [memoryHarness(runs), plainHarness('plain store')];

describe.each(harnesses)('storeLaws on the $name', (harness) => {
  for (const law of storeLaws) {
    const why = whyNotRun(law, harness);
    // A law that cannot run stays in the report, with its reason in its name.
    const name = why === undefined ? law.name : `${law.name} [not run: ${why}]`;
    it(name, { timeout: 60_000 + runs * 50 }, async (context) => {
      if (why !== undefined) return context.skip(why);
      const outcome = await runLaw(law, harness);
      if (outcome.outcome === 'broken') throw outcome.error;
      expect(outcome.outcome).toBe('held');
    });
  }
});
