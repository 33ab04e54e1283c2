import { playDemo } from '@holdfast/demo-kit';
import { HELP } from './help.ts';
import { drawPage } from './page.ts';
import { planSchemes } from './plan.ts';
import { reportJson } from './report-json.ts';
import { runDemo } from './run-demo.ts';

process.exitCode = await playDemo(
  {
    name: 'chit',
    of: 'schemes',
    rows: planSchemes,
    concurrency: 1_000,
    help: HELP,
    run: runDemo,
    verified: ({ proof }) => proof.verified,
    json: reportJson,
    page: drawPage,
  },
  process.argv.slice(2),
);
