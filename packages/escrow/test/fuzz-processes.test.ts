import { fuzzProcess } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { booking, jobOffer, simpleSale } from '../src/index.ts';
import { chainPayout, chainSale, payIn } from './processes/crypto.ts';
import { escrowInFull } from './processes/escrow-in-full.ts';
import { orchestrated } from './processes/orchestrated.ts';
import { rental } from './rental.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 120);
const seed = Number(process.env.HOLDFAST_SEED ?? 1);
const TIMEOUT_MS = 600_000 + runs * 500;

const processes = [jobOffer, simpleSale, rental, booking, escrowInFull, orchestrated, payIn, chainSale, chainPayout];

describe.each(processes)('law: no cent of a $kind is created or lost', (declared) => {
  it(
    `holds in random histories from seed ${seed}, which try every command, to the end`,
    () => {
      const report = fuzzProcess(declared, { runs, seed });
      expect(report.commands).toBeGreaterThan(runs);
      // What so few histories try is a matter of luck.
      if (runs < 120) return;
      expect(Object.entries(report.done).filter(([, times]) => times === 0)).toEqual([]);
      expect(report.ended).toBeGreaterThan(25);
    },
    TIMEOUT_MS,
  );
});
