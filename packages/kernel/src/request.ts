import { hash } from 'node:crypto';
import { err, ok, type Result } from 'neverthrow';
import { isId, isKey } from './account.ts';
import type { Actor } from './actor.ts';
import { canonicalCopy } from './canonical.ts';
import type { Command, Decider } from './decider.ts';
import type { Instant } from './instant.ts';
import { type IdInvalid, type KeyInvalid, type ShapeInvalid, show } from './refusals.ts';

/** One command for one decider, before it is asked for. */
export interface Ask<Refused = unknown> {
  // biome-ignore lint/suspicious/noExplicitAny: a book takes deciders of every kind; their own types hold inside them
  readonly decider: Decider<any, any, any>;
  /** The record's id; empty where the decider keeps nothing. */
  readonly id: string;
  readonly command: unknown;
  /** Only a type: what the command may be refused for. */
  readonly refused?: Refused;
}

/** A request that waits for its round: one or several commands that happen together. */
export interface Request {
  /** `scope key`. */
  readonly key: string;
  readonly actor: Actor;
  /** When it came, by the book's clock. */
  readonly at: Instant;
  /** Of the commands as the caller gave them. */
  readonly digest: string;
  readonly asks: readonly ParsedAsk[];
  readonly keepRefusal: boolean;
}

/** An ask whose command was parsed. A command that is not of its shape is refused in its turn, after the key. */
export interface ParsedAsk {
  readonly decider: Ask['decider'];
  readonly id: string;
  readonly parsed: Result<Command, ShapeInvalid | IdInvalid>;
}

/** Who asks, and under which key. */
export interface Asked {
  readonly actor: Actor;
  readonly key: string;
  readonly keepRefusal?: boolean;
}

/**
 * Makes a request of what a caller gave. Everything is read once and copied: what the caller changes afterwards changes nothing.
 *
 * The digest is of the commands with their ids and kinds, whatever the order of their fields; absent fields count as left out.
 *
 * @errors
 * - `key_invalid`: the key or a part of the actor is missing or not well-formed.
 * - `shape_invalid`: nothing is asked for, or a command is no plain data, so it cannot even be compared with an earlier one.
 */
export function makeRequest(
  asks: readonly Ask[],
  asked: Asked,
  at: Instant,
): Result<Request, KeyInvalid | ShapeInvalid> {
  const who = readAsked(asked);
  if ('code' in who) return err(who);
  if (asks.length === 0) {
    return err({ code: 'shape_invalid', field: 'asks', given: 'none', allowed: 'at least one command' });
  }
  let text = '';
  const parsed: ParsedAsk[] = [];
  for (const { decider, id, command } of asks) {
    const read = canonicalCopy(command);
    if ('allowed' in read) return err({ code: 'shape_invalid', ...read });
    text += `${decider.kind}\n${digestedId(id)}\n${read.text}\n`;
    parsed.push(parseAsk({ decider, id, command: read.copy }));
  }
  const { key, actor, keepRefusal } = who;
  return ok({ key, actor, at, digest: hash('sha256', text, 'hex'), asks: parsed, keepRefusal });
}

/** Reads who asks, and under which key: each part once. */
function readAsked(asked: Asked): Pick<Request, 'key' | 'actor' | 'keepRefusal'> | KeyInvalid {
  const { actor, key, keepRefusal } = (asked ?? {}) as Partial<Asked>;
  const { id, role, scope = id } = (actor ?? {}) as Partial<Actor>;
  if (!isKey(key)) return keyInvalid('key', key);
  if (!isKey(id)) return keyInvalid('actor.id', id);
  if (!isKey(role)) return keyInvalid('actor.role', role);
  if (!isKey(scope)) return keyInvalid('actor.scope', scope);
  return { key: `${scope} ${key}`, actor: { id, role, scope }, keepRefusal: keepRefusal === true };
}

function keyInvalid(field: KeyInvalid['field'], given: unknown): KeyInvalid {
  return {
    code: 'key_invalid',
    field,
    given: show(given),
    allowed: '1 to 200 printable ASCII characters without spaces, quotes and backslashes',
  };
}

/** An id as the digest has it. One that is none is refused in its turn, and is never taken for one that is. */
function digestedId(id: unknown): string {
  return id === '' || isId(id) ? id : `! ${typeof id} ${show(id)}`;
}

function parseAsk({ decider, id, command }: Ask): ParsedAsk {
  if (decider.keeps === 'record' && !isId(id)) return { decider, id: '', parsed: err(idInvalid('id', id)) };
  return { decider, id, parsed: isCommand(command) ? decider.parse(command) : err(shapeInvalid(command)) };
}

function isCommand(command: unknown): command is Command {
  return typeof command === 'object' && command !== null && typeof (command as { type?: unknown }).type === 'string';
}

function shapeInvalid(command: unknown): ShapeInvalid {
  if (typeof command !== 'object' || command === null || Array.isArray(command)) {
    return { code: 'shape_invalid', field: '', given: show(command), allowed: 'an object with a type' };
  }
  return { code: 'shape_invalid', field: 'type', given: show((command as { type?: unknown }).type), allowed: 'a text' };
}

function idInvalid(field: string, given: unknown): IdInvalid {
  return {
    code: 'id_invalid',
    field,
    given: show(given),
    allowed: '1 to 128 of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit',
  };
}
