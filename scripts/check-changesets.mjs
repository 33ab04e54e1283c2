/**
 * Fails when the next release could not be made as it is meant: all public packages together under one version, with notes for users.
 *
 *   node scripts/check-changesets.mjs
 *
 * What `changeset status` compares is the branch with its base, which says nothing on the base itself.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const BUMPS = ['major', 'minor', 'patch'];

/**
 * Lists what is wrong with the release notes of a workspace; empty when nothing is.
 *
 * @param workspace - `packages`: `{ name, version, private }` of every package; `config`: `.changeset/config.json` parsed; `changesets`: name
 * and text of each note.
 */
export function checkChangesets({ packages, config, changesets }) {
  const released = packages.filter((one) => one.private !== true).map(({ name }) => name);
  const problems = [...checkFixed(released, packages, config.fixed ?? [])];
  for (const { file, text } of changesets) problems.push(...checkNote(file, text, released));
  const unreleased = packages.filter((one) => one.private !== true && one.version === '0.0.0').map(({ name }) => name);
  if (changesets.length === 0)
    for (const name of unreleased) problems.push(`${name} was never released, and no changeset says that it will be`);
  return problems;
}

function checkFixed(released, packages, fixed) {
  if (fixed.length !== 1)
    return [`config.json has ${fixed.length} groups of fixed versions; all public packages are one`];
  const [patterns] = fixed;
  const known = new Set(packages.map(({ name }) => name));
  const strangers = patterns.filter((pattern) => !pattern.includes('*') && !known.has(pattern.replace(/^!/, '')));
  const members = new Set(packages.map(({ name }) => name).filter((name) => matches(name, patterns)));
  return [
    ...strangers.map((pattern) => `config.json fixes ${pattern}, which no package is called`),
    ...released.filter((name) => !members.has(name)).map((name) => `${name} is public and not in the fixed group`),
    ...[...members]
      .filter((name) => !released.includes(name))
      .map((name) => `${name} is private and in the fixed group`),
  ];
}

/** Says whether the last pattern that fits a name takes it in; one that begins with `!` takes it out. */
function matches(name, patterns) {
  let inside = false;
  for (const pattern of patterns) {
    const parts = pattern
      .replace(/^!/, '')
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    if (new RegExp(`^${parts.join('.*')}$`).test(name)) inside = !pattern.startsWith('!');
  }
  return inside;
}

function checkNote(file, text, released) {
  const [, front, said] = /^---\r?\n([\s\S]*?)\r?\n?---\r?\n([\s\S]*)$/.exec(text) ?? [];
  if (front === undefined) return [`${file} has no head between two lines of ---`];
  const problems = said.trim() === '' ? [`${file} says nothing to users`] : [];
  const named = new Set();
  for (const line of front.split(/\r?\n/).filter((one) => one.trim() !== '')) {
    const [, , name, bump] = /^(['"]?)(@?[\w./-]+)\1:\s*(\w+)\s*$/.exec(line) ?? [];
    if (name === undefined) problems.push(`${file} has a line that is no package and bump: ${line}`);
    else if (named.has(name)) problems.push(`${file} names ${name} twice`);
    else if (!released.includes(name)) problems.push(`${file} names ${name}, which is no public package`);
    else if (!BUMPS.includes(bump)) problems.push(`${file} bumps ${name} by ${bump}; allowed are ${BUMPS.join(', ')}`);
    if (name !== undefined) named.add(name);
  }
  if (named.size === 0) problems.push(`${file} names no package`);
  return problems;
}

function workspaceAt(root) {
  const folder = path.join(root, '.changeset');
  const notes = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return {
    packages: [
      path.join(root, 'bench'),
      ...['packages', 'examples', 'tools'].flatMap((group) => foldersIn(path.join(root, group))),
    ]
      .map((one) => path.join(one, 'package.json'))
      .filter((file) => existsSync(file))
      .map((file) => JSON.parse(readFileSync(file, 'utf8'))),
    config: JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8')),
    changesets: notes.map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') })),
  };
}

function foldersIn(group) {
  return readdirSync(group).map((name) => path.join(group, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkChangesets(workspaceAt(path.resolve(path.dirname(process.argv[1]), '..')));
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length === 0
      ? 'The next release can be made as it is meant.'
      : `${problems.length} faults in the release notes.`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}
