import { runLaw, type StoreHarness, storeLaws, whyNotRun } from '@holdfast/testkit';
import { expect, it } from 'vitest';

/** How many random histories a law of random histories runs. */
export const lawRuns = Number(process.env.HOLDFAST_RUNS ?? '20');

/**
 * Makes a test of each law; one that cannot run stays in the report, with its reason in its name.
 *
 * @param except - Why a law cannot hold here, by its name.
 */
export function testLaws(harness: StoreHarness, except: { readonly [law: string]: string } = {}): void {
  it('excepts only laws that there are', () => {
    const names = storeLaws.map(({ name }) => name);
    expect(Object.keys(except).filter((name) => !names.includes(name))).toEqual([]);
  });
  for (const law of storeLaws) {
    const why = whyNotRun(law, harness) ?? except[law.name];
    const name = why === undefined ? law.name : `${law.name} [not run: ${why}]`;
    it(name, { timeout: 60_000 + lawRuns * 500 }, async (context) => {
      if (why !== undefined) return context.skip(why);
      const outcome = await runLaw(law, harness);
      if (outcome.outcome === 'broken') throw outcome.error;
      expect(outcome.outcome).toBe('held');
    });
  }
}
