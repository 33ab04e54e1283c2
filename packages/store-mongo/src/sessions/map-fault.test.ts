import { Defect } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { CorruptDocument } from '../documents/corrupt-document.ts';
import { guarded, mapFault } from './map-fault.ts';
import { Refused } from './refused.ts';
import { CommitUnknown, NoAnswer } from './server-error.ts';

/** An error as the driver makes it. */
function driverError(name: string, fields: object = {}): Error {
  return Object.assign(new Error(`a ${name}`), { name, ...fields });
}

const server = (code: number, errorLabels: readonly string[] = []) =>
  driverError('MongoServerError', { code, errorLabels });

describe('a fault', () => {
  it.each<[what: string, error: unknown, code: string, retryable: boolean, ifLostUnknown: string]>([
    ['a connection that broke', driverError('MongoNetworkError'), 'store_unavailable', true, 'unknown'],
    ['no server', driverError('MongoServerSelectionError'), 'store_unavailable', true, 'unknown'],
    ['a client that is closed', driverError('MongoClientClosedError'), 'store_unavailable', true, 'unknown'],
    ['a pool that was cleared', driverError('MongoPoolClearedError'), 'store_unavailable', true, 'unknown'],
    ['silence', new NoAnswer('nothing'), 'store_timeout', true, 'unknown'],
    ['a primary that stepped down', server(189), 'store_unavailable', true, 'unknown'],
    ['a server that is no primary', server(10107), 'store_unavailable', true, 'unknown'],
    ['a server that shuts down', server(91), 'store_unavailable', true, 'unknown'],
    ['a snapshot that is gone', server(246, ['TransientTransactionError']), 'store_unavailable', true, 'unknown'],
    ['a transaction that lived too long', server(290), 'store_timeout', true, 'unknown'],
    ["the server's own limit", server(50), 'store_timeout', true, 'unknown'],
    ['a label alone', server(99_999, ['TransientTransactionError']), 'store_unavailable', true, 'unknown'],
    ['a write conflict', server(112, ['TransientTransactionError']), 'book_busy', true, 'none'],
    ['a key that is there', server(11000), 'store_refused', false, 'none'],
    ['a right that is missing', server(13), 'store_refused', false, 'none'],
    ['a document that is too large', server(10334), 'store_refused', false, 'none'],
    ['an argument that makes no sense', driverError('MongoInvalidArgumentError'), 'store_refused', false, 'none'],
    ['a text that BSON cannot write', driverError('BSONError'), 'store_refused', false, 'none'],
    ['a collection that is not there', server(26), 'schema_missing', false, 'none'],
    ['a document that cannot be', new CorruptDocument('no'), 'store_corrupt', false, 'none'],
    ['a text that was thrown', 'oops', 'store_unavailable', true, 'unknown'],
  ])('of %s', (_what, error, code, retryable, effect) => {
    expect(mapFault(error, 'unknown')).toMatchObject({ fault: true, code, retryable, effect });
    expect(mapFault(error, 'none')).toMatchObject({ code, retryable, effect: 'none' });
  });

  it('of a commit whose answer is lost is unknown, whatever the call says', () => {
    const lost = new CommitUnknown('lost', { cause: driverError('MongoNetworkError') });
    expect(mapFault(lost, 'none')).toMatchObject({ code: 'store_unavailable', retryable: true, effect: 'unknown' });
    const gone = new CommitUnknown('gone', { cause: server(251, ['TransientTransactionError']) });
    expect(mapFault(gone, 'none')).toMatchObject({ code: 'store_unavailable', retryable: true, effect: 'unknown' });
    const silent = new CommitUnknown('silent', { cause: new NoAnswer('nothing') });
    expect(mapFault(silent, 'none')).toMatchObject({ code: 'store_timeout', retryable: true, effect: 'unknown' });
  });

  it('that we found ourselves goes through', () => {
    const { fault } = new Refused('book_busy', 'held', { retryable: true });
    expect(mapFault(new Refused('book_busy', 'held', { retryable: true }), 'unknown')).toEqual(fault);
  });
});

describe('guarded work', () => {
  it('gives its value, or its fault', async () => {
    expect((await guarded('none', async () => 7))._unsafeUnwrap()).toBe(7);
    const failed = await guarded('none', () => Promise.reject(server(112)));
    expect(failed._unsafeUnwrapErr()).toMatchObject({ code: 'book_busy' });
  });

  it('lets defects through', async () => {
    await expect(guarded('none', () => Promise.reject(new Defect('a bug')))).rejects.toThrow('a bug');
  });
});
