import type { StripeClient } from './client.ts';
import type { FormFields } from './form.ts';

/** What one call of Stripe's client came to. */
export type RawAnswer =
  /** Stripe's JSON, of a success or not. */
  | { readonly raw: 'answer'; readonly status: number; readonly headers: Headers; readonly body: unknown }
  /** An answer that is no JSON of Stripe's: HTML, an empty body. */
  | { readonly raw: 'unreadable'; readonly detail: string }
  /** No whole answer: the connection failed, broke or timed out. */
  | {
      readonly raw: 'broken';
      readonly code: string;
      readonly connecting: boolean;
      readonly answering: boolean;
      readonly detail: string;
    }
  /** The caller's signal fired first. */
  | { readonly raw: 'given_up' };

/** The headers of an answer, by their small-letter names. */
export interface Headers {
  readonly [name: string]: unknown;
}

/** One call. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly fields?: FormFields;
  readonly key?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Calls Stripe once, without the client's own repeats. The client still repeats one call whose connection was closed, whatever
 * it is told (stripe-node 2808).
 *
 * @source docs/rules/provider-stripe.md, ST-1, ST-5
 */
export async function callStripe(
  stripe: StripeClient,
  { method, path, fields, key, timeoutMs, signal }: Call,
): Promise<RawAnswer> {
  const options = { maxNetworkRetries: 0, timeout: timeoutMs, ...(key === undefined ? {} : { idempotencyKey: key }) };
  const call = async () => stripe.rawRequest(method, path, fields, options);
  return firstOf(call().then(readSuccess, readTrouble), signal);
}

async function firstOf(answer: Promise<RawAnswer>, signal: AbortSignal): Promise<RawAnswer> {
  let giveUp = () => {};
  const givenUp = new Promise<RawAnswer>((resolve) => {
    giveUp = () => resolve({ raw: 'given_up' });
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return signal.aborted ? { raw: 'given_up' } : await Promise.race([answer, givenUp]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** The client takes every JSON without `error` for a success, whatever its status is. */
function readSuccess(body: unknown): RawAnswer {
  const last = fieldOf(body, 'lastResponse');
  const status = fieldOf(last, 'statusCode');
  const headers = fieldOf(last, 'headers');
  if (typeof status !== 'number' || !isRecord(headers)) return { raw: 'unreadable', detail: 'no status' };
  return { raw: 'answer', status, headers, body };
}

function readTrouble(error: unknown): RawAnswer {
  const status = fieldOf(error, 'statusCode');
  const headers = fieldOf(error, 'headers');
  const detail = String(fieldOf(error, 'message') ?? error);
  if (typeof status === 'number' && isRecord(headers)) {
    return { raw: 'answer', status, headers, body: { error: fieldOf(error, 'raw') } };
  }
  if (fieldOf(error, 'type') !== 'StripeConnectionError') return { raw: 'unreadable', detail };
  const cause = fieldOf(error, 'detail');
  // The client of fetch wraps what happened once more.
  const inner = [cause, fieldOf(cause, 'cause'), fieldOf(cause, 'exception')];
  const code = inner.map((one) => fieldOf(one, 'code')).find((one) => typeof one === 'string');
  return {
    raw: 'broken',
    code: typeof code === 'string' ? code : '',
    connecting: inner.some((one) => fieldOf(one, 'syscall') === 'connect'),
    answering: fieldOf(error, 'requestId') !== undefined,
    detail,
  };
}

/** Reads a field of a value that may be anything. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined;
}

function isRecord(value: unknown): value is Headers {
  return typeof value === 'object' && value !== null;
}
