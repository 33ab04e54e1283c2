import { verifyBook } from '@holdfast/ledger';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkChits } from './check-chits.ts';
import { anyTerms } from './testing/any-scheme.ts';
import { foreman, openChits } from './testing/open-chits.ts';
import { anyLateTerms, playLife } from './testing/play-life.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 10);

const anyLife = fc.record({
  terms: anyTerms({ instalments: 5 }),
  late: anyLateTerms(),
  noBids: fc.constantFrom('lot' as const, 'adjourn' as const),
  terminates: fc.constantFrom(false, false, true),
  seed: fc.integer({ min: 1, max: 1_000_000_000 }),
});

it('law: after every command of a random life the identities hold, and in the end every account is at zero', async () => {
  const met = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(anyLife, async ({ terms: drawn, late, noBids, terminates, seed }) => {
      const world = openChits();
      const { state, tax, ...rest } = drawn;
      const rates = { ...tax, rates: [{ from: '2000-01-01', basisPoints: 1_800n }] };
      const bids = rest.discount && { discount: { ...rest.discount, noBids } };
      const terms = { ...rest, ...bids, late, ...(tax ? { tax: { bearer: tax.bearer, ...rates } } : {}) };
      await world.found('c1', terms);
      const check = async () => expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]);
      const done = await playLife(world, { id: 'c1', seed, terminates, after: check });
      const chit = await world.chit('c1');
      met.set(chit.phase, (met.get(chit.phase) ?? 0) + 1);
      met.set('commands', (met.get('commands') ?? 0) + done);
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
    {
      numRuns: runs,
      endOnFailure: true,
      ...(process.env.SEED ? { seed: Number(process.env.SEED), path: process.env.FPATH ?? '' } : {}),
    },
  );
  expect(met.get('commands')).toBeGreaterThan(runs * 15);
}, 300_000);
