import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForm, writeForm } from './form.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };

describe('a form', () => {
  it('is written in the order of its names, brackets as they are', () => {
    expect(writeForm({ 'metadata[b]': 'x y', amount: '1', 'metadata[a]': '(!)' })).toBe(
      'amount=1&metadata[a]=%28%21%29&metadata[b]=x%20y',
    );
    expect(writeForm({})).toBe('');
  });

  it.each([
    ['a pair without a value', 'amount'],
    ['a name twice', 'a=1&a=2'],
    ['names out of order', 'b=1&a=2'],
    ['a plus for a space', 'a=x+y'],
    ['an escape in small letters', 'a=%c3%bc'],
    ['a broken escape', 'a=%'],
    ['two equal signs', 'a=1=2'],
    ['an empty pair', 'a=1&'],
  ])('is not read from %s', (_, body) => {
    expect(readForm(body)).toBeUndefined();
  });

  it('law: what is written is read as it was, and written again is the same', () => {
    const name = fc.constantFrom('amount', 'metadata[book]', 'constructor', 'payment_method');
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(name, text), (fields) => {
        const body = writeForm(fields);
        expect(readForm(body)).toEqual({ ...fields });
      }),
      runs,
    );
  });
});
