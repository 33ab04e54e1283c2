/** Chance that can be repeated: the same seed gives the same run. */
export interface Random {
  /** A whole number from 0 up to, not including, a limit of at most 2³². */
  integer(limit: number): number;
  /** True with a probability in percent. */
  chance(percent: number): boolean;
  /** One of some items; there must be one. */
  pick<T>(items: readonly T[]): T;
  /** A stream of its own for a purpose: what one purpose draws does not reshuffle another. */
  fork(purpose: string): Random;
}

/**
 * Makes chance of a seed (SplitMix32).
 *
 * @param seed - A whole number.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const integer = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit);
  return {
    integer,
    chance: (percent) => integer(100) < percent,
    pick: (items) => {
      const item = items[integer(items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
    fork: (purpose) => createRandom(seedOf(`${seed} ${purpose}`)),
  };
}

/** Turns a text into a seed (FNV-1a). */
export function seedOf(text: string): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return sum >>> 0;
}
