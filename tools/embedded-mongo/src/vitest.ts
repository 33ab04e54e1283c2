import { connect } from 'node:net';
import { describe, inject, it } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    mongoStarter: number;
  }
}

/** What the set-up of the tests answers to a test file that asks for a server. */
export type MongoAnswer =
  | { readonly url: string; readonly whyNot?: undefined }
  | { readonly url?: undefined; readonly whyNot: string }
  | { readonly broken: string };

/**
 * Gives the connection string of the MongoDB server of this test run, starting it where it is not yet there, or why there is none. A
 * test makes a database of its own there.
 */
export async function mongoServer(): Promise<Exclude<MongoAnswer, { broken: string }>> {
  const answer = await ask(inject('mongoStarter'));
  if ('broken' in answer) throw new Error(answer.broken);
  return answer;
}

/**
 * Describes tests on the MongoDB server of this test run. Where there is none, one test in their place is skipped, with the reason.
 *
 * @param define - Defines the tests, with the connection string.
 */
export function describeOnMongo(name: string, define: (url: string) => void | Promise<void>): void {
  describe(name, async () => {
    const { url, whyNot } = await mongoServer();
    if (url === undefined) it('runs on a server', ({ skip }) => skip(whyNot));
    else await define(url);
  });
}

function ask(port: number): Promise<MongoAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.once('error', reject);
    socket.once('end', () => resolve(JSON.parse(said)));
  });
}
