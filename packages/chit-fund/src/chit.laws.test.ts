import { verifyBook } from '@holdfast/ledger';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkChits } from './check-chits.ts';
import { anyLife } from './testing/any-life.ts';
import { foreman, openChits } from './testing/open-chits.ts';
import { playLife } from './testing/play-life.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 10);

it('law: after every command of a random life the identities hold, and in the end every account is at zero', async () => {
  let commands = 0;
  await fc.assert(
    fc.asyncProperty(anyLife(), async ({ terms, terminates, seed }) => {
      const world = openChits();
      await world.found('c1', terms);
      const check = async () => expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]);
      commands += await playLife(world, { id: 'c1', seed, terminates, after: check });
      const chit = await world.chit('c1');
      const complete = { actor: foreman, key: 'complete' };
      const end = await world.records.execute('c1', { type: 'CompleteScheme' }, complete);
      expect(end.isOk() ? [] : [chit.phase, end.error, chit.carry, chit.reserve]).toEqual([]);
      await check();
      const report = (
        await verifyBook({ store: world.store, book: 'main', deciders: [world.chits.chit] })
      )._unsafeUnwrap();
      expect(report.difference).toBeUndefined();
    }),
    // A life is long: its seed finds it again, and shrinking would take minutes.
    { numRuns: runs, endOnFailure: true },
  );
  expect(commands).toBeGreaterThan(runs * 15);
}, 300_000);
