import { fork } from 'node:child_process';
import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { verifyJournal } from '@holdfast/testkit';
import { expect, it } from 'vitest';
import { freshDatabase, openClient } from '../test/mongo-harness.ts';
import { createMongoStore, migrate } from './index.ts';

const program = new URL('../test/write-process.ts', import.meta.url);

/** What a writer did. */
interface Wrote {
  readonly done: number;
  readonly misses: number;
}

/** Starts a writer in a process of its own, which waits for the word. */
function startWriter(url: string, database: string, name: string) {
  const child = fork(program, [url, database, name], {
    execArgv: ['--conditions=holdfast:source', '--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let said: Wrote | undefined;
  const wrote = new Promise<Wrote>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (said ? resolve(said) : reject(new Error(`writer ${name} ended with ${code}`))));
  });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (message === 'ready') resolve();
      else said = message as Wrote;
    });
  });
  return { ready: Promise.race([ready, wrote]), go: () => child.send('go'), wrote };
}

describeOnMongo('several processes that write one book on MongoDB', (url) => {
  it('lose nothing and write nothing twice, in one chain', async () => {
    const database = freshDatabase();
    const client = await openClient(url);
    (await migrate(client, { database }))._unsafeUnwrap();
    const writers = ['a', 'b', 'c'].map((name) => startWriter(url, database, name));
    await Promise.all(writers.map(({ ready }) => ready));
    for (const { go } of writers) go();
    const wrote = await Promise.all(writers.map((writer) => writer.wrote));
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
