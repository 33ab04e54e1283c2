import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { addDuration, type Duration, type Instant } from '@holdfast/kernel';
import type { FastifyInstance, InjectOptions } from 'fastify';
import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import { argon2Passwords } from '../src/auth/passwords.ts';
import { type AppOptions, buildApp } from '../src/build-app.ts';
import type { Role } from '../src/host/tables.ts';
import type { Channels } from '../src/messages/channels.ts';
import type { Portal } from '../src/portal.ts';
import { folderStorage } from '../src/storage/folder-storage.ts';

/** What a request was answered. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly body: any;
  readonly headers: { readonly [name: string]: unknown };
}

/** A user's side of the portal. */
export interface Client {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
  get(url: string): Promise<Answered>;
  /** Sends a body, under a new key where none is given. */
  send(method: 'POST' | 'PUT' | 'DELETE', url: string, body?: object, key?: string): Promise<Answered>;
}

/** A portal on a database of its own, its clock in the test's hands. */
export interface PortalWorld {
  readonly app: FastifyInstance;
  readonly portal: Portal;
  readonly pool: pg.Pool;
  readonly mails: { readonly to: string; readonly subject: string; readonly text: string }[];
  readonly shortMessages: { readonly to: string; readonly text: string }[];
  readonly channels: Channels;
  readonly logs: string[];
  readonly folder: string;
  now(): Instant;
  pass(duration: Duration): void;
  set(instant: Instant): void;
  inject(options: InjectOptions): Promise<Answered>;
  /** Registers and signs in. Roles are given by the table, as an operator would give the first admin his. */
  user(name: string, role?: Role): Promise<Client>;
  /** Has both documents of a user verified. */
  verify(client: Client): Promise<void>;
}

/** Opens a portal that is closed, with its database, when the test is over. */
export async function openPortalWorld(options: Partial<AppOptions> = {}): Promise<PortalWorld> {
  let now: Instant = '2026-03-02T04:30:00.000Z';
  const { pool, drop } = await ownDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'chit-portal-'));
  const logs: string[] = [];
  const clock = () => now;
  const { app, portal, close } = await buildApp({
    pool,
    clock,
    storage: folderStorage(folder),
    secret: 'a secret of tests that is long enough',
    passwords: argon2Passwords({ memoryCost: 1_024, timeCost: 1, parallelism: 1 }),
    standingsKeptMs: 0,
    patienceMs: 120_000,
    logs: { write: (line) => logs.push(line) },
    limits: { requests: 1_000_000, passwords: 1_000_000 },
    ...options,
  });
  onTestFinished(async () => {
    await close();
    await drop();
    await rm(folder, { recursive: true, force: true });
  });
  const mails: PortalWorld['mails'] = [];
  const shortMessages: PortalWorld['shortMessages'] = [];
  const channels: Channels = {
    mail: async ({ to, subject, text }) => void mails.push({ to, subject, text }),
    sms: async ({ to, text }) => void shortMessages.push({ to, text }),
  };
  const inject = async (request: InjectOptions): Promise<Answered> => {
    const { statusCode, body, headers } = await app.inject(request);
    return { status: statusCode, body: body === '' ? undefined : readBody(body), headers };
  };
  const world = { app, portal, pool, mails, shortMessages, channels, logs, folder, inject };
  return {
    ...world,
    now: clock,
    pass: (duration) => {
      now = addDuration(now, duration);
    },
    set: (instant) => {
      now = instant;
    },
    user: (name, role = 'USER') => signUp(world, name, role),
    verify: (client) => verifyDocuments(portal, client),
  };
}

/** Sends a document as a browser does. */
export function documentForm(fields: { readonly [name: string]: string }, file?: Uint8Array) {
  const boundary = 'a-boundary-of-tests';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="document"; filename="d.pdf"\r\ncontent-type: application/pdf\r\n\r\n`;
  const bytes = file ? [Buffer.from(head), Buffer.from(file), Buffer.from('\r\n')] : [];
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(parts.join('')), ...bytes, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** A file that begins as a PDF does. */
export const somePdf = Buffer.from('%PDF-1.7\nnot more than a beginning\n');

async function ownDatabase() {
  const admin = new pg.Client({ connectionString: postgresUrl() });
  await admin.connect();
  const name = `chit_portal_test_${process.pid}_${++databases}`;
  await admin.query(`create database ${name}`);
  const connectionString = Object.assign(new URL(postgresUrl()), { pathname: `/${name}` }).href;
  const pool = new pg.Pool({ connectionString, max: 12 });
  pool.on('error', () => {});
  const drop = async (): Promise<void> => {
    await pool.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { pool, drop };
}

type Inner = Pick<PortalWorld, 'inject' | 'portal'>;

async function signUp({ inject, portal }: Inner, name: string, role: Role): Promise<Client> {
  const email = `${name}@example.org`;
  const password = `${name} has a password`;
  const phoneNumber = `+9198${String(++numbers).padStart(8, '0')}`;
  const body = { email, phoneNumber, password, fullName: name, dateOfBirth: '1990-05-17' };
  const registered = await inject({ method: 'POST', url: '/api/auth/register', body });
  expect(registered.status).toBe(201);
  const { id } = registered.body;
  await portal.database
    .updateTable('users')
    .set({ status: 'ACTIVE', email_verified_at: portal.clock(), role })
    .where('id', '=', id)
    .execute();
  const signedIn = await inject({ method: 'POST', url: '/api/auth/login', body: { email, password } });
  expect(signedIn.status).toBe(200);
  const { accessToken, refreshToken } = signedIn.body.tokens;
  const headers = { authorization: `Bearer ${accessToken}` };
  return {
    id,
    email,
    token: accessToken,
    refreshToken,
    get: (url) => inject({ method: 'GET', url, headers }),
    send: (method, url, sent, key = `key-of-tests-${++keys}`) =>
      inject({ method, url, headers: { ...headers, 'idempotency-key': key }, ...(sent ? { body: sent } : {}) }),
  };
}

async function verifyDocuments({ database, clock }: Portal, { id }: Client): Promise<void> {
  for (const type of ['AADHAR', 'PAN'] as const) {
    await database
      .insertInto('user_kyc')
      .values({
        id: crypto.randomUUID(),
        user_id: id,
        document_type: type,
        document_number: '••••1234',
        number_digest: `${type} of ${id}`,
        storage_key: `kyc/${id}/${type}`,
        content_type: 'application/pdf',
        verification_status: 'VERIFIED',
        reason: null,
        checked_at: clock(),
        verified_at: clock(),
        verified_by: 'test',
        created_at: clock(),
      })
      .execute();
  }
}

function readBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

let databases = 0;
let numbers = 0;
let keys = 0;
