import { fork } from 'node:child_process';
import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { verifyJournal } from '@holdfast/testkit';
import { expect, it } from 'vitest';
import { freshDatabase, openClient } from '../test/mongo-harness.ts';
import { createMongoStore, migrate } from './index.ts';

const program = new URL('../test/write-process.ts', import.meta.url);

/** Runs a writer in a process of its own; gives what it did. */
function write(url: string, database: string, name: string): Promise<{ done: number; misses: number }> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [url, database, name], {
      execArgv: ['--conditions=holdfast:source', '--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    let said: { done: number; misses: number } | undefined;
    child.on('message', (message) => {
      said = message as { done: number; misses: number };
    });
    child.on('error', reject);
    child.on('exit', (code) => (said ? resolve(said) : reject(new Error(`writer ${name} ended with ${code}`))));
  });
}

describeOnMongo('several processes that write one book on MongoDB', (url) => {
  it('lose nothing and write nothing twice, in one chain', { timeout: 120_000 }, async () => {
    const database = freshDatabase();
    const client = await openClient(url);
    (await migrate(client, { database }))._unsafeUnwrap();
    const wrote = await Promise.all(['a', 'b', 'c'].map((name) => write(url, database, name)));
    expect(wrote.map(({ done }) => done)).toEqual([60, 60, 60]);
    // They did meet.
    expect(wrote.reduce((sum, { misses }) => sum + misses, 0)).toBeGreaterThan(0);
    const store = createMongoStore({ client, database });
    expect(await verifyJournal(store, 'main')).toBeUndefined();
    expect((await store.readHead('main'))._unsafeUnwrap().sequence).toBe(180);
    const { rows } = (await store.readAccounts('main', { prefix: 'users:ann', limit: 2 }))._unsafeUnwrap();
    expect(rows.map(({ balance }) => balance)).toEqual([180n]);
    await client.db(database).dropDatabase();
    await client.close();
  });
});
