import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkSources, referencesIn } from './check-sources.mjs';

let root;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'holdfast-sources-'));
  mkdirSync(path.join(root, 'packages/money/src'), { recursive: true });
  mkdirSync(path.join(root, 'docs/rules'), { recursive: true });
  writeFileSync(path.join(root, 'docs/rules/money.md'), '- **M-1** One.\n- **M-12** Twelve.\n');
});

afterEach(() => rmSync(root, { recursive: true }));

it('accepts rules that are written down', () => {
  put('/** @source docs/rules/money.md, M-1 and M-12 */');
  expect(checkSources(root)).toEqual([]);
});

it('names a rule that is missing, also on a later line of the comment', () => {
  put('/**\n * @source docs/rules/money.md, M-1,\n * M-2\n */');
  expect(checkSources(root)).toEqual(['packages/money/src/add.ts: docs/rules/money.md has no rule M-2']);
});

it('names a document that is missing', () => {
  put('/** @source docs/rules/escrow.md, E-1 */');
  expect(checkSources(root)).toEqual(['packages/money/src/add.ts: docs/rules/escrow.md does not exist']);
});

it('reads lists and ranges, and leaves other sources alone', () => {
  const text = '@source docs/rules/escrow.md, E-1, E-2 to E-4\n@source RFC 8785';
  expect(referencesIn(text)).toEqual([{ document: 'docs/rules/escrow.md', rules: ['E-1', 'E-2', 'E-4'] }]);
});

function put(text) {
  writeFileSync(path.join(root, 'packages/money/src/add.ts'), text);
}
