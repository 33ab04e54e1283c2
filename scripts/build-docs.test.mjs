import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { differences } from './build-docs.mjs';

function docsWith(files) {
  const docs = mkdtempSync(path.join(tmpdir(), 'docs-'));
  onTestFinished(() => rmSync(docs, { recursive: true, force: true }));
  mkdirSync(path.join(docs, 'processes'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(docs, name), text);
  return docs;
}

const made = new Map([
  ['refusals.md', 'all\n'],
  ['processes/offer.md', 'offer\n'],
]);

it('finds nothing where every page is what the code says', () => {
  expect(differences(docsWith({ 'refusals.md': 'all\n', 'processes/offer.md': 'offer\n' }), made)).toEqual([]);
});

it('names a page that is missing, one that was changed and one of a process that is gone', () => {
  const docs = docsWith({ 'refusals.md': 'all but one\n', 'processes/sale.md': 'sale\n' });
  expect(differences(docs, made)).toEqual([
    'docs/refusals.md is not what the code says',
    'docs/processes/offer.md is missing',
    'docs/processes/sale.md is of no process',
  ]);
});
