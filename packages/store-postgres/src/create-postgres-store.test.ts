import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createPostgresStore, type PgPool } from './index.ts';

const pool = Object.assign(new EventEmitter(), { connect: () => Promise.reject(new Error('nobody there')) }) as PgPool;
const prototype = Object.prototype as { lockTimeoutMs?: unknown; schema?: unknown };

afterEach(() => {
  delete prototype.lockTimeoutMs;
  delete prototype.schema;
});

describe('createPostgresStore', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 86_400_001, '5'])('refuses the timeout %s', (ms) => {
    for (const name of ['lockTimeoutMs', 'statementTimeoutMs', 'connectTimeoutMs']) {
      expect(() => createPostgresStore({ client: pool, [name]: ms as number })).toThrow(new RegExp(`^${name} is `));
    }
  });

  it.each(['public; drop', 'a"b', 'x'.repeat(64), '__proto__', ''])('refuses the schema %j', (schema) => {
    expect(() => createPostgresStore({ client: pool, schema })).toThrow(/^schema is /);
  });

  it.each([undefined, null, 1, 'postgres://localhost', {}, new EventEmitter()])('refuses the client %s', (client) => {
    expect(() => createPostgresStore({ client: client as PgPool })).toThrow('neither a Pool of pg nor a PGlite');
  });

  it('takes no option from a polluted prototype', async () => {
    prototype.lockTimeoutMs = -1;
    prototype.schema = 'a"b';
    const store = createPostgresStore({ client: pool });
    expect((await store.readHead('b'))._unsafeUnwrapErr().code).toBe('store_unavailable');
  });
});
