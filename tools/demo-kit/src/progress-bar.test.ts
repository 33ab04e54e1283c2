import { expect, it } from 'vitest';
import { progressBar } from './progress-bar.ts';

it('writes nothing where the output is no terminal', () => {
  const written: string[] = [];
  const bar = progressBar({ write: (text) => written.push(text) }, 10, () => 0);
  bar.show(5, 'trips');
  bar.end();
  expect(written).toEqual([]);
});

it('draws at most twenty times a second, and always when full', () => {
  const written: string[] = [];
  let ms = 0;
  const bar = progressBar({ isTTY: true, columns: 60, write: (text) => written.push(text) }, 100, () => ms);
  for (let done = 1; done <= 99; done += 1) bar.show(done, 'trips');
  expect(written).toHaveLength(1);
  ms = 50;
  bar.show(50, 'trips');
  bar.show(100, 'trips');
  expect(written).toHaveLength(3);
  expect(written[2]).toContain('100 of 100 trips');
});

it('fits on one line of a narrow terminal', () => {
  const written: string[] = [];
  progressBar({ isTTY: true, columns: 30, write: (text) => written.push(text) }, 6_433, () => 0).show(3_000, 'trips');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that clears the line is what is stripped
  expect(written[0]?.replace(/\u001b\[K|\r/g, '').length).toBeLessThanOrEqual(30);
});
