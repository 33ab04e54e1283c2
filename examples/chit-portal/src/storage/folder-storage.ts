import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { checkStorageKey, MOST_BYTES, type Storage, tooLarge } from './storage.ts';

/** Keeps documents in a folder, each beside a file with its type. A document is there whole or not at all. */
export function folderStorage(folder: string): Storage {
  const pathOf = (key: string): string => path.join(folder, checkStorageKey(key));
  return {
    put: async (key, { contentType, bytes }) => {
      if (bytes.byteLength > MOST_BYTES) throw tooLarge(bytes.byteLength);
      await mkdir(path.dirname(pathOf(key)), { recursive: true, mode: 0o700 });
      await write(`${pathOf(key)}.type`, Buffer.from(contentType));
      await write(pathOf(key), bytes);
    },
    get: async (key) => {
      try {
        const bytes = await readFile(pathOf(key));
        return { contentType: await readFile(`${pathOf(key)}.type`, 'utf8'), bytes };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    remove: async (key) => {
      await rm(pathOf(key), { force: true });
      await rm(`${pathOf(key)}.type`, { force: true });
    },
  };
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, file);
}
