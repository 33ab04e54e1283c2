import { hash } from 'node:crypto';
import { canonical } from '@holdfast/kernel';
import { readJson } from '../webhooks/read-json.ts';

/** What is kept of a body to compare it with another one of the same event. */
export interface Fingerprint {
  /** What the body calls its kind, cut to 100 characters; empty where it does not say. For lists, never for decisions. */
  readonly type: string;
  /** 64 hexadecimal digits. */
  readonly digest: string;
}

/**
 * Takes the fingerprint of a body: of its type, the instant of its making and its data alone, since the rest (how often it was sent, what is still to be
 * sent) differs from one sending to the next. A body without them counts whole.
 *
 * @source docs/rules/providers.md, IN-3
 */
export function fingerprintOf(event: string, body: Uint8Array): Fingerprint {
  const read = readJson(body);
  const value: unknown = read.isOk() ? read.value : undefined;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'data')) {
    return { type: '', digest: digestOf(event, body) };
  }
  const { type, created, timestamp, data } = value as { readonly [name: string]: unknown };
  const text = canonical({ type, made: created ?? timestamp, data });
  return {
    type: typeof type === 'string' ? type.slice(0, 100).toWellFormed() : '',
    digest: digestOf(event, typeof text === 'string' ? text : body),
  };
}

/** The event's name goes in first, so that equal contents of two events cannot be told from the journal. */
function digestOf(event: string, content: string | Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${event}\n`), Buffer.from(content)]), 'hex');
}
