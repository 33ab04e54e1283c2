import { blankJournal, draftBatch } from '@holdfast/testkit';
import fc from 'fast-check';
import { BSON } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { documentSize } from './document-size.ts';
import { unitDocuments } from './encode.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? '200');

describe('the size of a document', () => {
  it('law: is never said to be less than it is', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.maxSafeNat(), fc.boolean(), fc.constant(null));
    const names = fc.stringMatching(/^[a-z]{0,9}$/);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.dictionary(names, fc.oneof({ depthSize: 'small' }, leaf, tie('tree'), fc.array(leaf))),
    }));
    fc.assert(
      fc.property(tree, (document) => {
        const exact = BSON.calculateObjectSize(document as object);
        expect(documentSize(document as object)).toBeGreaterThanOrEqual(exact);
      }),
      { numRuns: runs },
    );
  });

  it('is nearly exact for a unit of many lines', () => {
    const transfers = Array.from({ length: 5_000 }, (_, index) => ({
      from: 'world:bank',
      to: `users:${index}:available`,
      amount: 10n ** 20n,
    }));
    const [unit] = unitDocuments('main', draftBatch(blankJournal, [{ key: 'host many', transfers }]).changes);
    if (!unit) throw new Error('there is a unit');
    const exact = BSON.calculateObjectSize(unit);
    expect(documentSize(unit)).toBeGreaterThanOrEqual(exact);
    expect(documentSize(unit)).toBeLessThan(exact * 1.1);
  });
});
