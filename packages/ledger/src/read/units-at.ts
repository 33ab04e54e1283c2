import { decodeUnit, type ReadTrouble, type Unit } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { BookReads } from './book-reads.ts';

/**
 * Reads the units of some sequences. Neighbours are read together, and eight reads go on at once.
 *
 * @returns By sequence.
 */
export async function unitsAt(
  book: BookReads,
  sequences: Iterable<number>,
): Promise<Result<ReadonlyMap<number, Unit>, ReadTrouble>> {
  const wanted = new Set(sequences);
  const ranges = rangesOf([...wanted].sort((left, right) => left - right));
  const found = new Map<number, Unit>();
  for (let from = 0; from < ranges.length; from += 8) {
    const reads = ranges
      .slice(from, from + 8)
      .map(({ first, last }) => book.units({ after: first - 1, limit: last - first + 1 }));
    for (const read of await Promise.all(reads)) {
      if (read.isErr()) return err(read.error);
      if (read.value.kind !== 'units') continue;
      for (const { sequence, bytes } of read.value.units)
        if (wanted.has(sequence)) found.set(sequence, decodeUnit(bytes));
    }
  }
  return ok(found);
}

interface Range {
  readonly first: number;
  last: number;
}

function rangesOf(sorted: readonly number[]): readonly Range[] {
  const ranges: Range[] = [];
  for (const sequence of sorted) {
    const open = ranges.at(-1);
    if (open && sequence - open.last <= NEAR && sequence - open.first < LONGEST) open.last = sequence;
    else ranges.push({ first: sequence, last: sequence });
  }
  return ranges;
}

const NEAR = 8;
const LONGEST = 500;
