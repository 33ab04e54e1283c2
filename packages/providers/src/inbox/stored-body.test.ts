import { isText } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { readBody, writeBody } from './stored-body.ts';

describe('a body as texts', () => {
  it.each([
    ['characters of two halves at an odd place', Buffer.from(`a${'\ud83d\ude00'.repeat(20_000)}`), 'utf8'],
    ['nothing', new Uint8Array(), 'utf8'],
    ['a byte order mark', Buffer.from('\ufeff{}'), 'utf8'],
    ['the character 0', Buffer.from('a\0b'), 'base64'],
    ['bytes that are no UTF-8', Uint8Array.of(0xc3, 0x28), 'base64'],
    ['half a megabyte of quotes', Buffer.from('"'.repeat(524_288)), 'base64'],
  ] as const)('keeps %s', (_, body, encoding) => {
    const written = writeBody(body);
    expect(written.encoding).toBe(encoding);
    expect(written.parts.every(isText)).toBe(true);
    const texts = new Map(written.parts.map((text, index) => [`${index}`, { text }]));
    const stored = { ...written, parts: written.parts.map((_part, index) => ({ textHash: `${index}` })) };
    expect(Buffer.compare(readBody(stored, texts) ?? Buffer.from('none'), body)).toBe(0);
    if (stored.parts.length > 0) expect(readBody(stored, new Map())).toBeUndefined();
  });
});
