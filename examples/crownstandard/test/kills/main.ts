/**
 * Kills the marketplace's worker again and again on a Postgres of its own, and writes what came of it to `docs/kills.md`:
 *
 *   npm run kills -- [kills] [seed] [fresh_keys | sent_before_stored] [forgetting]
 *
 * With a mistake named, every worker makes it; `forgetting` has the provider forget every key at each kill. Then nothing is written: it is shown what was found.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@holdfast/embedded-server';
import { killWorkers } from './kill-workers.ts';
import { plants } from './plants.ts';
import { recordOf } from './record.ts';

const [kills = '200', seed = '20260301', ...words] = process.argv.slice(2);
const plant = plants.find((one) => words.includes(one));
const forgetting = words.includes('forgetting');
const known: readonly string[] = [...plants, 'forgetting'];
for (const word of words) if (!known.includes(word)) throw new Error(`${word} is none of ${known.join(', ')}`);
// It waits for the disk: what a worker was told is committed survives everything.
const server = await startPostgres({ fsync: true });
try {
  const report = await killWorkers({
    url: server.url,
    kills: Number(kills),
    seed: Number(seed),
    forgetting,
    ...(plant === undefined ? {} : { plant }),
    onKill: ({ number, how, moments }) => console.log(`${number}. ${how}: ${moments.join('; ')}`),
  });
  if (words.length === 0) {
    const file = fileURLToPath(new URL('../../docs/kills.md', import.meta.url));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, recordOf(report, process.version));
    console.log(`${path.relative(process.cwd(), file)} is written.`);
  }
  const { transfers, sends, replayed, obligations } = report;
  console.log(`${obligations} obligations, ${transfers} transfers, ${sends} calls, ${replayed} answered from the key`);
  for (const problem of report.problems) console.error(problem);
  process.exitCode = report.problems.length === 0 ? 0 : 1;
} finally {
  await server.stop();
}
