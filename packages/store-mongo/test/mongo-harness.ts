import type { Store } from '@holdfast/kernel';
import { type LoopbackProxy, openProxy } from '@holdfast/server-process';
import type { HostTransaction, OpenedStore, StoreHarness } from '@holdfast/testkit';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { createMongoStore, migrate } from '../src/index.ts';

let databases = 0;

/** A name that no other test has, of this process or another. */
export function freshDatabase(): string {
  databases += 1;
  return `t${process.pid.toString(36)}_${databases.toString(36)}_${Date.now().toString(36)}`;
}

/** Opens a client. */
export async function openClient(url: string, options: MongoClientOptions = {}): Promise<MongoClient> {
  const client = new MongoClient(url, { maxPoolSize: 20, ...options });
  client.setMaxListeners(100);
  return client.connect();
}

/** Opens a store on a database of its own. Its first store goes through a proxy, whose connections can be cut. */
async function openMongo(url: string): Promise<OpenedStore> {
  const database = freshDatabase();
  const clients: MongoClient[] = [];
  const closing: (() => Promise<void>)[] = [];
  const open = async (at: string): Promise<Store<unknown>> => {
    const client = await openClient(at);
    clients.push(client);
    return createMongoStore({ client, database, lockTimeoutMs: 10_000 }) as Store<unknown>;
  };
  const admin = await openClient(url);
  clients.push(admin);
  const made = await migrate(admin, { database });
  if (made.isErr()) throw new Error(made.error.message);
  await admin.db(database).createCollection('notes');
  const proxy = await openProxyTo(url);
  const store = await open(proxy.url);
  const [, client = admin] = clients;
  return {
    store,
    another: () => open(url),
    cut: async () => proxy.cutClients(),
    host: {
      begin: async () => beginHost(client, database),
      notes: async () =>
        (await admin.db(database).collection('notes').find().toArray()).map(({ note }) => note as string),
    },
    close: async () => {
      await store.close();
      await admin.db(database).dropDatabase();
      await Promise.all(clients.map((one) => one.close()));
      for (const end of closing) await end();
      await proxy.close();
    },
  };
}

/** The kind of store that is made on a server that speaks MongoDB's protocol. */
export function mongoHarness(url: string, runs: number): StoreHarness {
  return { name: 'MongoDB', runs, open: () => openMongo(url) };
}

/** A proxy to a server, with the URL that leads through it: to this one server, whatever its replica set says of itself. */
async function openProxyTo(url: string): Promise<LoopbackProxy & { readonly url: string }> {
  const target = new URL(url);
  const proxy = await openProxy(Number(target.port || '27017'), target.hostname);
  target.host = `127.0.0.1:${proxy.port}`;
  target.searchParams.delete('replicaSet');
  target.searchParams.set('directConnection', 'true');
  return { ...proxy, url: target.href };
}

function beginHost(client: MongoClient, database: string): HostTransaction {
  const session = client.startSession();
  session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
  const end = async (how: 'commitTransaction' | 'abortTransaction'): Promise<void> => {
    try {
      await session[how]();
    } finally {
      await session.endSession();
    }
  };
  return {
    client: session,
    note: async (text) => {
      await client.db(database).collection('notes').insertOne({ note: text }, { session });
    },
    commit: () => end('commitTransaction'),
    rollback: () => end('abortTransaction'),
  };
}
