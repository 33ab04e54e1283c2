import { expect, it } from 'vitest';
import { checkChangesets } from './check-changesets.mjs';

const packages = [
  { name: '@x/money', version: '0.0.0' },
  { name: '@x/ledger', version: '0.0.0' },
  { name: '@x/bench', private: true },
];
const config = { fixed: [['@x/*', '!@x/bench']] };
const note = (head, said = 'Words for users.\n') => [{ file: 'a.md', text: `---\n\n${head}\n---\n\n${said}` }];
const sound = { packages, config, changesets: note("'@x/money': minor\n'@x/ledger': minor") };

it('finds nothing wrong with one group and a note', () => {
  expect(checkChangesets(sound)).toEqual([]);
});

it('accepts no note at all once everything was released', () => {
  const released = packages.map((one) => ({ ...one, version: '1.2.0' }));
  expect(checkChangesets({ ...sound, packages: released, changesets: [] })).toEqual([]);
});

it.each([
  ['a public package outside the group', { config: { fixed: [['@x/money']] } }, '@x/ledger is public and not in'],
  ['a private package in the group', { config: { fixed: [['@x/*']] } }, '@x/bench is private and in'],
  ['a name in the group that is nobody’s', { config: { fixed: [['@x/*', '!@x/bench', '!@x/tools']] } }, '!@x/tools'],
  ['no group', { config: {} }, '0 groups'],
  ['a note on a stranger', { changesets: note("'@x/cash': minor") }, 'names @x/cash, which is no public package'],
  ['a note on a private package', { changesets: note("'@x/bench': minor") }, 'names @x/bench'],
  ['a note on a package twice', { changesets: note("'@x/money': minor\n'@x/money': major") }, 'names @x/money twice'],
  ['a bump that is none', { changesets: note("'@x/money': huge") }, 'bumps @x/money by huge'],
  ['a line that is nothing', { changesets: note('money, probably') }, 'no package and bump'],
  ['a note without words', { changesets: note("'@x/money': minor", '') }, 'says nothing to users'],
  ['a note without a head', { changesets: [{ file: 'a.md', text: 'Words.' }] }, 'has no head'],
  ['a note on nothing', { changesets: note('') }, 'names no package'],
  ['a first release without a note', { changesets: [] }, '@x/money was never released'],
])('finds %s', (_what, change, words) => {
  expect(checkChangesets({ ...sound, ...change }).join('\n')).toContain(words);
});
