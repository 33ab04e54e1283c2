import { createHash } from 'node:crypto';

/** Random numbers that follow from a seed and a label alone: the same label always has the same number, whatever was asked before. */
export interface RandomSource {
  /**
   * Gives a number from 0 up to, and without, a limit; each as likely as any other.
   *
   * @param label - What it is for, such as `need/7`.
   * @param limit - More than zero, at most 2^128.
   */
  readonly below: (label: string, limit: bigint) => bigint;
}

const SPAN = 1n << 256n;

/**
 * Makes the random numbers of a simulation. They are for models of people, not for secrets.
 *
 * @param seed - Any text.
 * @returns The numbers of that seed.
 * @source docs/rules/chit-fund.md, CF-29
 */
export function randomSource(seed: string): RandomSource {
  return {
    below: (label, limit) => {
      const fair = SPAN - (SPAN % limit);
      for (let attempt = 0; ; attempt += 1) {
        const value = BigInt(
          `0x${createHash('sha256')
            .update(JSON.stringify([seed, label, attempt]))
            .digest('hex')}`,
        );
        if (value < fair) return value % limit;
      }
    },
  };
}
