import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPython } from './find-python.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdfast-python-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('findPython', () => {
  it('takes the newest that fits, wherever on the path it is', async () => {
    await python('first/python3', '3.11.2 True linux');
    const newest = await python('second/python3.12', '3.12.1 True linux');
    expect(await findPython(onPath('first', 'second'))).toEqual({ python: { program: newest, version: '3.12.1' } });
  });

  it('passes over one that does not run, one that is too new or too old and one that cannot make environments', async () => {
    await python('first/python3.13', '', 127);
    await python('first/python3.12', '3.12.1 False linux');
    await python('first/python3', '3.14.0 True linux');
    await python('second/python3', '3.9.18 True linux');
    const fits = await python('third/python3', '3.10.13 True linux');
    expect(await findPython(onPath('first', 'second', 'third'))).toEqual({
      python: { program: fits, version: '3.10.13' },
    });
  });

  it('says what is missing', async () => {
    await python('first/python3', '3.14.0 True linux');
    expect(await findPython(onPath('first', 'nowhere'))).toEqual({
      missing: 'no Python from 3.10 to 3.13 is on the path',
    });
    await python('second/python3.11', '3.11.2 False linux');
    expect(await findPython(onPath('first', 'second'))).toEqual({
      missing: 'Python 3.11.2 cannot make virtual environments (Debian has that in python3-venv)',
    });
  });
});

async function python(place: string, answer: string, code = 0): Promise<string> {
  const program = path.join(folder, place);
  await mkdir(path.dirname(program), { recursive: true });
  await writeFile(program, `#!/bin/sh\necho '${answer}'\nexit ${code}\n`, { mode: 0o755 });
  return program;
}

function onPath(...folders: readonly string[]): string {
  return folders.map((name) => path.join(folder, name)).join(path.delimiter);
}
