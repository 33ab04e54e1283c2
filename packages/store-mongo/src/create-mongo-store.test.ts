import type { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { createMongoStore } from './create-mongo-store.ts';

const client = { startSession: () => {}, db: () => ({ collection: () => ({}) }) } as unknown as MongoClient;

describe('createMongoStore', () => {
  it.each(['Holdfast', '1st', 'a.b', 'a$', '', 'a'.repeat(49), 'system.users', 7, null])(
    'takes no namespace %s',
    (namespace) => {
      expect(() => createMongoStore({ client, namespace: namespace as string })).toThrow('namespace is');
    },
  );

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 86_400_001, '5'])('takes no timeout of %s', (ms) => {
    expect(() => createMongoStore({ client, lockTimeoutMs: ms as number })).toThrow('lockTimeoutMs is');
    expect(() => createMongoStore({ client, answerTimeoutMs: ms as number })).toThrow('answerTimeoutMs is');
  });

  it.each([undefined, null, {}, 'mongodb://localhost'])('takes no client %s', (none) => {
    expect(() => createMongoStore({ client: none as never })).toThrow('client is no MongoClient');
  });

  it.each(['', 7])('takes no database %j', (database) => {
    expect(() => createMongoStore({ client, database: database as string })).toThrow('database is');
  });

  it('takes options of its own alone', () => {
    const polluted = Object.create({ namespace: 'NONE', lockTimeoutMs: -1 });
    expect(() => createMongoStore(Object.assign(polluted, { client }))).not.toThrow();
  });
});
