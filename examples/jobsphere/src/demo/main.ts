import { playDemo } from '@holdfast/demo-kit';
import { HELP } from './help.ts';
import { drawPage } from './page.ts';
import { readTrips } from './read-trips.ts';
import { reportJson } from './report-json.ts';
import { runDemo } from './run-demo.ts';

process.exitCode = await playDemo(
  {
    name: 'demo',
    concurrency: 2_000,
    help: HELP,
    of: 'trips',
    rows: () => readTrips(new URL('../../data/trips.csv', import.meta.url)),
    run: runDemo,
    verified: ({ verification }) => verification.verified,
    json: reportJson,
    page: drawPage,
  },
  process.argv.slice(2),
);
