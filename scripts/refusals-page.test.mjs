import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packages, refusalsPage } from './refusals-page.mjs';

function pageOf(sources) {
  const root = mkdtempSync(path.join(tmpdir(), 'packages-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const name of packages) {
    const folder = path.join(root, 'packages', name, 'src');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'index.ts'), '');
  }
  for (const [name, text] of Object.entries({ ...kernel, ...sources })) {
    writeFileSync(path.join(root, 'packages', name), text);
  }
  return refusalsPage(root, 'note');
}

const kernel = {
  'kernel/src/index.ts': `export type { Fault, StoreFault, WriterFault } from './faults.ts';`,
  'kernel/src/faults.ts': `
/** The world failed. */
export interface Fault<Code> { readonly code: Code; }
export type StoreFault = Fault<
  /** It burns. */
  | 'on_fire'
  | 'gone'
>;
export type WriterFault = Fault<'full' | 'late'>;
`,
};

it('takes the meaning, the tags, the fields and the order from the source', () => {
  const page = pageOf({
    'ledger/src/index.ts': `export type { Low, High, Why, OneCommands } from './refusals.ts';`,
    'ledger/src/refusals.ts': `
/**
 * It is {@link Low}.
 *
 * @severity answer
 * @retry once it rains
 */
export interface Low extends Refusal<'too_low'> {
  /** How low. */
  readonly by: 'a' | 'b';
}
/** It is high. */
export interface High extends Refusal<'too_high'> {}
/** Why not. */
export type Why = High | Low;
/** Commands. */
export type OneCommands = { readonly Rise: { readonly command: object; readonly refusal: Why } };
`,
  });
  expect(page).toContain("| `too_low` | `Low` | It is `Low`. | answer | once it rains | `by: 'a' \\| 'b'` (How low) |");
  expect(page).toContain('| `Why` | Why not. | `too_high`, `too_low` |');
  expect(page).toContain('| `Rise` | `too_high`, `too_low` |');
});

it('leaves out what the package does not export', () => {
  const page = pageOf({
    'money/src/index.ts': '',
    'money/src/refusals.ts': `export interface Hidden extends Refusal<'hidden'> {}`,
  });
  expect(page).not.toContain('hidden');
});

it('reads what a fault means from the comment before its bar', () => {
  const page = pageOf({});
  expect(page).toContain('| `on_fire` | `StoreFault` | It burns. |');
  expect(page).toContain('| `gone` | `StoreFault` | – |');
  expect(page).toContain('| `full` | `WriterFault` | – |');
});
