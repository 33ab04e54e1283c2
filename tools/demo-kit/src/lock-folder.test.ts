import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from './lock-folder.ts';
import { identifyProcess } from './process-identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'holdfast-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gives a folder to one at a time', () => {
  const first = lockFolder(folder)._unsafeUnwrap();
  expect(lockFolder(folder)._unsafeUnwrapErr()).toEqual({ code: 'folder_locked', folder, holder: identifyProcess() });
  first.release();
  const second = lockFolder(folder)._unsafeUnwrap();
  expect(second.takenOver).toBe(false);
  first.release();
  expect(lockFolder(folder).isErr(), 'who let go twice does not free the next one').toBe(true);
});

it('takes over from a process that was killed', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const holder = identifyProcess(child.pid);
  writeFileSync(path.join(folder, 'lock.7'), JSON.stringify({ state: 'held', holder }));
  expect(lockFolder(folder)._unsafeUnwrapErr()).toMatchObject({ holder });
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  expect(lockFolder(folder)._unsafeUnwrap().takenOver).toBe(true);
  expect(readdirSync(folder)).toEqual(['lock.8']);
});

it.each([
  ['a process id that another process has by now', { ...identifyProcess(), started: 'some earlier boot 1' }],
  ['a process id that nobody has', { ...identifyProcess(), pid: 2 ** 22 + 1 }],
])('takes over a lock of %s', (_, holder) => {
  writeFileSync(path.join(folder, 'lock.3'), JSON.stringify({ state: 'held', holder }));
  expect(lockFolder(folder)._unsafeUnwrap().takenOver).toBe(true);
});

it('leaves a lock of another host alone', () => {
  const holder = { pid: 1, host: 'elsewhere.example', started: 'then' };
  writeFileSync(path.join(folder, 'lock.3'), JSON.stringify({ state: 'held', holder }));
  expect(lockFolder(folder)._unsafeUnwrapErr()).toMatchObject({ code: 'folder_locked', holder });
});

it('lets one of many processes take over a dead lock, every time', async () => {
  const script = new URL('./lock-folder.ts', import.meta.url).pathname;
  const folders = Array.from({ length: 100 }, (_, round) => path.join(folder, `round-${round}`));
  for (const one of folders) {
    mkdirSync(one);
    const holder = { ...identifyProcess(), started: 'before' };
    writeFileSync(path.join(one, 'lock.1'), JSON.stringify({ state: 'held', holder }));
  }
  // Each sleeps and then waits for the same instant before each folder, so that they meet at the lock.
  const code = `const idle = new Int32Array(new SharedArrayBuffer(4));
  import(${JSON.stringify(script)}).then(({ lockFolder }) => {
    process.once('message', ({ folders, at }) => {
      const wins = folders.map((folder, round) => {
        Atomics.wait(idle, 0, 0, at + 20 * round - Date.now() - 2);
        while (Date.now() < at + 20 * round);
        return lockFolder(folder).isOk();
      });
      process.send(wins, () => process.once('message', () => process.exit(0)));
    });
    process.send('ready');
  });`;
  const children = Array.from({ length: 3 }, () =>
    spawn(process.execPath, ['--import', 'tsx', '--conditions=holdfast:source', '-e', code], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  const wins = Promise.all(children.map(async (child) => (await once(child, 'message'))[0] as boolean[]));
  for (const child of children) child.send({ folders, at: Date.now() + 200 });
  const won = await wins;
  for (const round of folders.keys())
    expect(
      won.filter((one) => one[round]),
      `round ${round}`,
    ).toHaveLength(1);
  const ended = Promise.all(children.map((child) => once(child, 'exit')));
  for (const child of children) child.send('end');
  await ended;
});
