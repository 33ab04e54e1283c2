import { fuzzProcess } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { booking, jobOffer, simpleSale } from '../src/index.ts';
import { chainPayout, chainSale, payIn } from './processes/crypto.ts';
import { escrowInFull } from './processes/escrow-in-full.ts';
import { orchestrated } from './processes/orchestrated.ts';
import { rental } from './rental.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 100);
const seed = Number(process.env.HOLDFAST_SEED ?? Math.floor(Math.random() * 1_000_000));
const TIMEOUT_MS = 30_000 + runs * 50;

const processes = [jobOffer, simpleSale, rental, booking, escrowInFull, orchestrated, payIn, chainSale, chainPayout];

describe.each(processes)('law: no cent of a $kind is created or lost', (declared) => {
  it(
    `holds in random histories from seed ${seed}`,
    () => {
      const report = fuzzProcess(declared, { runs, seed });
      expect(report.commands).toBeGreaterThan(runs);
    },
    TIMEOUT_MS,
  );

  it(
    'is tried on every command, and to the end',
    () => {
      const report = fuzzProcess(declared, { runs: 120, seed: 1 });
      expect(Object.entries(report.done).filter(([, times]) => times === 0)).toEqual([]);
      expect(report.ended).toBeGreaterThan(25);
    },
    TIMEOUT_MS,
  );
});
