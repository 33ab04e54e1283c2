process.on('unhandledRejection', (e) => console.log('UNHANDLED', String(e).slice(0, 200)));

import { writeFileSync } from 'node:fs';
import { faultyStores } from './src/faulty-stores/faulty-stores.ts';
import { plainHarness } from './src/faulty-stores/plain-harness.ts';
import { runLaw } from './src/laws/run-laws.ts';
import { storeLaws } from './src/laws/store-laws.ts';

const out: Record<string, Record<string, string>> = {};
const only = process.argv[2];
for (const f of faultyStores) {
  if (only && f.name !== only) continue;
  const row: Record<string, string> = {};
  const t = performance.now();
  for (const law of storeLaws) {
    const o = await Promise.race([
      runLaw(law, plainHarness(f.name, f.create)),
      new Promise<{ outcome: string }>((r) => setTimeout(() => r({ outcome: 'hang' }), 4000)),
    ]);
    if (o.outcome === 'broken')
      row[law.name] = String((o.error as Error).message)
        .slice(0, 80)
        .replaceAll('\n', ' ');
    if (o.outcome === 'hang') row[law.name] = 'HANG';
  }
  out[f.name] = row;
  console.log(f.name, Object.keys(row).length, Math.round(performance.now() - t));
  writeFileSync('/tmp/hf/tk/matrix.json', JSON.stringify(out, null, 1));
}
process.exit(0);
