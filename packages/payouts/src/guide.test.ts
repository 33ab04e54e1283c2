import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const guide = readFileSync(new URL('../../../docs/guides/payouts.md', import.meta.url), 'utf8');
const rows = [...guide.matchAll(/^\| (C\d+) \|.*\| ([^|]*) \|$/gm)].map(([, number, shown]) => ({ number, shown }));

describe('the guide on payouts', () => {
  it('answers every question', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_one, index) => `C${index + 1}`));
  });

  it.each(rows)('shows $number by tests that are there', ({ shown = '' }) => {
    const files = [...shown.matchAll(/`([^`]+\.test\.ts)`: ((?:"[^"]+"(?:, )?)+)/g)];
    expect(files.length).toBeGreaterThan(0);
    for (const [, file = '', named = ''] of files) {
      const source = readFileSync(new URL(file, import.meta.url), 'utf8');
      for (const [, name = ''] of named.matchAll(/"([^"]+)"/g)) expect(source).toContain(name);
    }
  });
});
