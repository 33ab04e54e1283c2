import { hours } from '@holdfast/kernel';
import { simulatedDescriptor } from '@holdfast/providers';
import { describe, expect, it } from 'vitest';
import { runLaw, whyNotRun } from '../laws/run-laws.ts';
import { providerLaws } from './provider-laws.ts';
import { simulatedHarness } from './simulated-harness.ts';

const eventual = simulatedDescriptor({
  kinds: ['transfer'],
  power: { lookup: { consistency: 'eventual', lag: hours(2) } },
});
const keyless = simulatedDescriptor({
  kinds: ['transfer'],
  power: {
    idempotency: { mechanism: 'none', replaysErrors: false, marksReplays: false },
    lookup: { consistency: 'none' },
  },
});

const harnesses = [
  simulatedHarness(),
  simulatedHarness('simulated provider whose look-up lags', {
    options: { descriptor: eventual, lookupLag: hours(2) },
    lacks: { strong_lookup: 'what was made is found after two hours' },
  }),
  simulatedHarness('simulated provider without keys and look-up', {
    options: { descriptor: keyless },
    lacks: {
      keys: 'it keeps none',
      kept_noes: 'it keeps no keys',
      lookup: 'it has none',
      strong_lookup: 'it has no look-up',
    },
  }),
];

describe.each(harnesses)('providerLaws on the $name', (harness) => {
  for (const law of providerLaws) {
    const why = whyNotRun(law, harness);
    // A law that cannot run stays in the report, with its reason in its name.
    const name = why === undefined ? law.name : `${law.name} [not run: ${why}]`;
    it(name, async (context) => {
      if (why !== undefined) return context.skip(why);
      const outcome = await runLaw(law, harness);
      if (outcome.outcome === 'broken') throw outcome.error;
      expect(outcome.outcome).toBe('held');
    });
  }
});

describe('providerLaws', () => {
  it('knows each law by a name of its own', () => {
    expect(new Set(providerLaws.map(({ name }) => name)).size).toBe(providerLaws.length);
  });
});
