/** A decimal of the journal, taken apart: minor units and number of decimals. */
export interface JournalDecimal {
  readonly minor: bigint;
  readonly scale: number;
}

/**
 * Reads a decimal as the journal writes it: all decimals of its currency, so that the scale is read off the text.
 *
 * @returns Nothing for anything else.
 */
export function readJournalDecimal(text: string): JournalDecimal | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const point = text.indexOf('.');
  if (point === -1) return { minor: BigInt(text), scale: 0 };
  return { minor: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/** Writes minor units as the journal does. */
export function writeJournalDecimal({ minor, scale }: JournalDecimal): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return minor < 0n ? `-${text}` : text;
}

const DECIMAL = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
