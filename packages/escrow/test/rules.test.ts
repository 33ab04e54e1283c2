import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { jobOffer, simpleSale } from '../src/index.ts';

const file = new URL('../../../docs/rules/escrow.md', import.meta.url);

it.each([jobOffer, simpleSale])(
  'the rules describe $kind as it is defined; HOLDFAST_WRITE=1 writes them anew',
  (preset) => {
    const written = readFileSync(file, 'utf8');
    const described = written.replace(
      new RegExp(`(<!-- generated: ${preset.kind} -->\n)[^]*?(<!-- end -->)`),
      (_whole, begin: string, end: string) => `${begin}${preset.describe()}${end}`,
    );
    if (process.env.HOLDFAST_WRITE) writeFileSync(file, described);
    else expect(written).toBe(described);
  },
);
