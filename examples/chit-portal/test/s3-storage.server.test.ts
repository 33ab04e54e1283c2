import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import S3rver from 's3rver';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deliverOutbox } from '../src/messages/deliver-outbox.ts';
import { folderStorage } from '../src/storage/folder-storage.ts';
import { type S3Options, s3Storage } from '../src/storage/s3-storage.ts';
import { MOST_BYTES, type Storage } from '../src/storage/storage.ts';
import { documentForm, openPortalWorld, somePdf } from './portal-world.ts';

const pdf = { contentType: 'application/pdf', bytes: somePdf };
/** What the server takes; another name is unknown to it. It does not look at signatures of the fourth version. */
const KEY = 'S3RVER';
const SECRET = 'a-secret-that-nobody-may-read';

/** A server of the S3 API with one bucket, in a folder of its own. */
async function startS3() {
  const directory = await mkdtemp(path.join(tmpdir(), 'chit-portal-s3-'));
  const configureBuckets = [{ name: 'documents', configs: [] }];
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets });
  const { port } = await server.run();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= server.close();
    return stopped;
  };
  onTestFinished(async () => {
    await stop();
    await rm(directory, { recursive: true, force: true });
  });
  return { stop, open: (change: Partial<S3Options> = {}) => openStorage(port, change) };
}

function openStorage(port: number, change: Partial<S3Options> = {}) {
  const storage = s3Storage({
    bucket: 'documents',
    region: 'ap-south-1',
    endpoint: `http://127.0.0.1:${port}`,
    accessKey: KEY,
    secretKey: SECRET,
    ...change,
  });
  onTestFinished(() => storage.close());
  return storage;
}

/** Gives what something throws, all of it, and sees to it that neither key stands in it. */
async function troubleOf(work: () => Promise<unknown>, accessKey = KEY): Promise<Error> {
  const error = await work().then(
    () => expect.unreachable('it was done'),
    (thrown: Error) => thrown,
  );
  const all = inspect(error, { depth: null, showHidden: true });
  expect(all).not.toContain(SECRET);
  expect(all).not.toContain(accessKey);
  return error;
}

/** All that can be asked of a storage. */
const everything = (storage: Storage) => [
  () => storage.get('kyc/ravi/one'),
  () => storage.put('kyc/ravi/one', pdf),
  () => storage.remove('kyc/ravi/one'),
];

describe('a bucket', () => {
  it('gives back what was put, as it was, the newest under a key, and nothing where nothing is', async () => {
    const storage = (await startS3()).open();
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);
    await storage.put('kyc/ravi/one', pdf);
    await storage.put('reports/a-b_c/2026-04.json', { contentType: 'application/json', bytes });
    expect(await storage.get('kyc/ravi/one')).toMatchObject({ contentType: 'application/pdf' });
    expect(Buffer.from((await storage.get('kyc/ravi/one'))?.bytes ?? []).equals(somePdf)).toBe(true);
    const report = await storage.get('reports/a-b_c/2026-04.json');
    expect(report?.contentType).toBe('application/json');
    expect(Buffer.from(report?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
    await storage.put('kyc/ravi/one', { contentType: 'image/png', bytes: Buffer.from('another') });
    expect(await storage.get('kyc/ravi/one')).toMatchObject({ contentType: 'image/png' });
    expect(await storage.get('kyc/ravi/two')).toBeUndefined();
  });

  it('removes, and is content where there is nothing to remove', async () => {
    const storage = (await startS3()).open();
    await storage.put('kyc/ravi/one', pdf);
    await storage.put('kyc/ravi/two', pdf);
    await storage.remove('kyc/ravi/one');
    await storage.remove('kyc/ravi/one');
    expect(await storage.get('kyc/ravi/one')).toBeUndefined();
    expect(await storage.get('kyc/ravi/two')).toBeDefined();
  });

  it('that is not there is a trouble, not a document that is not there', async () => {
    const storage = (await startS3()).open({ bucket: 'another' });
    expect((await troubleOf(() => storage.get('kyc/ravi/one'))).message).toBe('the storage answered: 404 NoSuchBucket');
    expect((await troubleOf(() => storage.put('kyc/ravi/one', pdf))).message).toBe(
      'the storage answered: 404 NoSuchBucket',
    );
  });

  it('lets nobody in whose key it does not know, and no error tells the key', async () => {
    const accessKey = 'AKIANOBODYKNOWSIT';
    const storage = (await startS3()).open({ accessKey });
    for (const work of everything(storage)) {
      const { message } = await troubleOf(work, accessKey);
      expect(message).toBe('the storage answered: 403 InvalidAccessKeyId');
    }
  });

  it('whose server is gone, or says nothing, is a trouble that passes', async () => {
    const server = await startS3();
    const storage = server.open();
    await storage.put('kyc/ravi/one', pdf);
    await server.stop();
    for (const work of everything(storage)) {
      expect(await troubleOf(work)).toMatchObject({ code: expect.stringMatching(/^E(CONNREFUSED|CONNRESET|PIPE)$/) });
    }
    const silent = openStorage(await startSilence(), { timeoutMs: 50 });
    for (const work of everything(silent)) {
      expect(await troubleOf(work)).toMatchObject({ code: expect.stringMatching(/^E[A-Z]+$/) });
    }
  });

  it('takes no path that leads elsewhere, and gives none', async () => {
    const storage = (await startS3()).open();
    for (const key of ['../secrets', '/etc/passwd', 'kyc//one', 'kyc/..', '', 'kyc/ein ganzer', '.hidden']) {
      await expect(storage.put(key, pdf)).rejects.toThrow('a storage key is no path of plain names');
      await expect(storage.get(key)).rejects.toThrow('a storage key is no path of plain names');
      await expect(storage.remove(key)).rejects.toThrow('a storage key is no path of plain names');
    }
  });
});

describe('a document larger than allowed', () => {
  const large = { contentType: 'application/pdf', bytes: Buffer.alloc(MOST_BYTES + 1) };

  it('is not put, into a bucket or a folder', async () => {
    const storage = (await startS3()).open();
    const folder = await mkdtemp(path.join(tmpdir(), 'chit-portal-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const one of [storage, folderStorage(folder)]) {
      await expect(one.put('kyc/ravi/one', large)).rejects.toThrow(`${MOST_BYTES} are allowed`);
      expect(await one.get('kyc/ravi/one')).toBeUndefined();
    }
  });

  it('is not read, where somebody else has put it there', async () => {
    const storage = openStorage(await startLargeness());
    await expect(storage.get('kyc/ravi/one')).rejects.toThrow(`a document has ${MOST_BYTES + 1} bytes`);
  });
});

describe('the portal on a bucket', () => {
  it('keeps a document there, gives it back, and forgets it with its owner', async () => {
    const storage = (await startS3()).open();
    const world = await openPortalWorld({ storage });
    const ravi = await world.user('ravi');
    const handed = await handIn(world, ravi, somePdf);
    expect(handed).toMatchObject({ status: 201, body: { verificationStatus: 'PENDING' } });
    expect(await ravi.get(handed.body.documentUrl)).toMatchObject({ status: 200, body: somePdf.toString() });
    const { storage_key } = await world.portal.database
      .selectFrom('user_kyc')
      .select('storage_key')
      .executeTakeFirstOrThrow();
    expect(await storage.get(storage_key)).toMatchObject({ contentType: 'application/pdf' });
    expect((await ravi.send('DELETE', `/api/users/${ravi.id}`)).status).toBe(204);
    expect(await storage.get(storage_key)).toBeUndefined();
  });

  it('asks for another try while the bucket is away, keeps no row without its document, and logs no key', async () => {
    const server = await startS3();
    const world = await openPortalWorld({ storage: server.open() });
    const ravi = await world.user('ravi');
    await server.stop();
    expect(await handIn(world, ravi, somePdf)).toMatchObject({ status: 503, body: { code: 'try_again' } });
    expect(await world.portal.database.selectFrom('user_kyc').selectAll().execute()).toEqual([]);
    const logged = world.logs.join('');
    expect(logged).toContain('the storage answered: ECONNREFUSED');
    for (const secret of [SECRET, KEY, 'AWS4-HMAC']) expect(logged).not.toContain(secret);
    // What has nothing to do with documents goes on.
    expect(await deliverOutbox(world.portal, world.channels)).toMatchObject({ failed: 0 });
  });
});

type World = Awaited<ReturnType<typeof openPortalWorld>>;

function handIn(world: World, { id, token }: Awaited<ReturnType<World['user']>>, file: Uint8Array) {
  const { headers, payload } = documentForm({ documentType: 'PAN', documentNumber: 'ABCPK1234L' }, file);
  const authorization = `Bearer ${token}`;
  return world.inject({ method: 'POST', url: `/api/users/${id}/kyc`, headers: { ...headers, authorization }, payload });
}

/** A server that takes connections and never answers. */
function startSilence(): Promise<number> {
  return startRaw(() => {});
}

/** A server whose one document begins, and has a byte more than is allowed. */
function startLargeness(): Promise<number> {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\ncontent-length: ${MOST_BYTES + 1}\r\n\r\n%PDF-1.7`;
  return startRaw((socket) => socket.once('data', () => socket.write(head)));
}

async function startRaw(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    answer(socket);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((closed) => server.close(() => closed()));
  });
  return (server.address() as AddressInfo).port;
}
