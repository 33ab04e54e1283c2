import type { Refusal } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';

/** A number that is not a whole one within ±2^53, or not written plainly (`100.0`, `1e2`): as it stands in the text, so that no field for a number takes it by mistake. */
export interface NumberText {
  readonly numberText: string;
}

/** JSON from outside. */
export type ReceivedJson =
  | null
  | boolean
  | number
  | string
  | NumberText
  | readonly ReceivedJson[]
  | { readonly [key: string]: ReceivedJson };

/**
 * The text is no JSON, or JSON that could be read in two ways.
 *
 * @severity alarm
 * @retry no
 */
export interface JsonUnreadable extends Refusal<'json_unreadable'> {
  readonly reason: 'empty' | 'not_utf8' | 'not_json' | 'too_deep' | 'duplicate_field';
}

/**
 * Reads JSON of outside strictly: valid UTF-8 without a byte order mark, at most 64 levels, no field twice in one object. What a number is not
 * exactly in JavaScript stays text, so an amount is never rounded unseen.
 *
 * @errors
 * - `json_unreadable`: with the first of its reasons that holds.
 *
 * @source docs/rules/providers.md, W-8
 */
export function readJson(bytes: Uint8Array): Result<ReceivedJson, JsonUnreadable> {
  const refused = (reason: JsonUnreadable['reason']) => err({ code: 'json_unreadable', reason } as const);
  if (bytes.byteLength === 0) return refused('empty');
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return refused('not_utf8');
  }
  const scanned = scan(text);
  if (scanned === 'too_deep' || scanned === 'duplicate_field') return refused(scanned);
  try {
    return ok(JSON.parse(scanned.text) as ReceivedJson);
  } catch {
    return refused('not_json');
  }
}

/** One open object or list. Only an object has fields. */
interface Level {
  readonly fields: Set<string> | undefined;
  /** Whether the next text is the name of a field. */
  expectsName: boolean;
}

/**
 * Goes through the tokens once: counts levels, sees repeated fields, and sets aside numbers that are not plainly whole. Grammar is left to the
 * parser that reads what comes out; text that is no JSON stays none.
 */
function scan(text: string): { readonly text: string } | 'too_deep' | 'duplicate_field' {
  const levels: Level[] = [];
  let out = '';
  let last = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      if (levels.length === MOST_LEVELS) return 'too_deep';
      levels.push({ fields: token === '{' ? new Set() : undefined, expectsName: token === '{' });
    } else if (token === '}' || token === ']') levels.pop();
    else if (token === ',' && level) level.expectsName = level.fields !== undefined;
    else if (token === ':' && level) level.expectsName = false;
    else if (token.startsWith('"')) {
      if (level?.fields && level.expectsName && repeats(level.fields, token)) return 'duplicate_field';
    } else if (!isPlainNumber(token)) {
      out += `${text.slice(last, index)}{"numberText":${JSON.stringify(token)}}`;
      last = index + token.length;
    }
  }
  return { text: last === 0 ? text : out + text.slice(last) };
}

function repeats(fields: Set<string>, token: string): boolean {
  let name: string;
  try {
    name = JSON.parse(token) as string;
  } catch {
    return false; // The parser will say that it is no JSON.
  }
  if (fields.has(name)) return true;
  fields.add(name);
  return false;
}

function isPlainNumber(token: string): boolean {
  return !NUMBER.test(token) || (PLAIN.test(token) && Number.isSafeInteger(Number(token)));
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** A text (one that does not end takes all that is left, so that the way through stays linear), a number or a mark. The rest is left to the parser. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|-?[0-9][0-9.eE+-]*|[{}[\],:]/gs;
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const PLAIN = /^(?:0|-?[1-9][0-9]{0,15})$/;
const MOST_LEVELS = 64;
