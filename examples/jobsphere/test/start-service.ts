import type { AddressInfo } from 'node:net';
import { addDuration, createMemoryStore, type Duration, type Instant, openBook } from '@holdfast/kernel';
import { chart } from '../src/book/chart.ts';
import { memoryHost } from '../src/host/memory-host.ts';
import type { Role } from '../src/host/rows.ts';
import { trustedHeader } from '../src/http/caller.ts';
import { createApp } from '../src/http/create-app.ts';
import { defaultRules, type JobsphereRules, type Service } from '../src/service/service.ts';

/** What a request was answered. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly body: any;
}

/** A user's side of the service, over real HTTP. */
export interface Client {
  get(path: string): Promise<Answered>;
  /** Sends a command; without a key a new one is made. */
  post(path: string, body?: unknown, key?: string): Promise<Answered>;
}

/** A running service, its clock in the test's hands. */
export interface RunningService {
  readonly service: Service;
  readonly url: string;
  readonly defects: readonly unknown[];
  as(user: string): Client;
  addUser(id: string, role: Role): Promise<void>;
  pass(duration: Duration): void;
  close(): Promise<void>;
}

/** How a test's service differs from the usual one. */
export interface ServiceOptions {
  readonly rules?: JobsphereRules;
  /** Makes book and host; in memory where it is absent. */
  readonly open?: (clock: () => Instant) => Promise<Pick<Service, 'book' | 'host'> & { end(): Promise<void> }>;
}

/** Starts the service on a free port of the loopback, with four users. */
export async function startService({
  rules = defaultRules,
  open = openInMemory,
}: ServiceOptions = {}): Promise<RunningService> {
  let now: Instant = '2026-03-02T09:00:00.000Z';
  const clock = (): Instant => now;
  const { book, host, end } = await open(clock);
  const service: Service = { book, host, rules, clock };
  const defects: unknown[] = [];
  const authenticate = trustedHeader((id) => host.transaction((tables) => tables.find('users', id)));
  const app = createApp({ service, authenticate, onDefect: (error) => defects.push(error) });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running: RunningService = {
    service,
    url,
    defects,
    as: (user) => clientOf(url, user),
    addUser: (id, role) => host.transaction((tables) => tables.put('users', { id, role })),
    pass: (duration) => {
      now = addDuration(now, duration);
    },
    close: async () => {
      await new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      });
      await book.close();
      await end();
    },
  };
  for (const [id, role] of USERS) await running.addUser(id, role);
  return running;
}

function clientOf(url: string, user: string): Client {
  const send = async (path: string, init: RequestInit): Promise<Answered> => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, body: await response.json() };
  };
  return {
    get: (path) => send(path, { headers: { 'x-user-id': user } }),
    post: (path, body = {}, key = `key-${++keys}`) =>
      send(path, {
        method: 'POST',
        headers: { 'x-user-id': user, 'content-type': 'application/json', 'idempotency-key': key },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

async function openInMemory(clock: () => Instant) {
  const store = createMemoryStore();
  const book = openBook({ store, name: 'jobsphere', chart, clock });
  return { book, host: memoryHost(book), end: () => store.close() };
}

let keys = 0;
const USERS = [
  ['customer-1', 'customer'],
  ['contractor-1', 'contractor'],
  ['contractor-2', 'contractor'],
  ['admin-1', 'admin'],
] as const;
