import { mkdir, mkdtemp, readdir, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serverProgram, serverVersion } from './server-program.ts';

const name = `secantusdb-${serverVersion}-python-3.11.7`;
let cache: string;
let searched: string;

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-environment-test-'));
  cache = path.join(folder, 'cache');
  searched = path.join(folder, 'bin');
  await mkdir(cache);
  await mkdir(searched);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(path.dirname(cache), { recursive: true, force: true });
});

describe('serverProgram', () => {
  it('makes the environment once', async () => {
    await python();
    const program = path.join(cache, name, 'bin', 'python');
    const first = await serverProgram({ cache, searched });
    expect(first).toEqual({ found: { program, args: [path.join(cache, name, 'bin', 'secantusd-py')] } });
    expect(console.error).toHaveBeenCalledOnce();
    expect(await serverProgram({ cache, searched })).toEqual(first);
    expect(console.error).toHaveBeenCalledOnce();
    expect(await readdir(cache)).toEqual([name]);
  });

  it('uses one that was made before, whatever Python is on the path now', async () => {
    await python();
    const first = await serverProgram({ cache, searched });
    await rm(path.join(searched, 'python3'));
    expect(await serverProgram({ cache, searched })).toEqual(first);
  });

  it('gives two at once the same whole environment', async () => {
    await python({ slowly: true });
    const both = await Promise.all([serverProgram({ cache, searched }), serverProgram({ cache, searched })]);
    expect(both[0]).toEqual(both[1]);
    expect(console.error).toHaveBeenCalledTimes(2);
    expect(await readdir(cache)).toEqual([name]);
  });

  it('leaves nothing behind and says why when the installation fails', async () => {
    await python({ fails: true });
    expect(await serverProgram({ cache, searched })).toEqual({
      missing: `SecantusDB ${serverVersion} could not be installed: ERROR: no network`,
    });
    expect(await readdir(cache)).toEqual([]);
  });

  it('removes what a killed process left, but not what another one is making', async () => {
    await python();
    await mkdir(path.join(cache, `${name}.unfinished-old`));
    await utimes(path.join(cache, `${name}.unfinished-old`), 1, 1);
    await mkdir(path.join(cache, `${name}.unfinished-new`));
    await serverProgram({ cache, searched });
    expect((await readdir(cache)).sort()).toEqual([name, `${name}.unfinished-new`]);
  });

  it('makes an environment anew whose Python is gone', async () => {
    await python();
    await serverProgram({ cache, searched });
    await unlink(path.join(cache, name, 'bin', 'python'));
    await serverProgram({ cache, searched });
    expect(await readdir(path.join(cache, name, 'bin'))).toEqual(['python']);
  });
});

/** A program that answers as Python does to the three ways in which it is called. */
async function python({ slowly = false, fails = false } = {}): Promise<void> {
  const installs = fails ? 'echo "ERROR: no network" >&2; exit 1' : slowly ? 'sleep 0.3' : ':';
  const script = `#!/bin/sh
case "$1 $2" in
  '-m venv') mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  '-m pip') ${installs} ;;
  *) echo '3.11.7 True linux' ;;
esac
`;
  await writeFile(path.join(searched, 'python3'), script, { mode: 0o755 });
}
