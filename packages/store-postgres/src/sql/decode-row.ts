/** A row is not what was ever written: somebody changed it, or the disk did. Read as a fault, never made to fit. */
export class CorruptRow extends Error {
  override readonly name = 'CorruptRow';
}

/** Reads a whole number within 2⁵³. */
export function integerOf(text: string | null | undefined, what: string): number {
  const value = typeof text === 'string' && /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new CorruptRow(`${what} is ${cut(text)}, not a whole number`);
  return value;
}

/** Reads an amount in minor units: 38 digits at most, without a fraction. */
export function minorOf(text: string | null | undefined, what: string): bigint {
  if (typeof text !== 'string' || !/^-?\d{1,38}$/.test(text)) {
    throw new CorruptRow(`${what} is ${cut(text)}, not a whole number of at most 38 digits`);
  }
  return BigInt(text);
}

/** Reads a text that has to be there. */
export function textOf(text: string | null | undefined, what: string): string {
  if (typeof text !== 'string') throw new CorruptRow(`${what} is missing`);
  return text;
}

function cut(text: string | null | undefined): string {
  return typeof text === 'string' ? JSON.stringify(text.slice(0, 64)) : 'missing';
}
