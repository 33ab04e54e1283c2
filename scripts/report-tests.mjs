import { readFile } from 'node:fs/promises';

/**
 * Prints what was not run and why, then `N passed, N failed` as the last line.
 *
 * @param run - `report` and `notes` are files, `code` is vitest's own exit code, `filtered` tells that only some tests were asked for.
 * @returns The exit code: not zero when a test failed, when none ran, when one was skipped in silence, or when something broke outside of a test.
 */
export async function reportTests({ report, notes, code, filtered }) {
  const results = await readJson(report);
  const { skipped, unhandledErrors } = (await readJson(notes)) ?? { skipped: [], unhandledErrors: 0 };
  const summary = summarise({ results, skipped, unhandledErrors, code, filtered });
  for (const line of summary.lines) console.log(line);
  return summary.code;
}

/** Works out the lines to print and the exit code. */
export function summarise({ results, skipped, unhandledErrors, code, filtered }) {
  const lines = ['', ...notRun(skipped, filtered)];
  const passed = results?.numPassedTests ?? 0;
  const broken = (results?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  for (const { name, message } of broken) lines.push(`Failed outside of its tests: ${name}: ${message}`);
  if (unhandledErrors > 0) lines.push(`Errors that belong to no test: ${unhandledErrors}`);
  const silent = filtered ? [] : skipped.filter(({ reason }) => reason === '');
  for (const { test } of silent) lines.push(`Skipped without a reason, which counts as a failure: ${test}`);
  let failed = (results?.numFailedTests ?? 0) + broken.length + unhandledErrors + silent.length;
  if (failed === 0 && passed === 0) {
    lines.push('No test ran.');
    failed = 1;
  } else if (failed === 0 && code !== 0) {
    lines.push(`The run ended with exit code ${code} although no test failed.`);
    failed = 1;
  }
  lines.push(`${passed} passed, ${failed} failed`);
  return { lines, code: failed === 0 ? 0 : code || 1 };
}

function notRun(skipped, filtered) {
  if (filtered) return ['Not run: whatever the given arguments leave out.'];
  const reasons = new Map();
  for (const { test, reason } of skipped) {
    if (reason !== '') reasons.set(reason, [...(reasons.get(reason) ?? []), test]);
  }
  if (reasons.size === 0) return ['Not run: nothing was skipped.'];
  return [...reasons].flatMap(([reason, tests]) => [`Not run: ${reason}`, ...tests.map((test) => `  ${test}`)]);
}

async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
