import { fuzzProcess } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { jobOffer, simpleSale } from '../src/index.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 200);
const seed = Number(process.env.HOLDFAST_SEED ?? Date.now() % 1_000_000);

describe.each([jobOffer, simpleSale])('law: no cent of any $kind is created or lost', (preset) => {
  it(`holds in random histories from seed ${seed}`, () => {
    const report = fuzzProcess(preset, { runs, seed });
    console.log(report);
    expect(Object.entries(report.done).filter(([, times]) => times === 0)).toEqual([]);
  });
});
