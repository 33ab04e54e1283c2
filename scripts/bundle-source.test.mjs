import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { bundleSource } from './bundle-source.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const part = path.join(folder, 'src', 'part.ts');
mkdirSync(path.dirname(part));
writeFileSync(
  path.join(folder, 'main.ts'),
  `import { fail, place } from './src/part.ts';\nconsole.log(place);\nfail();\n`,
);
writeFileSync(
  part,
  `export const place: string = import.meta.url;\n\nexport function fail(): never {\n  throw new Error('planted');\n}\n`,
);

it('gives one file in which every part knows its place, and whose errors name the source', async () => {
  const bundle = await bundleSource(path.join(folder, 'main.ts'), path.join(folder, 'dist', 'main.mjs'));
  const { stdout, stderr } = spawnSync(process.execPath, ['--enable-source-maps', bundle], { encoding: 'utf8' });
  expect(stdout).toBe(`${pathToFileURL(part).href}\n`);
  expect(stderr).toContain('Error: planted');
  expect(stderr).toMatch(/part\.ts:4:9/);
});

it('leaves nothing half written beside the file, however many are made at once', async () => {
  const outfile = path.join(folder, 'dist', 'main.mjs');
  const made = await Promise.all([1, 2, 3].map(() => bundleSource(path.join(folder, 'main.ts'), outfile)));
  expect(made).toEqual([outfile, outfile, outfile]);
  expect(readdirSync(path.dirname(outfile))).toEqual(['main.mjs']);
});
