import { createHash } from 'node:crypto';
import type { PeerErrorBody } from './answer.ts';
import { readParams } from './form.ts';

/** Whether a request that meets a fault is executed: not at all, at once, or after a while by the peer's clock. */
export type Effect = 'none' | 'now' | { readonly laterMs: number };

/** What goes wrong with one answer. */
export type PeerFault =
  /** An answer of our choosing. `kept` puts it under the key; 401, 403, 409 and 429 come before the key is looked at. */
  | {
      readonly fault: 'answer';
      readonly status: number;
      readonly error?: PeerErrorBody;
      readonly headers?: { readonly [name: string]: string };
      readonly effect?: Effect;
      readonly kept?: boolean;
    }
  /** The socket is cut before an answer. */
  | { readonly fault: 'cut'; readonly effect: Effect }
  /** The socket stays open and silent. */
  | { readonly fault: 'hang'; readonly effect: Effect }
  /** It is executed, and the answer breaks off in its middle. */
  | { readonly fault: 'truncate' }
  /** It is executed, and something else comes back. */
  | { readonly fault: 'body'; readonly status: number; readonly type?: string; readonly text: string }
  /** It is executed, and the answer says other fields than the book has. */
  | { readonly fault: 'change'; readonly set: { readonly [field: string]: unknown } }
  /** Other parameters than were asked for are executed. */
  | { readonly fault: 'mishear'; readonly set: { readonly [param: string]: string } }
  /** It takes its time; another request with the same key meets 409 meanwhile. */
  | { readonly fault: 'delay'; readonly ms: number };

/** Which requests a fault is for, and how often. */
export interface PeerRule {
  readonly method?: 'GET' | 'POST';
  /** A regular expression for the path. */
  readonly path?: string;
  /** How many requests it meets; 1 where it is absent. */
  readonly times?: number;
  /** How many matching requests go by before. */
  readonly skip?: number;
  readonly meets: PeerFault;
}

/** How likely each fault is for a POST, of 1. */
export interface PeerChances {
  /** The answer is lost after executing. */
  readonly lost?: number;
  /** The socket is cut before executing. */
  readonly cut?: number;
  /** No answer comes, after executing. */
  readonly silent?: number;
  /** 500 under the key, without effect. */
  readonly failed?: number;
  /** 500 under the key, with effect. */
  readonly failedWithEffect?: number;
  /** 500 under the key, repaired by Stripe within six hours. */
  readonly repaired?: number;
  readonly throttled?: number;
  readonly unauthorised?: number;
  readonly truncated?: number;
}

/** Faults by chance: the same seed gives the same faults to the same keys. */
export interface SeededChances {
  readonly seed: string;
  readonly post: PeerChances;
  /** Instead, for a request whose `metadata[attempt]` is above 1, so that a run of bad luck has an end. */
  readonly later?: PeerChances;
}

/** Chooses the fault of a request: by the script, else by chance. The same seed, key and send meet the same fault. */
export function chooseFault(
  script: ScriptedRule[],
  chances: SeededChances | undefined,
  request: {
    readonly method: string;
    readonly path: string;
    readonly body: string;
    readonly key: string | undefined;
    readonly send: number;
  },
): PeerFault | undefined {
  for (const one of script) {
    const { method, path } = one.rule;
    if (one.left <= 0 || (method !== undefined && method !== request.method)) continue;
    if (path !== undefined && !new RegExp(path).test(request.path)) continue;
    if (one.skip > 0) {
      one.skip -= 1;
      continue;
    }
    one.left -= 1;
    return one.rule.meets;
  }
  if (chances === undefined || request.method !== 'POST' || request.key === undefined) return undefined;
  const isLater = chances.later && Number(readParams(request.body).get('metadata[attempt]') ?? 1) > 1;
  return byChance((isLater && chances.later) || chances.post, drawOf(`${chances.seed} ${request.key} ${request.send}`));
}

/** A rule with what is left of it. */
export interface ScriptedRule {
  readonly rule: PeerRule;
  left: number;
  skip: number;
}

function byChance(chances: PeerChances, draw: number): PeerFault | undefined {
  const error = { type: 'api_error', message: 'An unknown error occurred.' };
  const failed = (effect: Effect): PeerFault => ({ fault: 'answer', status: 500, error, effect, kept: true });
  const busy = { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' };
  const denied = { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_test_****' };
  const table: readonly (readonly [number | undefined, PeerFault])[] = [
    [chances.lost, { fault: 'cut', effect: 'now' }],
    [chances.cut, { fault: 'cut', effect: 'none' }],
    [chances.silent, { fault: 'hang', effect: 'now' }],
    [chances.failed, failed('none')],
    [chances.failedWithEffect, failed('now')],
    [chances.repaired, failed({ laterMs: Math.floor(draw * 1_000_003) % 21_600_000 })],
    [chances.throttled, { fault: 'answer', status: 429, error: busy, headers: { 'retry-after': '2' } }],
    [chances.unauthorised, { fault: 'answer', status: 401, error: denied }],
    [chances.truncated, { fault: 'truncate' }],
  ];
  let below = 0;
  for (const [chance = 0, fault] of table) {
    below += chance;
    if (draw < below) return fault;
  }
  return undefined;
}

/** Draws a number from 0 up to 1 out of a text. */
export function drawOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
