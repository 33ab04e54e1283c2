import { type AddressInfo, createServer, type Server } from 'node:net';
import type { TestProject } from 'vitest/node';
import type { MongoServer } from './running-server.ts';
import { serverProgram } from './server-program.ts';
import { startMongo } from './start-mongo.ts';
import type { MongoAnswer } from './vitest.ts';
import { noMongo } from './why-no-mongo.ts';

let starter: Server | undefined;
let answer: Promise<MongoAnswer> | undefined;
let server: MongoServer | undefined;

/** Gives the tests `HOLDFAST_MONGO_URL`, or else a temporary server, which is started when the first test file asks for it. */
export async function setup(project: TestProject): Promise<void> {
  starter = createServer((socket) => {
    socket.on('error', () => {});
    answer ??= answerOnce();
    void answer.then((given) => socket.end(JSON.stringify(given)));
  });
  await new Promise<void>((resolve) => starter?.listen(0, '127.0.0.1', resolve));
  project.provide('mongoStarter', (starter.address() as AddressInfo).port);
}

/** Ends the server that the tests asked for. */
export async function teardown(): Promise<void> {
  starter?.close();
  await answer;
  await server?.stop();
}

async function answerOnce(): Promise<MongoAnswer> {
  const given = process.env.HOLDFAST_MONGO_URL;
  if (given) return { url: given };
  try {
    const found = await serverProgram();
    if ('missing' in found) return { whyNot: noMongo(found.missing) };
    // A database that is lost with the machine is no loss here.
    server = await startMongo({ fsync: false });
    return { url: server.url };
  } catch (error) {
    return { broken: String(error) };
  }
}
