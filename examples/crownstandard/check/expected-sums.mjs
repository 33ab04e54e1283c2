/**
 * Recomputes what the demo has to find, from the file of trips alone, in plain JavaScript. See expected-sums.py, which does the same in another language.
 *
 *   npm run --silent demo -- crownstandard --json | node examples/crownstandard/check/expected-sums.mjs -
 *   node examples/crownstandard/check/expected-sums.mjs 500        what is expected of the first 500 rows
 */
import { readFileSync } from 'node:fs';
import { differencesOf, sumsOfTrips } from './sums-of-trips.mjs';

const trips = readFileSync(new URL('../data/trips.csv', import.meta.url), 'utf8');
const [given] = process.argv.slice(2);

if (given === undefined || /^\d+$/.test(given)) {
  console.log(JSON.stringify(sumsOfTrips(trips, given === undefined ? undefined : Number(given)), undefined, 2));
} else {
  const report = JSON.parse(
    readFileSync(given === '-' ? 0 : given, 'utf8')
      .trim()
      .split('\n')
      .at(-1),
  );
  const found = differencesOf(sumsOfTrips(trips, report.bookings), report);
  for (const line of found) console.log(line);
  console.log(
    found.length > 0 ? 'The demo and the file disagree.' : 'Every sum of the demo follows from the file alone.',
  );
  process.exitCode = found.length > 0 ? 1 : 0;
}
