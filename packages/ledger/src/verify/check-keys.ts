import type { StoredUnit } from '@holdfast/kernel';
import type { Pass } from './report.ts';

/**
 * Finds keys that occur twice, with eight bytes of memory for each unit: keys are compared by a number first, and exactly only where two
 * numbers are the same.
 */
export class KeyCheck {
  #numbers = new Float64Array(1_024);
  #count = 0;

  /** Notes a unit's key. */
  add(key: string): void {
    if (this.#count === this.#numbers.length) {
      const larger = new Float64Array(this.#numbers.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#count++] = numberOf(key);
  }

  /** Says whether a closer look is needed, and for which numbers. */
  suspects(): ReadonlySet<number> {
    const sorted = this.#numbers.slice(0, this.#count).sort();
    const twice = new Set<number>();
    for (let index = 1; index < sorted.length; index++) {
      if (sorted[index] === sorted[index - 1]) twice.add(sorted[index] as number);
    }
    return twice;
  }
}

/** Looks through the units again for keys that really occur twice. */
export async function confirmKeys(
  pass: Pass,
  suspects: ReadonlySet<number>,
  units: AsyncIterable<StoredUnit>,
): Promise<void> {
  if (suspects.size === 0) return;
  const first = new Map<string, number>();
  for await (const { key, sequence } of units) {
    if (!suspects.has(numberOf(key))) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, sequence);
    else pass.differs('unit', sequence, `a key that no other unit has`, `the key '${key}' of unit ${before}`);
  }
}

/** Turns a text into a number of 53 bits; two multiplicative hashes side by side. */
function numberOf(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 2_654_435_761);
    high = Math.imul(high ^ unit, 1_597_334_677);
  }
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & high) + (low >>> 0);
}
