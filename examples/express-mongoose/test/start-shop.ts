import type { AddressInfo } from 'node:net';
import { addDuration, type Duration, type Instant } from '@holdfast/kernel';
import { type Connection, createConnection } from 'mongoose';
import { createApp } from '../src/create-app.ts';
import { orderModel } from '../src/models/order.ts';
import { type Money, openMoney } from '../src/money/open-money.ts';

/** What a request was answered. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly body: any;
}

/** A running shop in a database of its own, its clock in the test's hands. */
export interface RunningShop {
  readonly connection: Connection;
  readonly money: Money;
  as(user: string): {
    get(path: string): Promise<Answered>;
    post(path: string, body: object, key: string): Promise<Answered>;
  };
  pass(duration: Duration): void;
  close(): Promise<void>;
}

/** Starts the shop on a free port of the loopback. */
export async function startShop(url: string): Promise<RunningShop> {
  let now: Instant = '2026-03-02T09:00:00.000Z';
  const dbName = `shop_test_${process.pid}_${++shops}`;
  const connection = await createConnection(url, { dbName }).asPromise();
  await orderModel(connection).init();
  const money = await openMoney(connection, () => now);
  const server = createApp({ connection, money }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    connection,
    money,
    as: (user) => {
      const send = async (path: string, init: RequestInit): Promise<Answered> => {
        const response = await fetch(`${base}${path}`, init);
        return { status: response.status, body: await response.json() };
      };
      const headers = { 'x-user-id': user, 'content-type': 'application/json' };
      return {
        get: (path) => send(path, { headers }),
        post: (path, body, key) =>
          send(path, { method: 'POST', headers: { ...headers, 'idempotency-key': key }, body: JSON.stringify(body) }),
      };
    },
    pass: (duration) => {
      now = addDuration(now, duration);
    },
    close: async () => {
      await new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      });
      await money.close();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

let shops = 0;
