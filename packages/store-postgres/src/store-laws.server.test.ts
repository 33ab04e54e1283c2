import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { runLaw, storeLaws, whyNotRun } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { postgresHarness } from '../test/postgres-harness.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? '20');

describe('storeLaws on Postgres', () => {
  const harness = postgresHarness(postgresUrl(), runs);
  for (const law of storeLaws) {
    const why = whyNotRun(law, harness);
    const name = why === undefined ? law.name : `${law.name} [not run: ${why}]`;
    it(name, { timeout: 60_000 + runs * 500 }, async (context) => {
      if (why !== undefined) return context.skip(why);
      const outcome = await runLaw(law, harness);
      if (outcome.outcome === 'broken') throw outcome.error;
      expect(outcome.outcome).toBe('held');
    });
  }
});
