import type { Params } from './form.ts';

/** An error as Stripe words it. */
export interface PeerErrorBody {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly param?: string;
  readonly decline_code?: string;
}

/** A request that is refused. `kept` where the endpoint had begun to execute: the answer then stays under the key. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
  readonly status: number;
  readonly body: PeerErrorBody;
  readonly kept: boolean;

  constructor(status: number, body: PeerErrorBody, kept: boolean) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.kept = kept;
  }
}

/** Refuses a parameter before anything is executed. */
export function invalid(param: string, code: string, message: string): PeerError {
  return new PeerError(400, { type: 'invalid_request_error', code, message, param }, false);
}

/** Refuses in the course of executing. */
export function declined(
  code: string,
  message: string,
  more: { readonly param?: string; readonly status?: number } = {},
) {
  const { status = 400, param } = more;
  const body = { type: 'invalid_request_error', code, message, ...(param === undefined ? {} : { param }) };
  return new PeerError(status, body, true);
}

/** Says that an object is not there. */
export function missing(what: string, id: string, param = 'id', status = 404): PeerError {
  return declined('resource_missing', `No such ${what}: '${id}'`, { param, status });
}

/** Reads a parameter that has to be there. */
export function required(params: Params, name: string): string {
  const value = params.get(name);
  if (value === undefined) throw invalid(name, 'parameter_missing', `Missing required param: ${name}.`);
  if (value === '') throw invalid(name, 'parameter_invalid_empty', `You passed an empty string for '${name}'.`);
  return value;
}

/** Reads an amount: a whole number above nothing. */
export function amountOf(params: Params, name = 'amount'): number {
  const text = required(params, name);
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw invalid(name, 'parameter_invalid_integer', `Invalid positive integer: ${text}`);
  }
  return value;
}

/** Reads a currency. */
export function currencyOf(params: Params): string {
  const text = required(params, 'currency');
  if (!/^[a-z]{3}$/.test(text)) throw invalid('currency', 'parameter_invalid_string', `Invalid currency: ${text}.`);
  return text;
}

/** Refuses a parameter that the endpoint does not know, as Stripe does. */
export function known(params: Params, names: readonly string[]): void {
  for (const name of params.keys()) {
    const outer = name.split('[')[0] ?? name;
    if (!names.includes(outer)) throw invalid(name, 'parameter_unknown', `Received unknown parameter: ${name}`);
  }
}
