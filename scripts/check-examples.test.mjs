import { expect, it } from 'vitest';
import { blocksOf, unsaidBy } from './check-examples.mjs';

it('finds the TypeScript blocks, where they begin and whether they run', () => {
  const text = 'a\n```ts\none();\n```\n```sh\nls\n```\n```ts compile\ntwo();\n```\n';
  expect(blocksOf(text)).toEqual([
    { code: 'one();\n', runs: true, line: 2 },
    { code: 'two();\n', runs: false, line: 8 },
  ]);
});

it('accepts comments that begin with what is printed, in that order', () => {
  const code = 'console.log(a); // 5.00 USD: all of it\nconsole.log(b); // 1 €\nconsole.log(c);\n';
  expect(unsaidBy(code, '5.00 USD\nelse\n1\u00a0€\n')).toBeUndefined();
});

it('names a comment that is not printed, or not in its turn', () => {
  expect(unsaidBy('console.log(a); // 5.00 USD\n', '6.00 USD\n')).toBe('5.00 USD');
  expect(unsaidBy('console.log(a); // 1\nconsole.log(b); // 2\n', '2\n1\n')).toBe('2');
});
