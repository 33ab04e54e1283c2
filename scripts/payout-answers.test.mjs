import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const payouts = path.join(root, 'packages', 'payouts', 'src');
const crownstandard = path.join(root, 'examples', 'crownstandard', 'test');

describe.each([
  { document: 'docs/guides/payouts.md', folders: [payouts] },
  { document: 'examples/crownstandard/README.md', folders: [crownstandard] },
])('the questions of $document', ({ document, folders }) => {
  const rows = rowsOf(readFileSync(path.join(root, document), 'utf8'));

  it('are all twenty-five, once and in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  });

  it.each(rows)('C$number names a test that is there', ({ shownBy }) => {
    const named = testsOf(shownBy);
    expect(named.length, shownBy).toBeGreaterThan(0);
    for (const { file, names } of named) {
      const place = folders.map((folder) => path.join(folder, file)).find((one) => existsSync(one));
      expect(place, `${file} is not there`).toBeDefined();
      const text = readFileSync(place ?? '', 'utf8');
      expect(names.length, `${file} is named without a test`).toBeGreaterThan(0);
      // A name may end in … where its beginning is enough to find it.
      expect(names.filter((name) => !text.includes(name.replace(/…$/, '').trimEnd()))).toEqual([]);
    }
  });
});

function rowsOf(document) {
  return document.split('\n').flatMap((line) => {
    const [, number, shownBy] = /^\| C(\d+) \| .* \| ([^|]*) \|$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), shownBy }];
  });
}

function testsOf(shownBy) {
  return shownBy.split('; `').flatMap((part) => {
    const [, file] = /([\w./-]+\.test\.ts)`/.exec(part) ?? [];
    return file === undefined ? [] : [{ file, names: [...part.matchAll(/"([^"]+)"/g)].map(([, name]) => name) }];
  });
}
