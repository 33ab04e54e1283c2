import type { TextReference } from '@holdfast/kernel';

/** A body as text that can be stored whatever it holds: UTF-8 where it is that and has no character 0, otherwise base64. */
export interface BodyText {
  readonly encoding: 'utf8' | 'base64';
  /** In bytes. */
  readonly bytes: number;
  /** Each at most 10,000 characters; joined they are the body. */
  readonly parts: readonly string[];
}

/** A body as the journal has it: the texts lie in a side table and can be erased. */
export interface StoredBody {
  readonly encoding: BodyText['encoding'];
  readonly bytes: number;
  readonly parts: readonly TextReference[];
}

/** Writes a body as texts. */
export function writeBody(body: Uint8Array): BodyText {
  const text = asText(body);
  if (text !== undefined) return { encoding: 'utf8', bytes: body.byteLength, parts: cut(text) };
  return { encoding: 'base64', bytes: body.byteLength, parts: cut(Buffer.from(body).toString('base64')) };
}

/**
 * Puts a body together again.
 *
 * @param texts - By their hashes.
 * @returns The bytes as they came, or nothing where a part was erased.
 */
export function readBody(
  { encoding, parts }: StoredBody,
  texts: ReadonlyMap<string, { readonly text: string }>,
): Uint8Array | undefined {
  const found = parts.map(({ textHash }) => texts.get(textHash)?.text);
  if (found.includes(undefined)) return undefined;
  return Uint8Array.from(Buffer.from(found.join(''), encoding));
}

function asText(body: Uint8Array): string | undefined {
  let text: string;
  try {
    text = UTF8.decode(body);
  } catch {
    return undefined;
  }
  // Quotes and control characters grow when they are written as JSON; base64 does not.
  return text.includes('\0') || JSON.stringify(text).length > MOST_WRITTEN ? undefined : text;
}

function cut(text: string): readonly string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    const to = from + MOST_CHARACTERS;
    // Never between the halves of a character.
    const last = text.charCodeAt(to - 1);
    const end = last >= 0xd800 && last < 0xdc00 ? to - 1 : to;
    parts.push(text.slice(from, end));
    from = end;
  }
  return parts;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const MOST_CHARACTERS = 10_000;
/** A command is at most 1,000,000 characters of canonical text. */
const MOST_WRITTEN = 800_000;
