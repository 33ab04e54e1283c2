import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkImports } from './check-imports.mjs';

const table = {
  money: { source: [], tests: [] },
  kernel: { source: ['money'], tests: ['testkit'] },
  testkit: { source: ['money'], tests: [] },
};
let root;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'holdfast-imports-'));
  put('money', {
    'src/index.ts': "export { add } from './add.ts';",
    'src/add.ts': '',
    'src/testing/index.ts': "import 'fast-check';",
  });
  put('kernel', { 'src/index.ts': "import { add } from '@holdfast/money';\nimport 'mitt';" });
  put('testkit', { 'src/index.ts': "import '@holdfast/money/testing';" });
});

afterEach(() => rmSync(root, { recursive: true }));

describe('checkImports', () => {
  it('accepts imports that point inward', () => {
    write('kernel', 'src/index.test.ts', "import '@holdfast/testkit';\nimport { it } from 'vitest';");
    expect(checkImports(root, table)).toEqual([]);
  });

  it.each([
    ['money', 'src/add.ts', "import '@holdfast/kernel';", 'money/src/add.ts: must not import @holdfast/kernel'],
    [
      'kernel',
      'src/a.ts',
      "import type { Law } from '@holdfast/testkit';",
      'kernel/src/a.ts: must not import @holdfast/testkit',
    ],
    ['money', 'src/add.ts', "export * from '@holdfast/kernel';", 'money/src/add.ts: must not import @holdfast/kernel'],
    ['money', 'src/add.ts', "await import('@holdfast/kernel');", 'money/src/add.ts: must not import @holdfast/kernel'],
    [
      'money',
      'src/add.test.ts',
      "import '@holdfast/kernel';",
      'money/src/add.test.ts: must not import @holdfast/kernel',
    ],
    [
      'kernel',
      'src/a.ts',
      "import '../../money/src/add.ts';",
      'kernel/src/a.ts: leaves its package with ../../money/src/add.ts',
    ],
    [
      'kernel',
      'src/a.ts',
      "import '@holdfast/money/testing';",
      'kernel/src/a.ts: imports test helpers, @holdfast/money/testing',
    ],
    [
      'money',
      'src/add.ts',
      "import './testing/index.ts';",
      'money/src/add.ts: imports test helpers, ./testing/index.ts',
    ],
    [
      'money',
      'src/add.ts',
      "import 'left-pad';",
      'money/src/add.ts: imports left-pad, which its package.json does not name',
    ],
    [
      'kernel',
      'src/a.ts',
      "import '@holdfast/kernel';",
      'kernel/src/a.ts: imports its own package by name, @holdfast/kernel',
    ],
    [
      'money',
      'src/index.ts',
      "import './add';",
      'money/src/index.ts: imports ./add, which is no file (relative imports name it with its ending)',
    ],
  ])('refuses in %s, %s: %s', (name, file, text, problem) => {
    write(name, file, text);
    expect(checkImports(root, table)).toEqual([problem]);
  });

  it('refuses a dependency that points outward, and the cycle that comes of it', () => {
    manifest('money', { ...manifests.money, devDependencies: { '@holdfast/testkit': 'workspace:^' } });
    expect(checkImports(root, table)).toEqual([
      'money/package.json: devDependencies must not name @holdfast/testkit',
      'cycle: money → testkit → money',
    ]);
  });

  it('refuses a package without a line in the table', () => {
    put('payouts', { 'src/index.ts': '' });
    expect(checkImports(root, table)).toEqual([
      'payouts: has no line in the direction table of scripts/check-imports.mjs',
    ]);
  });
});

const manifests = {
  money: { peerDependencies: { 'fast-check': '^4.0.0' } },
  kernel: {
    dependencies: { '@holdfast/money': 'workspace:^', mitt: '3' },
    devDependencies: { '@holdfast/testkit': 'workspace:^' },
  },
  testkit: { dependencies: { '@holdfast/money': 'workspace:^' } },
};

function put(name, files) {
  manifest(name, manifests[name] ?? {});
  for (const [file, text] of Object.entries(files)) write(name, file, text);
}

function manifest(name, content) {
  write(name, 'package.json', JSON.stringify({ name: `@holdfast/${name}`, ...content }));
}

function write(name, file, text) {
  const target = path.join(root, 'packages', name, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}
