import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

describe.each([
  { document: 'bad-input.md', expected: range(1, 203), folder: 'packages' },
  { document: 'chit-edge-cases.md', expected: range(1, 40), folder: 'packages/chit-fund/src' },
])('the cases of $document', ({ document, expected, folder }) => {
  const rows = rowsOf(readFileSync(path.join(root, 'docs', 'rules', document), 'utf8'));

  it('has every number once, in order', () => {
    expect(rows.flatMap(({ numbers }) => numbers)).toEqual(expected);
  });

  it.each(rows)('says of $label where it is held, or why it is not', ({ tests, held }) => {
    expect(tests.length > 0 || /^(later|cannot be said): /.test(held)).toBe(true);
    for (const { file, names } of tests) {
      const place = path.join(root, file.startsWith('examples/') ? '' : folder, file);
      expect(existsSync(place), `${file} is not there`).toBe(true);
      const text = readFileSync(place, 'utf8');
      expect(names.length, `${file} is named without a test`).toBeGreaterThan(0);
      expect(names.filter((name) => !text.includes(name))).toEqual([]);
    }
  });
});

function rowsOf(document) {
  return document.split('\n').flatMap((line) => {
    const [, label, held] = /^\| ([\d–, ]+) \| .* \| (.*) \|$/.exec(line) ?? [];
    return label === undefined ? [] : [{ label, numbers: numbersOf(label), held, tests: testsOf(held) }];
  });
}

function numbersOf(label) {
  return label.split(', ').flatMap((part) => {
    const [first, last = first] = part.split('–').map(Number);
    return range(first, last);
  });
}

function testsOf(held) {
  return [...held.matchAll(/`([\w./-]+\.ts)`:? ?((?:"[^"]+"(?:, )?)*)/g)].map(([, file, list]) => ({
    file,
    names: [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name),
  }));
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
