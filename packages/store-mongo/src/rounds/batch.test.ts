import { type Changes, genesis } from '@holdfast/kernel';
import { blankJournal, draftBatch } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { batchOf } from './batch.ts';

const { changes } = draftBatch(blankJournal, [
  { key: 'host a' },
  { key: 'host b' },
  { key: 'host c' },
  { key: 'host d' },
]);
/** The same units with texts of so many bytes. */
const sized = (...bytes: readonly number[]): Changes => ({
  ...changes,
  units: bytes.map(
    (length, index) => ({ ...changes.units[index], bytes: 'x'.repeat(length) }) as Changes['units'][number],
  ),
});

describe('a batch', () => {
  it('holds what a server takes', () => {
    expect(batchOf('main', genesis, sized(16_700_000, 10)).units).toHaveLength(2);
    expect(batchOf('main', genesis, sized()).units).toEqual([]);
  });

  it('refuses a unit that is larger than a document, and says so', () => {
    expect(() => batchOf('main', genesis, sized(10, 16_777_200))).toThrow(
      /unit 2 takes \d+ bytes, and a document of MongoDB holds 16777216/,
    );
  });

  it('refuses units that are too much for one transaction, and none of them alone', () => {
    const large = 11_000_000;
    expect(() => batchOf('main', genesis, sized(large, large, large, large))).toThrow(/4 units take \d+ bytes/);
    expect(batchOf('main', genesis, sized(large)).units).toHaveLength(1);
  });

  it('that does not follow its head is a defect', () => {
    expect(() => batchOf('main', { ...genesis, number: 1 }, changes)).toThrow('batch 1 cannot follow batch 1');
  });

  it('is of a book with a name', () => {
    expect(() => batchOf('no book', genesis, changes)).toThrow('the name of a book is an id');
  });
});
