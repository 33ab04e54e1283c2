import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DemoEnd, demo, demoJson, inFolder, startDemo } from './demo-process.ts';

// So many that a kill meets the demo at work, and no more: each test plays all of them, one after the other.
const TRIPS = '60';
let wanted: Record<string, unknown>;
beforeAll(async () => {
  wanted = await inFolder((folder) =>
    demoJson(['--store', 'memory', '--trips', TRIPS, '--concurrency', '1', '--folder', folder]),
  );
});

const sameBook = ({ export: _export, seconds: _seconds, ...book }: Record<string, unknown>) => book;

/** Waits until the demo has a folder of its store, so that a kill meets it at work. */
async function atWork(folder: string, ended: Promise<DemoEnd>): Promise<void> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  const store = () =>
    existsSync(folder) && readdirSync(folder).some((name) => ['pglite', 'postgres', 'mongo'].includes(name));
  while (!over && !store()) await sleep(20);
}

/** Stops a demo while it works. One that was through before the signal came says nothing of stopping: the next is stopped sooner. */
async function stoppedAtWork(
  parent: string,
  words: (folder: string) => string[],
): Promise<{ readonly folder: string; readonly stopped: DemoEnd }> {
  for (const afterMs of [500, 200, 0]) {
    const folder = path.join(parent, `stopped-after-${afterMs}`);
    const { child, ended } = startDemo(words(folder));
    await atWork(folder, ended);
    await sleep(afterMs);
    child.kill('SIGINT');
    const stopped = await ended;
    if (stopped.code !== 0) return { folder, stopped };
  }
  throw new Error('every demo was through before it heard Ctrl-C');
}

describe.each(['pglite', 'postgres'] as const)('on %s', survivesItsProcess);
describeOnMongo('on mongo', () => survivesItsProcess('mongo'));

it('keeps the books of two folders apart on a server that is given', async () => {
  await inFolder(async (folder) => {
    const env = { HOLDFAST_PG_URL: postgresUrl() };
    const words = (name: string): string[] => [
      '--store',
      'postgres',
      '--trips',
      TRIPS,
      '--concurrency',
      '1',
      '--folder',
      path.join(folder, name),
    ];
    const left = await demoJson(words('left'), env);
    const right = await demoJson(words('right'), env);
    const again = await demoJson(words('left'), env);
    for (const report of [left, right, again]) expect(sameBook(report)).toEqual(sameBook(wanted));
    expect(readdirSync(path.join(folder, 'left'))).not.toContain('postgres');
  });
});

it('ends with the same totals however many jobs are in flight', async () => {
  await inFolder(async (folder) => {
    const report = await demoJson(['--store', 'pglite', '--trips', TRIPS, '--concurrency', '64', '--folder', folder]);
    const { digest: _ours, checks: _checks, ...totals } = sameBook(report);
    expect(wanted).toMatchObject(totals);
  });
});

const KILLS = Number(process.env.HOLDFAST_KILLS ?? 2);

/** What holds on every store that outlives its process, each in a folder of its own. */
function survivesItsProcess(store: 'pglite' | 'postgres' | 'mongo'): void {
  const words = (folder: string): string[] => [
    '--store',
    store,
    '--trips',
    TRIPS,
    '--concurrency',
    '1',
    '--folder',
    folder,
  ];

  it('ends with the digest of memory, although it was killed again and again', async () => {
    await inFolder(async (folder) => {
      // Kills later and later, with luck of their own: while the store opens, while it replays, while offers expire.
      let met = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const { child, ended } = startDemo(words(folder));
        await atWork(folder, ended);
        await Promise.race([ended, sleep(kill * 500 + Math.random() * 500)]);
        child.kill('SIGKILL');
        if ((await ended).signal === 'SIGKILL') met += 1;
      }
      expect(met, 'kills that met the demo before it was through').toBeGreaterThan(0);
      const report = await demoJson(words(folder));
      expect(sameBook(report)).toEqual(sameBook(wanted));
      const again = await demoJson(words(folder));
      expect(sameBook(again)).toEqual(sameBook(wanted));
    });
  });

  it('lets no second process in while the first lives, and takes over once it is killed', async () => {
    await inFolder(async (folder) => {
      const first = startDemo(words(folder));
      await atWork(folder, first.ended);
      // It lives as long as the second one takes, but does not come to its end meanwhile.
      first.child.kill('SIGSTOP');
      const second = await demo(words(folder));
      expect(second).toMatchObject({ code: 1, stdout: '' });
      expect(second.stderr).toContain(`is in use by process ${first.child.pid}`);
      first.child.kill('SIGKILL');
      await first.ended;
      const third = await demo([...words(folder), '--json']);
      expect(third.code, third.stderr).toBe(0);
      expect(third.stderr).toContain('is taken over');
      expect(sameBook(JSON.parse(third.stdout) as Record<string, unknown>)).toEqual(sameBook(wanted));
    });
  });

  it('stops cleanly on Ctrl-C, and goes on from there', async () => {
    await inFolder(async (parent) => {
      const { folder, stopped } = await stoppedAtWork(parent, words);
      expect(stopped).toMatchObject({ code: 130, signal: null, stdout: '' });
      expect(stopped.stderr).toMatch(/^Stopped: .*\n$/);
      const report = await demo([...words(folder), '--json']);
      expect(report, report.stderr).toMatchObject({ code: 0, stderr: '' });
      expect(sameBook(JSON.parse(report.stdout) as Record<string, unknown>)).toEqual(sameBook(wanted));
    });
  });
}
