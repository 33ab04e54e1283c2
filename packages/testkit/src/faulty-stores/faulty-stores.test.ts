import { describe, expect, it } from 'vitest';
import { runLaws } from '../laws/run-laws.ts';
import { storeLaws } from '../laws/store-laws.ts';
import { faultyStores } from './faulty-stores.ts';
import { plainHarness } from './plain-harness.ts';

const laws = storeLaws;

describe('storeLaws catch', () => {
  it.each(faultyStores)('$name: $mistake', { timeout: 60_000 }, async ({ name, create }) => {
    const outcomes = await runLaws(laws, plainHarness(name, create));
    const broken = outcomes.filter(({ outcome }) => outcome === 'broken').map(({ law }) => law);
    expect(broken).not.toEqual([]);
  });
});
