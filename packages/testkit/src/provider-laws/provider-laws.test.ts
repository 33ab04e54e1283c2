import { hours } from '@holdfast/kernel';
import { simulatedDescriptor } from '@holdfast/providers';
import { describe, expect, it } from 'vitest';
import { testLaws } from '../laws/test-laws.ts';
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
  testLaws(it, { laws: providerLaws, harness });
});

describe('providerLaws', () => {
  it('knows each law by a name of its own', () => {
    expect(new Set(providerLaws.map(({ name }) => name)).size).toBe(providerLaws.length);
  });
});
