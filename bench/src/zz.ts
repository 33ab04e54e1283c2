import { closedLoop } from './closed-loop.ts';
import { compareTransfers } from './compare-transfers.ts';
import { evaluateInMemory } from './evaluate-in-memory.ts';
import { fundedBook } from './holdfast-transfers.ts';
import { setBasedPerSecond } from './set-based-transfers.ts';

const url = process.argv[2]!;
evaluateInMemory(50_000);
console.log(evaluateInMemory(100_000));
for (const spread of ['wide', 'hot'] as const)
  for (const callers of [1, 20, 200, 1000]) {
    const book = await fundedBook(url, 'zz', `${spread}-${callers}-${Date.now()}`);
    const m0 = book.book.metrics();
    const c0 = process.cpuUsage();
    const t0 = performance.now();
    const r = await closedLoop((i) => book.transfer(i, spread), { callers, seconds: 3 });
    const c = process.cpuUsage(c0),
      t = performance.now() - t0;
    const m = book.book.metrics();
    console.log(
      spread,
      JSON.stringify(r),
      'rounds',
      m.rounds - m0.rounds,
      'cpu',
      ((c.user + c.system) / 1000 / t).toFixed(2),
    );
    await book.close();
  }
console.log(
  'bare',
  await setBasedPerSecond(url, { batch: 200, spread: 'wide', seconds: 3 }),
  await setBasedPerSecond(url, { batch: 200, spread: 'hot', seconds: 3 }),
);
