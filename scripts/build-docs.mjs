/**
 * Writes the pages of the docs that follow from the code: one for each declared process, and one of all refusals and faults.
 *
 *   npm run docs:pages              writes them
 *   npm run docs:pages -- --check   fails where a page is not what the code says
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as escrow from '../packages/escrow/src/index.ts';
import { docOf, exportedDeclarations } from './doc-comments.mjs';
import { processPage } from './process-page.mjs';
import { refusalsPage } from './refusals-page.mjs';

const note = '*Written by `npm run docs:pages` from the code; change it there.*';

/** Makes every page, by its path under `docs/`. */
export function pages(root) {
  const declared = exportedDeclarations(path.join(root, 'packages', 'escrow', 'src', 'index.ts'));
  const processes = Object.entries(escrow).filter(([, value]) => typeof value?.diagram === 'function');
  const made = new Map([['refusals.md', refusalsPage(root, note)]]);
  const rows = processes.map(([name, process]) => {
    const doc = docOf(declared.get(name).node);
    made.set(`processes/${process.kind}.md`, processPage(process, { name, doc, note }));
    return `| [${process.kind}](${process.kind}.md) | \`${name}\` | ${doc.text.split('\n')[0]} |`;
  });
  const index = [
    '# Processes',
    '',
    note,
    '',
    '| process | export of `@holdfast/escrow` | |',
    '| --- | --- | --- |',
    ...rows,
  ];
  return made.set('processes/README.md', `${index.join('\n')}\n`);
}

/** Lists what differs between the pages and the files under `docs/`: missing, changed, or left over; empty when nothing does. */
export function differences(docs, made) {
  const wrong = [...made].flatMap(([name, text]) => {
    const file = path.join(docs, name);
    if (!existsSync(file)) return [`docs/${name} is missing`];
    return readFileSync(file, 'utf8') === text ? [] : [`docs/${name} is not what the code says`];
  });
  return [...wrong, ...leftOver(docs, made).map((name) => `docs/${name} is of no process`)];
}

function leftOver(docs, made) {
  const folder = path.join(docs, 'processes');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => `processes/${name}`)
    .filter((name) => !made.has(name));
}

function main() {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const docs = path.join(root, 'docs');
  const made = pages(root);
  if (process.argv.includes('--check')) {
    const found = differences(docs, made);
    for (const difference of found) console.error(difference);
    console.log(found.length === 0 ? `${made.size} pages are what the code says.` : 'Run npm run docs:pages.');
    return found.length === 0 ? 0 : 1;
  }
  for (const name of leftOver(docs, made)) rmSync(path.join(docs, name));
  mkdirSync(path.join(docs, 'processes'), { recursive: true });
  for (const [name, text] of made) writeFileSync(path.join(docs, name), text);
  console.log(`${made.size} pages are written.`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main();
