import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './read-json.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };

function read(text: string | Uint8Array): unknown {
  const answer = readJson(typeof text === 'string' ? Buffer.from(text) : text);
  return answer.isOk() ? answer.value : answer.error.reason;
}

describe('JSON of outside', { timeout: 30_000 + runs.numRuns * 50 }, () => {
  it.each<[string, string | Uint8Array, unknown]>([
    ['nothing', '', 'empty'],
    ['a byte order mark', '\ufeff{}', 'not_json'],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'not_utf8'],
    ['UTF-16', Buffer.from('{}', 'utf16le'), 'not_json'],
    ['200,000 levels', '['.repeat(200_000), 'too_deep'],
    ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, 'too_deep'],
    ['a field twice', '{"amount":1,"amount":1000000}', 'duplicate_field'],
    ['a field twice, once escaped', '{"amount":1,"\\u0061mount":2}', 'duplicate_field'],
    ['a text without an end', '"abc', 'not_json'],
    ['a text that ends in a backslash', '"abc\\', 'not_json'],
    ['two values', '1 2', 'not_json'],
    ['a comma too many', '{"a":1,}', 'not_json'],
    ['a zero in front', '{"a":01}', 'not_json'],
    ['a comment', '{"a":1} // one', 'not_json'],
    ['NaN', '{"a":NaN}', 'not_json'],
  ])('is refused with %s', (_, text, reason) => {
    expect(read(text)).toBe(reason);
  });

  it.each<[string, string, unknown]>([
    ['null', 'null', null],
    ['an empty list', '[]', []],
    ['a text', '"x"', 'x'],
    ['64 levels', `${'['.repeat(64)}${']'.repeat(64)}`, expect.any(Array)],
    ['the same field in two objects', '[{"a":1},{"a":1}]', [{ a: 1 }, { a: 1 }]],
    ['a field that is named like a value', '{"a":"b","b":"a"}', { a: 'b', b: 'a' }],
    ['commas and braces in texts', '{"a":"},{\\"a\\":","b":1}', { a: '},{"a":', b: 1 }],
  ])('is read: %s', (_, text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each(['1e400', '9007199254740993', '100.0', '0.1', '1e2', '-0', '1E+2', '123456789012345678901234567890'])(
    'keeps the number %s as text',
    (text) => {
      expect(read(`{"amount":${text}}`)).toEqual({ amount: { numberText: text } });
    },
  );

  it.each(['0', '100', '-100', '9007199254740991'])('reads the whole number %s', (text) => {
    expect(read(`[${text}]`)).toEqual([Number(text)]);
  });

  it('keeps a field named __proto__ as a field', () => {
    const value = read('{"__proto__":{"polluted":1}}') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('law: whatever JSON of whole numbers is written, it is read as the parser reads it', () => {
    const plain = fc.jsonValue({ noUnicodeString: false, maxDepth: 6 }).map((value) => wholeNumbers(value));
    fc.assert(
      fc.property(plain, fc.constantFrom(undefined, 2), (value, spaces) => {
        const text = JSON.stringify(value, null, spaces);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
      runs,
    );
  });

  it('law: what the parser refuses is refused, whatever the text', () => {
    const pieces = fc.array(
      fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', '1', '.5', '-', 'e', 'null', ' '),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const answer = readJson(Buffer.from(text));
        if (!valid) expect(answer.isErr()).toBe(true);
        else if (answer.isErr()) expect(answer.error.reason).toBe('duplicate_field');
        else expect(answer.isOk()).toBe(true);
      }),
      { numRuns: runs.numRuns * 5 },
    );
  });

  it('takes half a megabyte of quotes in linear time', () => {
    const isQuick = () => {
      const begun = performance.now();
      expect(read(`"${'\\"'.repeat(250_000)}`)).toBe('not_json');
      expect(read(`[${'"",'.repeat(150_000)}`)).toBe('not_json');
      return performance.now() - begun < 4_000;
    };
    // A busy machine may have others go first in one try, not in each.
    expect(isQuick() || isQuick() || isQuick()).toBe(true);
  });
});

function wholeNumbers(value: unknown): unknown {
  if (typeof value === 'number') return Math.trunc(value % 1_000_000) || 0;
  if (Array.isArray(value)) return value.map(wholeNumbers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wholeNumbers(item)]));
}
