import type { Db, MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { CommitUnknown } from './server-error.ts';
import { inSnapshot, inTransaction } from './transaction.ts';

/** A client whose session plays what each commit answers, and notes what it is asked for. */
function scripted(commits: readonly (Error | 'done' | 'silence')[]) {
  const asked: unknown[] = [];
  let next = 0;
  const session = {
    inTransaction: () => false,
    startTransaction: (options: unknown) => asked.push(options),
    async commitTransaction() {
      asked.push('commit');
      const answer = commits[next++] ?? 'done';
      if (answer === 'silence') await new Promise(() => {});
      if (answer instanceof Error) throw answer;
    },
    async endSession() {
      asked.push('end');
    },
  };
  const client = { startSession: () => session } as unknown as MongoClient;
  const db = { collection: () => ({ findOne: async () => asked.push('look') }) } as unknown as Db;
  return { source: { client, db, answerTimeoutMs: 40 }, asked };
}

const lost = () => Object.assign(new Error('lost'), { errorLabels: ['UnknownTransactionCommitResult'] });
const server = (code: number) =>
  Object.assign(new Error(`${code}`), { code, errorLabels: ['TransientTransactionError'] });

describe('a transaction', () => {
  it('says each concern itself, commits and ends its session', async () => {
    const { source, asked } = scripted(['done']);
    expect(await inTransaction(source, async () => 'value')).toBe('value');
    expect(asked).toEqual([
      {
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
        readPreference: 'primary',
        maxCommitTimeMS: 40,
      },
      'commit',
      'end',
    ]);
  });

  it('is not committed when its work throws, and ends its session', async () => {
    const { source, asked } = scripted([]);
    await expect(inTransaction(source, () => Promise.reject(new Error('oops')))).rejects.toThrow('oops');
    expect(asked.slice(1)).toEqual(['end']);
  });

  it('asks for a commit again whose answer was lost', async () => {
    const { source, asked } = scripted([lost(), lost(), 'done']);
    expect(await inTransaction(source, async () => 'value')).toBe('value');
    expect(asked.slice(1)).toEqual(['commit', 'commit', 'commit', 'end']);
  });

  it('asks four times at most, and then says that nobody knows', async () => {
    const { source, asked } = scripted(Array.from({ length: 9 }, lost));
    await expect(inTransaction(source, async () => 'value')).rejects.toThrow(CommitUnknown);
    expect(asked.slice(1, 5)).toEqual(['commit', 'commit', 'commit', 'commit']);
  });

  it('that may be open still is ended by another one on its session, before the session is', async () => {
    const { source, asked } = scripted(['silence']);
    await expect(inTransaction(source, async () => 'value')).rejects.toThrow(CommitUnknown);
    await expect.poll(() => asked.at(-1)).toBe('end');
    expect(asked.slice(1)).toEqual([
      'commit',
      { readConcern: { level: 'snapshot' }, readPreference: 'primary' },
      'look',
      'end',
    ]);
  });

  it('that only reads is never in doubt', async () => {
    const { source } = scripted([server(251)]);
    await expect(inSnapshot(source, async () => 'value')).rejects.toMatchObject({ code: 251 });
  });

  it.each<[what: string, commits: readonly (Error | 'silence')[]]>([
    ['the answer does not come in time', ['silence']],
    ['the server does not know the transaction', [server(251)]],
    ['the server does not know it after an answer was lost', [lost(), server(251)]],
    ['the server refuses it after an answer was lost', [lost(), server(112)]],
  ])('says that nobody knows where %s', async (_what, commits) => {
    const { source, asked } = scripted(commits);
    await expect(inTransaction(source, async () => 'value')).rejects.toThrow(CommitUnknown);
    await expect.poll(() => asked.at(-1)).toBe('end');
  });

  it('was not committed where the server says so at once', async () => {
    const { source } = scripted([server(112)]);
    await expect(inTransaction(source, async () => 'value')).rejects.toMatchObject({ code: 112 });
  });
});
