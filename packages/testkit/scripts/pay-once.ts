/**
 * Plays very many histories of one obligation under all rules and with each rule left out, and prints how often the provider paid twice.
 *
 *   node --conditions=holdfast:source --import tsx packages/testkit/scripts/pay-once.ts 60000
 *
 * With a seed behind the count, `… 1 202 'a restore'`, it tells the one history of that seed, under the row whose name has the words.
 */
import { playPayOnce } from '../src/provider-laws/pay-once/play-pay-once.ts';
import { rowsOfRules } from '../src/provider-laws/pay-once/rules.ts';
import { runPayOnce } from '../src/provider-laws/pay-once/run-pay-once.ts';

process.exitCode = main(process.argv.slice(2));

function main([count = '', seed, words = 'all rules']: readonly string[]): number {
  const histories = Number(count);
  if (!Number.isSafeInteger(histories) || histories < 1) {
    console.error('Say how many histories of each row are to be played.');
    return 2;
  }
  if (seed !== undefined) return tell(Number(seed), words);
  console.log('| rules in force | histories | paid twice | left to an operator | seconds |');
  console.log('| --- | --- | --- | --- | --- |');
  let broken = false;
  for (const { name, rules } of rowsOfRules) {
    const since = performance.now();
    const { paidTwice, leftToOperator, untold } = runPayOnce(rules, { histories });
    const seconds = Math.round((performance.now() - since) / 1_000);
    const figures = [histories, paidTwice, leftToOperator, seconds].map((figure) => figure.toLocaleString('en'));
    console.log(`| ${[name, ...figures].join(' | ')} |`);
    if (name === 'all rules' && (paidTwice > 0 || untold > 0)) broken = true;
  }
  return broken ? 1 : 0;
}

function tell(seed: number, words: string): number {
  const row = rowsOfRules.find(({ name }) => name.includes(words));
  if (!row) return 2;
  const { story, ...end } = playPayOnce(seed, row.rules, true);
  console.log([`${row.name}, seed ${seed}`, ...story, JSON.stringify(end)].join('\n'));
  return 0;
}
