import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { demo, demoJson, inFolder, killDemo } from './demo-process.ts';

const CHECK = fileURLToPath(new URL('../check/', import.meta.url));
const FIELDS = [
  ...['bookings', 'unpaid', 'captured', 'refunded', 'tips', 'platform', 'providers'],
  ...['payouts', 'audit', 'verified', 'seconds'],
];
const AGREES = 'Every sum of the demo follows from the file alone.\n';

function check(folder: string, report: object): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return spawnSync(process.execPath, [path.join(CHECK, 'expected-sums.mjs'), file], { encoding: 'utf8' }).stdout;
}

it('pays every provider what the file alone says is owed, whatever fails at the payment provider', async () => {
  await inFolder(async (folder) => {
    const words = ['--store', 'memory', '--trips', '80', '--folder', folder];
    const faulty = await demoJson(words);
    expect(Object.keys(faulty)).toEqual(FIELDS);
    expect(faulty).toMatchObject({ bookings: 80, verified: true });
    expect(check(folder, faulty)).toBe(AGREES);
    expect((faulty.audit as Record<string, number>).PAYOUT_RETRIED, 'payouts that met a fault').toBeGreaterThan(0);
    const { audit, seconds: _, ...smooth } = await demoJson([...words, '--no-faults']);
    expect(audit).toMatchObject({ PAYOUT_FAILED: 0, PAYOUT_RETRIED: 0 });
    expect(faulty, 'the money is the same').toMatchObject(smooth);
    const planted = check(folder, { ...faulty, platform: '0.01', payouts: { released: 1, failed: 0, held: 38 } });
    expect(planted).toContain('platform: ');
    expect(planted).toContain('payouts.released: ');
  });
});

it('goes on where it was killed, and pays nobody twice', async () => {
  await inFolder(async (folder) => {
    const words = ['--store', 'pglite', '--trips', '8', '--folder', folder];
    let met = 0;
    for (let kill = 0; kill < 3; kill += 1) {
      const { signal } = await killDemo(words, { folder, afterMs: (kill + Math.random()) * 700 });
      if (signal === 'SIGKILL') met += 1;
    }
    expect(met, 'kills that met the demo').toBeGreaterThan(0);
    const report = await demoJson(words);
    expect(report.verified).toBe(true);
    expect(check(folder, report)).toBe(AGREES);
    const { seconds: _, ...first } = report;
    expect(await demoJson(words), 'a run on the same folder').toMatchObject(first);
  });
});

it('has two checks of the file that agree', (context) => {
  const python = spawnSync('python3', [path.join(CHECK, 'expected-sums.py')], { encoding: 'utf8' });
  if (python.error) context.skip('python3 is not installed');
  const plain = execFileSync(process.execPath, [path.join(CHECK, 'expected-sums.mjs')], { encoding: 'utf8' });
  expect(JSON.parse(python.stdout)).toEqual(JSON.parse(plain));
});

it('shows a page with every provider and the payment provider’s own book', async () => {
  await inFolder(async (folder) => {
    const { code, stdout, stderr } = await demo(['--store', 'memory', '--trips', '20', '--folder', folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const words of ['20 trips', 'owed', 'collected − refunded − transferred', 'PAYOUT_RELEASED', 'once'])
      expect(stdout).toContain(words);
    expect(stdout).not.toContain('✘');
  });
});

it('refuses what it does not know, and explains itself', async () => {
  const refused = await demo(['--speed', 'high']);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('--no-faults');
  const { code, stdout } = await demo(['--help']);
  expect(code).toBe(0);
  for (const flag of ['--trips', '--store', '--folder', '--no-faults', '--json']) expect(stdout).toContain(flag);
});
