/**
 * Fails when a `@source docs/rules/…, X-n` in the code names a rule that is not written down.
 *
 *   node scripts/check-sources.mjs
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Lists every reference under `root/packages` to a rule that its document does not define; empty when all are there. */
export function checkSources(root) {
  return sourceFiles(root).flatMap((file) =>
    referencesIn(readFileSync(file, 'utf8')).flatMap(({ document, rules }) => {
      const place = path.relative(root, file);
      const target = path.join(root, document);
      if (!existsSync(target)) return [`${place}: ${document} does not exist`];
      const text = readFileSync(target, 'utf8');
      return rules.filter((rule) => !defines(text, rule)).map((rule) => `${place}: ${document} has no rule ${rule}`);
    }),
  );
}

/** Finds the rules that the comments of a file name; `E-20 to E-25` counts as its two ends. */
export function referencesIn(text) {
  return [...text.matchAll(/@source\s+(docs\/rules\/[\w-]+\.md)((?:(?:\s|\*|,|and|to)*[A-Z]+-\d+[a-z]?)*)/g)].map(
    ([, document, list]) => ({
      document,
      rules: list.match(/[A-Z]+-\d+[a-z]?/g) ?? [],
    }),
  );
}

function defines(text, rule) {
  return new RegExp(`\\b${rule}\\b`).test(text);
}

function sourceFiles(root) {
  return readdirSync(path.join(root, 'packages')).flatMap((name) => {
    const folder = path.join(root, 'packages', name, 'src');
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkSources(path.resolve(path.dirname(process.argv[1]), '..'));
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length === 0
      ? 'Every rule that the code names is written down.'
      : `${problems.length} references to no rule.`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}
