import { checkCharacter } from './check-character.ts';

/** A number of a member, apart. */
export interface UcfsinParts {
  /** Four digits. */
  readonly year: string;
  /** From 0n to 999999n. */
  readonly sequence: bigint;
}

/** How many numbers a year has. */
export const NUMBERS_A_YEAR = 1_000_000n;

/**
 * Writes a UCFSIN: `UCFSIN-2026-000042`, 18 characters; with its check character 20, as wide as the portal's column.
 *
 * @param parts - The year and the number in it, checked before.
 * @param options - `check` adds the character.
 * @returns The text.
 * @source docs/rules/chit-score.md, CS-13
 */
export function formatUcfsin(parts: UcfsinParts, options: { readonly check?: boolean } = {}): string {
  const sequence = parts.sequence.toString().padStart(6, '0');
  const plain = `UCFSIN-${parts.year}-${sequence}`;
  return options.check ? `${plain}-${checkCharacter(plain.replaceAll('-', ''))}` : plain;
}
