const LONGEST = 64;
const LONGEST_BIGINT = 10n ** 62n;
/** Control, format, private and unassigned characters, surrogates, and separators other than the space. */
const UNSEEN = /(?! )[\p{C}\p{Z}]/u;

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
  const pieces: string[] = [];
  let length = 0;
  // The first few characters only: the rest of a megabyte is never looked at.
  for (const character of text.slice(0, LONGEST + 1)) {
    const piece = UNSEEN.test(character) ? `\\u{${character.codePointAt(0)?.toString(16)}}` : character;
    pieces.push(piece);
    length += piece.length;
    if (length > LONGEST) return shortened(pieces);
  }
  return pieces.join('');
}

/** Drops pieces from the end, each whole, until an ellipsis fits behind the rest. */
function shortened(pieces: readonly string[]): string {
  let printed = '';
  for (const piece of pieces) {
    if (printed.length + piece.length >= LONGEST) break;
    printed += piece;
  }
  return `${printed}…`;
}

function printObject(value: object): string {
  try {
    return Array.isArray(value) ? 'an array' : 'an object';
  } catch {
    return 'a revoked proxy';
  }
}
