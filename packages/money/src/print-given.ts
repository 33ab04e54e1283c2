const LONGEST = 64;
const LONGEST_BIGINT = 10n ** 62n;

/**
 * Prints any value for a refusal, in at most 64 characters, without running code that belongs to the value.
 *
 * Control characters, marks that turn the direction of writing, invisible characters and lone surrogates are
 * written as escapes, so that a log shows what was given and nothing else happens there.
 *
 * @param value - Anything, hostile or not.
 * @returns Text such as `12,34`, `5\u{202e}`, `null`, `an array`.
 */
export function printGiven(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return printText(value);
    case 'bigint':
      return value < LONGEST_BIGINT && value > -LONGEST_BIGINT ? `${value}n` : 'a bigint of more than 62 digits';
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    case 'object':
      return value === null ? 'null' : printObject(value);
    default:
      return String(value);
  }
}

function printText(text: string): string {
  let printed = '';
  // Code points of the first few characters only: the rest of a megabyte is never looked at.
  for (const character of text.slice(0, LONGEST + 1)) {
    const safe = isPlain(character.codePointAt(0) as number)
      ? character
      : `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
    if (printed.length + safe.length > LONGEST) return `${printed.slice(0, LONGEST - 1)}…`;
    printed += safe;
  }
  return printed;
}

function isPlain(codePoint: number): boolean {
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return false;
  if (codePoint === 0xa0 || codePoint === 0xad || codePoint === 0x61c || codePoint === 0x180e) return false;
  if (codePoint >= 0x2000 && codePoint <= 0x200f) return false;
  if (codePoint >= 0x2028 && codePoint <= 0x202f) return false;
  if (codePoint >= 0x205f && codePoint <= 0x206f) return false;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return false;
  return codePoint !== 0x3000 && codePoint !== 0xfeff && codePoint < 0xe0000;
}

function printObject(value: object): string {
  try {
    return Array.isArray(value) ? 'an array' : 'an object';
  } catch {
    return 'a revoked proxy';
  }
}
