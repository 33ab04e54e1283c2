/**
 * Holds the memory store to the laws of random histories, over very many small histories, each on a book of its own.
 *
 *   node --conditions=holdfast:source --import tsx packages/testkit/scripts/many-histories.ts 100000 'every answer'
 *
 * The words behind the count are parts of the laws' names; without any, every law of histories runs. `HOLDFAST_SEED` begins elsewhere.
 */
import { historyLaws } from '../src/laws/history-laws.ts';
import { memoryHarness } from '../src/laws/memory-harness.ts';
import { runLaw } from '../src/laws/run-laws.ts';

/** Long enough to meet every answer of the sample, and several times as quick as the usual ones. */
const SMALL = { maxRounds: 3, maxSteps: 2 };

process.exitCode = await main(process.argv.slice(2));

async function main([count = '', ...parts]: readonly string[]): Promise<number> {
  const runs = Number(count);
  const seed = Number(process.env.HOLDFAST_SEED ?? 20_260_307);
  const wanted = parts.length === 0 ? [''] : parts;
  const laws = wanted.flatMap((part) => historyLaws.filter(({ name }) => name.includes(part)));
  if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed) || laws.length < wanted.length) {
    console.error('Say how many histories, and parts of the names of laws of histories, if not all of them.');
    return 2;
  }
  let broken = 0;
  for (const law of laws) {
    const since = performance.now();
    const outcome = await runLaw(law, { ...memoryHarness(runs), seed, histories: SMALL });
    const seconds = Math.round((performance.now() - since) / 1_000);
    console.log(`${runs.toLocaleString('en')} histories, ${seconds} s, ${outcome.outcome}: ${law.name}`);
    if (outcome.outcome === 'held') continue;
    broken += 1;
    console.error(outcome.outcome === 'broken' ? outcome.error : outcome.why);
  }
  return broken === 0 ? 0 : 1;
}
