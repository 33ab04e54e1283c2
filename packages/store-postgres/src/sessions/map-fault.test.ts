import { Defect } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { CorruptRow } from '../sql/decode-row.ts';
import { guarded, mapFault } from './map-fault.ts';
import { Refused } from './refused.ts';
import { isBroken, NoAnswer, NotConnected, RolledBack } from './session-error.ts';

const server = (code: string, severity = 'ERROR') => Object.assign(new Error(`said ${code}`), { code, severity });
const node = (code: string) => Object.assign(new Error(code), { code });

describe('a fault', () => {
  it.each([
    [new NotConnected('x'), 'store_unavailable', true, 'none'],
    [new NoAnswer('x'), 'store_timeout', true, 'unknown'],
    [new RolledBack('x'), 'store_refused', true, 'none'],
    [new CorruptRow('x'), 'store_corrupt', false, 'none'],
    [new Refused('schema_too_new', 'x', { retryable: false }), 'schema_too_new', false, 'none'],
    [new Error('Connection terminated unexpectedly'), 'store_unavailable', true, 'unknown'],
    [node('ECONNRESET'), 'store_unavailable', true, 'unknown'],
    [node('EPIPE'), 'store_unavailable', true, 'unknown'],
    ['a text', 'store_unavailable', true, 'unknown'],
    [server('57P01', 'FATAL'), 'store_unavailable', true, 'unknown'],
    [server('57P02', 'FATAL'), 'store_unavailable', true, 'unknown'],
    [server('08006'), 'store_unavailable', true, 'unknown'],
    [server('40003'), 'store_unavailable', true, 'unknown'],
    [server('57014'), 'store_timeout', true, 'none'],
    [server('25P03', 'FATAL'), 'store_timeout', true, 'none'],
    [server('55P03'), 'book_busy', true, 'none'],
    [server('40001'), 'book_busy', true, 'none'],
    [server('40P01'), 'book_busy', true, 'none'],
    [server('25006'), 'store_unavailable', true, 'none'],
    [server('53300', 'FATAL'), 'store_unavailable', true, 'none'],
    [server('57P03', 'FATAL'), 'store_unavailable', true, 'none'],
    [server('42P01'), 'schema_missing', false, 'none'],
    [server('23505'), 'store_refused', false, 'none'],
    [server('23514'), 'store_refused', false, 'none'],
    [server('22P02'), 'store_refused', false, 'none'],
    [server('42501'), 'store_refused', false, 'none'],
    [server('XX000'), 'store_refused', false, 'none'],
  ])('for %s is %s, retryable %s, effect %s', (error, code, retryable, effect) => {
    expect(mapFault(error, 'unknown')).toMatchObject({ fault: true, code, retryable, effect });
    expect(mapFault(error, 'none').effect).toBe('none');
  });

  it('never stands for a defect, which is thrown', async () => {
    const run = guarded('none', async () => {
      throw new Defect('a bug');
    });
    await expect(run).rejects.toThrow('a bug');
  });
});

describe('a connection', () => {
  it.each([
    [server('23505'), false],
    [server('57014'), false],
    [server('55P03'), false],
    [server('57P01', 'FATAL'), true],
    [server('53300', 'FATAL'), true],
    [server('08003'), true],
    [new NoAnswer('x'), true],
    [node('EPIPE'), true],
    [node('ECONNRESET'), true],
  ])('after %s is broken: %s', (error, broken) => {
    expect(isBroken(error)).toBe(broken);
  });
});
