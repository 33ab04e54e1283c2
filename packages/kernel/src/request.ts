import { hash } from 'node:crypto';
import { err, ok, type Result } from 'neverthrow';
import { isId, isKey } from './account.ts';
import { type Actor, scopeOf } from './actor.ts';
import { canonical } from './canonical.ts';
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
 * Makes a request of what a caller gave.
 *
 * @errors
 * - `key_invalid`: the key or a part of the actor is missing or not well-formed.
 * - `shape_invalid`: a command is no plain data, so it cannot even be compared with an earlier one.
 */
export function makeRequest(
  asks: readonly Ask[],
  asked: Asked,
  at: Instant,
): Result<Request, KeyInvalid | ShapeInvalid> {
  const wrong = wrongAsked(asked);
  if (wrong) return err(wrong);
  let text = '';
  for (const { decider, id, command } of asks) {
    const written = canonical(command);
    if (typeof written !== 'string') return err({ code: 'shape_invalid', ...written });
    text += `${decider.kind}\n${typeof id === 'string' ? id : show(id)}\n${written}\n`;
  }
  return ok({
    key: `${scopeOf(asked.actor)} ${asked.key}`,
    actor: { id: asked.actor.id, role: asked.actor.role, scope: scopeOf(asked.actor) },
    at,
    digest: hash('sha256', text, 'hex'),
    asks: asks.map(parseAsk),
    keepRefusal: asked.keepRefusal === true,
  });
}

function wrongAsked(asked: Asked): KeyInvalid | undefined {
  const actor = (asked as Partial<Asked> | undefined)?.actor as Partial<Actor> | undefined;
  if (!isKey(asked?.key)) return keyInvalid('key', asked?.key);
  if (!isKey(actor?.id)) return keyInvalid('actor.id', actor?.id);
  if (!isKey(actor?.role)) return keyInvalid('actor.role', actor?.role);
  if (actor?.scope !== undefined && !isKey(actor.scope)) return keyInvalid('actor.scope', actor.scope);
  return undefined;
}

function keyInvalid(field: KeyInvalid['field'], given: unknown): KeyInvalid {
  return {
    code: 'key_invalid',
    field,
    given: show(given),
    allowed: '1 to 200 printable ASCII characters without spaces, quotes and backslashes',
  };
}

function parseAsk({ decider, id, command }: Ask): ParsedAsk {
  if (decider.keeps === 'record' && !isId(id)) return { decider, id: '', parsed: err(idInvalid('id', id)) };
  return { decider, id, parsed: decider.parse(command) };
}

function idInvalid(field: string, given: unknown): IdInvalid {
  return {
    code: 'id_invalid',
    field,
    given: show(given),
    allowed: '1 to 128 of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit',
  };
}
