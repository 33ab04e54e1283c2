/**
 * Kills the marketplace's worker again and again on a Postgres of its own, and writes what came of it to `docs/kills.md`:
 *
 *   npm run kills -- [kills] [seed]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@holdfast/embedded-server';
import { killWorkers } from './kill-workers.ts';
import { recordOf } from './record.ts';

const [kills = '200', seed = '20260301'] = process.argv.slice(2);
// It waits for the disk: what a worker was told is committed survives everything.
const server = await startPostgres({ fsync: true });
try {
  const report = await killWorkers({
    url: server.url,
    kills: Number(kills),
    seed: Number(seed),
    onKill: ({ number, how, moments }) => console.log(`${number}. ${how}: ${moments.join('; ')}`),
  });
  const file = fileURLToPath(new URL('../../docs/kills.md', import.meta.url));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, recordOf(report, process.version));
  console.log(`${path.relative(process.cwd(), file)} is written.`);
  for (const problem of report.problems) console.error(problem);
  process.exitCode = report.problems.length === 0 ? 0 : 1;
} finally {
  await server.stop();
}
