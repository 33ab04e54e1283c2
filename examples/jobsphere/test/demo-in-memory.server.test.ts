import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { demo, demoJson, inFolder } from './demo-process.ts';

const CHECK = fileURLToPath(new URL('../check/', import.meta.url));
const FIELDS = [
  ...['trips', 'completed', 'rejected', 'cancelled', 'expired', 'pending', 'refused'],
  ...['deposited', 'available', 'held', 'paid', 'fees'],
  ...['sequence', 'digest', 'verified', 'checks', 'export', 'seconds'],
];

it('ends with the totals that a check in other code finds in the file alone', async () => {
  await inFolder(async (folder) => {
    const report = await demoJson(['--store', 'memory', '--trips', '400', '--folder', folder]);
    expect(Object.keys(report)).toEqual(FIELDS);
    expect(report).toMatchObject({ trips: 400, verified: true });
    expect(report.deposited).toMatch(/^\d+\.\d\d$/);
    const file = path.join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    const checked = spawnSync(process.execPath, [path.join(CHECK, 'expected-totals.mjs'), file], { encoding: 'utf8' });
    expect(checked.stdout).toBe('12 totals of 400 trips agree with the file.\n');
    writeFileSync(file, JSON.stringify({ ...report, fees: '0.01', completed: 1 }));
    const planted = spawnSync(process.execPath, [path.join(CHECK, 'expected-totals.mjs'), file], { encoding: 'utf8' });
    expect(planted.status).toBe(1);
    expect(planted.stdout).toContain('completed: the file says');
    expect(planted.stdout).toContain('fees: the file says');
  });
});

it('has two checks of the file that agree', (context) => {
  const python = spawnSync('python3', [path.join(CHECK, 'expected-totals.py')], { encoding: 'utf8' });
  if (python.error) context.skip('python3 is not installed');
  const plain = execFileSync(process.execPath, [path.join(CHECK, 'expected-totals.mjs')], { encoding: 'utf8' });
  expect(JSON.parse(python.stdout)).toEqual(JSON.parse(plain));
});

it('exports a book that hledger accepts, with the same balances', async (context) => {
  if (spawnSync('hledger', ['--version']).error) context.skip('hledger is not installed');
  await inFolder(async (folder) => {
    const report = await demoJson(['--store', 'memory', '--trips', '300', '--folder', folder]);
    const file = String(report.export);
    const hledger = (...words: string[]): string =>
      execFileSync('hledger', ['-f', file, ...words], { encoding: 'utf8' });
    hledger('check', '--strict');
    const total = (account: string): string => {
      const lines = hledger('balance', account, '--flat', '--no-total', '-O', 'csv').trim().split('\n').slice(1);
      const cents = lines.map((line) => BigInt((/"(-?[\d.]+) USD"$/.exec(line)?.[1] ?? '0').replace('.', '')));
      const sum = cents.reduce((left, right) => left + right, 0n);
      const digits = String(sum < 0n ? -sum : sum).padStart(3, '0');
      return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
    };
    expect(total('^world:')).toBe(report.deposited);
    expect(total('^users:customer-')).toBe(report.available);
    expect(total('^users:contractor-')).toBe(report.paid);
    expect(total('^escrows:')).toBe(report.held);
    expect(total('^platform:fees:earned')).toBe(report.fees);
  });
});

it('shows a page, and no bar where there is no terminal', async () => {
  await inFolder(async (folder) => {
    const { code, stdout, stderr } = await demo(['--store', 'memory', '--trips', '40', '--folder', folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('\u001b');
    for (const words of ['40 trips', 'money in', 'refunded', 'Trial balance', 'Verifier', 'digest', 'units per second'])
      expect(stdout).toContain(words);
    expect(stdout).toContain('No cent was created or lost');
    expect(stdout).toMatch(/refused: budget under the seed’s minimum +6/);
    expect(readFileSync(path.join(folder, 'jobsphere.journal'), 'utf8')).toContain('platform:fees:earned');
  });
});

it('ends with the same digest whenever the same trips are replayed one at a time', async () => {
  await inFolder(async (folder) => {
    const words = ['--store', 'memory', '--trips', '60', '--concurrency', '1'];
    const first = await demoJson([...words, '--folder', path.join(folder, 'a')]);
    const second = await demoJson([...words, '--folder', path.join(folder, 'b')]);
    const third = await demoJson([...words, '--folder', path.join(folder, 'a')]);
    expect(second.digest).toBe(first.digest);
    expect(third.digest).toBe(first.digest);
  });
});

it('refuses a folder that was made with other trips, and leaves it alone', async () => {
  await inFolder(async (folder) => {
    await demoJson(['--store', 'memory', '--trips', '5', '--folder', folder]);
    const other = await demo(['--store', 'memory', '--trips', '6', '--folder', folder]);
    expect(other).toMatchObject({ code: 1, stdout: '' });
    expect(other.stderr).toContain('was made with --trips 5, and not with --trips 6.');
    await demoJson(['--store', 'memory', '--trips', '5', '--folder', folder]);
  });
});

it('lets every store keep a book of its own in one folder', async () => {
  await inFolder(async (folder) => {
    const words = (store: string): string[] => [
      ...['--store', store, '--trips', '40'],
      ...['--concurrency', '1', '--folder', folder],
    ];
    const inMemory = await demoJson(words('memory'));
    const first = await demo(words('pglite'));
    expect(first.stdout).toMatch(/[1-9]\d* units per second/);
    for (const store of ['pglite', 'memory']) {
      const { digest, sequence, verified } = await demoJson(words(store));
      expect({ digest, sequence, verified }).toEqual({
        digest: inMemory.digest,
        sequence: inMemory.sequence,
        verified: true,
      });
    }
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['pglite', 'jobsphere.journal', 'made-for.json']));
  });
});

it('prints its object on one line, so that the last line of a run through npm is the object', async () => {
  await inFolder(async (folder) => {
    const { stdout } = await demo(['--store', 'memory', '--trips', '5', '--json', '--folder', folder]);
    expect(stdout).toMatch(/^\{"trips":5,.*\}\n$/);
  });
});

it('refuses what it does not know with a sentence and the exit code 2', async () => {
  const { code, stdout, stderr } = await demo(['--speed', 'high']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('--speed');
  expect(stderr).toContain('--concurrency');
  expect(stderr).not.toContain('    at ');
});

it('explains itself', async () => {
  const { code, stdout } = await demo(['--help']);
  expect(code).toBe(0);
  for (const flag of ['--trips', '--store', '--folder', '--concurrency', '--json']) expect(stdout).toContain(flag);
  expect(stdout).toContain('power failure');
});
