import { money, usd } from '@holdfast/money';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldMoney } from './fold-money.ts';
import { type Holding, restOf, sliceInOrder, sliceInProportion, sliceRest } from './slice.ts';

const numRuns = Number(process.env.HOLDFAST_RUNS ?? 300);
const names = ['platform', 'service', 'agent', 'payout'];

const held = (minors: readonly bigint[]): Holding =>
  Object.fromEntries(
    minors.map((minor, index) => [
      names[index] as string,
      { frozen: money(minor, usd), rest: money(minor, usd), place: 'held' },
    ]),
  );

const anyHolding = fc.array(fc.bigInt(0n, 10n ** 6n), { minLength: 1, maxLength: 4 }).map(held);
const anyShare = fc.record({ share: fc.integer({ min: 0, max: 1_000 }), inOrder: fc.boolean() });

it('law: slices of any kind and number sum to what was asked, and never take more than a line holds', () => {
  fc.assert(
    fc.property(anyHolding, fc.array(anyShare, { maxLength: 8 }), (before, shares) => {
      let lines = before;
      for (const { share, inOrder } of shares) {
        const asked = (restOf(lines) * BigInt(share)) / 1_000n;
        const taken = inOrder ? sliceInOrder(lines, asked, names) : sliceInProportion(lines, asked, names);
        expect(Object.values(taken).reduce((sum, { minor }) => sum + minor, 0n)).toBe(asked);
        const ordered = inOrder ? { inOrder } : {};
        lines = foldMoney({ lines, left: {} }, { leaves: [{ way: 'pay', lines: taken, ...ordered }] }).lines;
        for (const { rest } of Object.values(lines)) expect(rest.minor).toBeGreaterThanOrEqual(0n);
      }
      lines = foldMoney({ lines, left: {} }, { leaves: [{ way: 'pay', lines: sliceRest(lines) }] }).lines;
      expect(restOf(lines)).toBe(0n);
    }),
    { numRuns },
  );
});

it('law: however a whole is sliced in proportion, each line has given the same', () => {
  fc.assert(
    fc.property(anyHolding, fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 8 }), (before, shares) => {
      const asked = (restOf(before) * 3n) / 4n;
      let lines = before;
      for (const share of shares) {
        const left = asked - (restOf(before) - restOf(lines));
        const taken = sliceInProportion(lines, (left * BigInt(share)) / 1_000n, names);
        lines = foldMoney({ lines, left: {} }, { leaves: [{ way: 'pay', lines: taken }] }).lines;
      }
      const last = sliceInProportion(lines, asked - (restOf(before) - restOf(lines)), names);
      lines = foldMoney({ lines, left: {} }, { leaves: [{ way: 'pay', lines: last }] }).lines;
      const atOnce = foldMoney(
        { lines: before, left: {} },
        { leaves: [{ way: 'pay', lines: sliceInProportion(before, asked, names) }] },
      );
      expect(lines).toEqual(atOnce.lines);
    }),
    { numRuns },
  );
});

it('takes the cent of three equal lines from the first of the definition, in whichever order they are held', () => {
  const holding = held([100n, 100n, 100n]);
  const otherwise = Object.fromEntries(Object.entries(holding).reverse());
  for (const one of [holding, otherwise]) expect(sliceInProportion(one, 1n, names)).toEqual({ platform: usd('0.01') });
  expect(Object.keys(sliceRest(otherwise))).toEqual(['agent', 'platform', 'service']);
});
