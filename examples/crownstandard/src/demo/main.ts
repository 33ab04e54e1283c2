import { playDemo } from '@holdfast/demo-kit';
import { HELP } from './help.ts';
import { drawPage } from './page.ts';
import { readTrips } from './read-trips.ts';
import { reportJson } from './report-json.ts';
import { runDemo } from './run-demo.ts';

process.exitCode = await playDemo(
  {
    name: 'crownstandard',
    concurrency: 64,
    switches: ['--no-faults', '--drill'],
    help: HELP,
    of: 'trips',
    rows: () => readTrips(new URL('../../data/trips.csv', import.meta.url)),
    // On a server of its own the name is the same every time, and so are the faults, which follow from the keys.
    run: (trips, flags, around) =>
      runDemo(trips, flags, around.url === undefined ? { ...around, bookName: 'crownstandard' } : around),
    verified: ({ proof, drills = [] }) => proof.verified && drills.every((drill) => drill.proof.verified),
    json: reportJson,
    page: drawPage,
  },
  process.argv.slice(2),
);
