import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { fromPool, type PgPoolClient } from './from-pool.ts';

const patience = { connectTimeoutMs: 30, answerTimeoutMs: 30 };

/** A client that answers as a test says, and remembers what became of it. */
class FakeClient extends EventEmitter implements PgPoolClient {
  readonly sent: string[] = [];
  readonly released: (boolean | undefined)[] = [];
  answer: (text: string) => Promise<{ rows: unknown[]; command: string }> = async (text) => ({
    rows: [],
    command: text.toUpperCase(),
  });

  query({ text }: { readonly text: string }) {
    this.sent.push(text);
    return this.answer(text);
  }

  release(broken?: boolean): void {
    this.released.push(broken);
  }
}

class FakePool extends EventEmitter {
  connect: () => Promise<FakeClient>;
  constructor(connect: () => Promise<FakeClient>) {
    super();
    this.connect = connect;
  }
}

function make() {
  const client = new FakeClient();
  const pool = new FakePool(async () => client);
  return { client, pool, source: fromPool(pool, patience) };
}

const error = (code: string, severity = 'ERROR') => Object.assign(new Error(code), { code, severity });

describe('a source made of a pool', () => {
  it('gives a client back after an error of the statement, and destroys it after any other', async () => {
    for (const [trouble, broken] of [
      [error('23505'), false],
      [error('57P01', 'FATAL'), true],
      [new Error('gone'), true],
    ] as const) {
      const { client, source } = make();
      client.answer = () => Promise.reject(trouble);
      await expect(source.run({ text: 'select 1' })).rejects.toBe(trouble);
      expect(client.released).toEqual([broken]);
    }
  });

  it('hears what a client says that breaks while it is lent or after it was destroyed, so that the process goes on', async () => {
    const { client, pool, source } = make();
    client.answer = async () => {
      client.emit('error', new Error('cut'));
      return { rows: [], command: '' };
    };
    await source.run({ text: 'select 1' });
    expect(client.listenerCount('error')).toBe(0);
    client.answer = () => Promise.reject(new Error('gone'));
    await expect(source.run({ text: 'select 1' })).rejects.toThrow('gone');
    expect(() => client.emit('error', new Error('late'))).not.toThrow();
    expect(() => pool.emit('error', new Error('idle'))).not.toThrow();
    await source.close();
    expect(pool.listenerCount('error')).toBe(0);
  });

  it('waits for an answer only so long, and destroys the client that gives none', async () => {
    const { client, source } = make();
    client.answer = () => new Promise(() => {});
    await expect(source.run({ text: 'select 1' })).rejects.toThrow('no answer within 30 ms');
    expect(client.released).toEqual([true]);
  });

  it('waits for a client only so long, and gives one that comes too late straight back', async () => {
    const client = new FakeClient();
    let lend: (client: FakeClient) => void = () => {};
    const pool = new FakePool(() => new Promise((resolve) => (lend = resolve)));
    await expect(fromPool(pool, patience).run({ text: 'select 1' })).rejects.toThrow('no connection within 30 ms');
    lend(client);
    await Promise.resolve();
    expect([client.sent, client.released]).toEqual([[], [undefined]]);
  });

  it('commits a transaction, and rolls it back when the work throws', async () => {
    const { client, source } = make();
    expect(await source.transaction(async (session) => (await session.run({ text: 'select 1' })).command)).toBe(
      'SELECT 1',
    );
    const work = source.transaction(async () => {
      throw new Error('a bug');
    });
    await expect(work).rejects.toThrow('a bug');
    const begin = 'begin isolation level read committed read write';
    expect(client.sent).toEqual([begin, 'select 1', 'commit', begin, 'rollback']);
    expect(client.released).toEqual([false, false]);
  });

  it('fails where COMMIT is answered by ROLLBACK', async () => {
    const { client, source } = make();
    client.answer = async (text) => ({ rows: [], command: text === 'commit' ? 'ROLLBACK' : '' });
    await expect(source.transaction(async () => 1)).rejects.toThrow('rolled back where it was asked to commit');
  });

  it('destroys a client that cannot even roll back, and tells the first error', async () => {
    const { client, source } = make();
    client.answer = async (text) => {
      if (text === 'rollback') throw error('25000');
      return { rows: [], command: '' };
    };
    const work = source.transaction(async () => {
      throw new Error('a bug');
    });
    await expect(work).rejects.toThrow('a bug');
    expect(client.released).toEqual([true]);
  });
});
