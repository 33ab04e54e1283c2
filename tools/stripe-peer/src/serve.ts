import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { PeerError, type PeerErrorBody } from './answer.ts';
import type { RecordedRequest, StripePeerControl } from './control.ts';
import { chooseFault, type Effect, type PeerFault, type ScriptedRule, type SeededChances } from './faults.ts';
import { readParams } from './form.ts';
import { route } from './route.ts';
import { runCall } from './run-call.ts';
import type { KeptKey, PeerState } from './state.ts';

/** What requests are answered from. */
export interface Serving {
  readonly state: PeerState;
  readonly control: StripePeerControl;
  readonly script: ScriptedRule[];
  readonly requests: RecordedRequest[];
  /** How often each key came. */
  readonly sends: Map<string, number>;
  readonly later: { readonly at: number; readonly run: () => void }[];
  readonly runLater: () => void;
  readonly account: string;
  readonly chances: SeededChances | undefined;
  readonly keysForMs: number;
}

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly key: string | undefined;
  readonly message: IncomingMessage;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly replayed?: boolean;
}

/** Answers Stripe's API under `/v1`, and the control under `/_peer`. */
export function serve(serving: Serving): RequestListener {
  return (message, response) => {
    read(message)
      .then(async (incoming) => {
        if (incoming.path === '/_peer') {
          reply(response, 200, await runCall(serving.control, incoming.body));
        } else {
          serving.runLater();
          await answer(serving, incoming, response);
        }
      })
      .catch((error: unknown) => {
        if (!response.headersSent) reply(response, 599, { error: { type: 'peer_defect', message: String(error) } });
      });
  };
}

async function read(message: IncomingMessage): Promise<Incoming> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  const url = new URL(message.url ?? '/', 'http://peer');
  const key = message.headers['idempotency-key'];
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.search.slice(1),
    body: Buffer.concat(parts).toString('utf8'),
    key: typeof key === 'string' ? key : undefined,
    message,
  };
}

async function answer(serving: Serving, incoming: Incoming, response: ServerResponse): Promise<void> {
  const { method, path, query, body, key, message } = incoming;
  const send = serving.sends.get(key ?? '') ?? 0;
  serving.sends.set(key ?? '', send + 1);
  const fault = chooseFault(serving.script, serving.chances, { method, path, body, key, send });
  const { 'stripe-account': account, 'stripe-version': version } = message.headers;
  const at = serving.requests.length;
  const record: RecordedRequest = {
    at: new Date(serving.state.now()).toISOString(),
    method,
    url: query === '' ? path : `${path}?${query}`,
    ...(key === undefined ? {} : { key }),
    ...(typeof account === 'string' ? { account } : {}),
    ...(typeof version === 'string' ? { version } : {}),
    body,
    answered: 'open',
    replayed: false,
  };
  serving.requests.push(record);
  const note = (answered: RecordedRequest['answered'], replayed = false) => {
    serving.requests[at] = { ...record, answered, replayed };
  };
  await answerWith(serving, { incoming, response, fault, note });
}

interface Turn {
  readonly incoming: Incoming;
  readonly response: ServerResponse;
  readonly fault: PeerFault | undefined;
  readonly note: (answered: RecordedRequest['answered'], replayed?: boolean) => void;
}

async function answerWith(serving: Serving, { incoming, response, fault, note }: Turn): Promise<void> {
  const refuse = (status: number, error: PeerErrorBody, headers: { readonly [name: string]: string } = {}) => {
    note(status);
    reply(response, status, { error }, { ...headers, ...echo(incoming) });
  };
  const unauthorised = { type: 'invalid_request_error', message: 'You did not provide an API key.' };
  if (!incoming.message.headers.authorization?.startsWith('Bearer sk_')) return refuse(401, unauthorised);
  if (fault?.fault === 'answer' && beforeTheKey.has(fault.status)) {
    return refuse(fault.status, fault.error ?? { type: 'api_error', message: 'scripted' }, fault.headers);
  }
  if (fault?.fault === 'delay') await pause(serving, incoming, fault.ms);
  if (effectOf(fault) !== 'now') {
    // Nothing happens now: whatever comes back, the book is as it was.
    const kept = replayOf(serving, incoming);
    if (kept === undefined) return withoutEffect(serving, { incoming, response, fault, note });
  }
  const given = replayOf(serving, incoming) ?? execute(serving, incoming, fault);
  transmit(response, given, { incoming, fault: given.replayed ? transportOnly(fault) : fault, note });
}

function effectOf(fault: PeerFault | undefined): Effect {
  if (fault?.fault === 'answer') return fault.effect ?? 'none';
  return fault?.fault === 'cut' || fault?.fault === 'hang' ? fault.effect : 'now';
}

const beforeTheKey: ReadonlySet<number> = new Set([401, 403, 409, 429]);

function transportOnly(fault: PeerFault | undefined): PeerFault | undefined {
  return fault?.fault === 'answer' ? undefined : fault;
}

/** Holds a key as running, so that another request with it meets 409. */
async function pause({ state }: Serving, { key, path, body }: Incoming, ms: number): Promise<void> {
  const holds = key !== undefined && !state.keys.has(key);
  if (holds) state.keys.set(key, { at: state.now(), path, body });
  await new Promise((resolve) => setTimeout(resolve, ms));
  if (holds) state.keys.delete(key);
}

/** Gives what the key has kept, a conflict with it, or nothing for a key that is new. */
function replayOf({ state, keysForMs }: Serving, { method, key, path, body }: Incoming): Answer | undefined {
  if (method !== 'POST' || key === undefined) return undefined;
  const kept = state.keys.get(key);
  if (kept === undefined) return undefined;
  if (state.now() - kept.at >= keysForMs) {
    state.keys.delete(key);
    return undefined;
  }
  const type = 'idempotency_error';
  if (kept.path !== path || kept.body !== body) {
    const message = 'Keys for idempotent requests can only be used with the same parameters they were first used with.';
    return { status: 400, body: { error: { type, message } } };
  }
  if (kept.answer === undefined) {
    const message = 'There is currently another in-progress request using this idempotency key.';
    return { status: 409, body: { error: { type: 'invalid_request_error', code: 'idempotency_key_in_use', message } } };
  }
  return { ...kept.answer, replayed: true };
}

function execute(serving: Serving, { method, path, query, body, key }: Incoming, fault: PeerFault | undefined): Answer {
  const { state, account } = serving;
  state.request = { id: `req_${String(serving.requests.length).padStart(8, '0')}`, key: key ?? null };
  const asked = readParams(method === 'POST' ? body : query);
  const params = fault?.fault === 'mishear' ? new Map([...asked, ...Object.entries(fault.set)]) : asked;
  let made: Answer & { readonly kept: boolean };
  try {
    made = { status: 200, body: route(state, { method, path, params, account }), kept: true };
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    made = { status: error.status, body: { error: error.body }, kept: error.kept };
  }
  if (fault?.fault === 'answer') {
    const error = fault.error ?? { type: 'api_error', message: 'scripted' };
    made = { status: fault.status, body: { error }, kept: fault.kept ?? made.kept };
  }
  if (method === 'POST' && key !== undefined && made.kept) keep(state, key, { path, body, answer: made });
  return { status: made.status, body: made.body };
}

function keep(
  state: PeerState,
  key: string,
  { path, body, answer }: { readonly path: string; readonly body: string; readonly answer: Answer },
): void {
  const kept: KeptKey = {
    at: state.now(),
    path,
    body,
    answer: { status: answer.status, body: structuredClone(answer.body) },
  };
  state.keys.set(key, kept);
  state.write(['key', key, kept]);
}

function withoutEffect(serving: Serving, { incoming, response, fault, note }: Turn): void {
  if (fault?.fault !== 'answer' && fault?.fault !== 'cut' && fault?.fault !== 'hang') return;
  const { state } = serving;
  const effect = effectOf(fault);
  if (typeof effect === 'object') {
    // Executed later, and the answer under the key stays what it was.
    const once = { ...incoming, key: fault.fault === 'answer' ? undefined : incoming.key };
    // A request that was long on its way meets its key like any other.
    const run = (): void => void (replayOf(serving, once) ?? execute(serving, once, undefined));
    serving.later.push({ at: state.now() + effect.laterMs, run });
  }
  if (fault.fault !== 'answer') {
    breakOff(response, fault.fault, note);
    return;
  }
  const error = fault.error ?? { type: 'api_error', message: 'scripted' };
  const answered: Answer = { status: fault.status, body: { error } };
  const { key, path, body } = incoming;
  if (fault.kept && key !== undefined) keep(state, key, { path, body, answer: answered });
  note(fault.status);
  reply(response, fault.status, answered.body, { ...fault.headers, ...echo(incoming) });
}

function transmit(response: ServerResponse, given: Answer, { incoming, fault, note }: Omit<Turn, 'response'>): void {
  const headers = { ...echo(incoming), ...(given.replayed ? { 'idempotent-replayed': 'true' } : {}) };
  switch (fault?.fault) {
    case 'cut':
    case 'hang':
      breakOff(response, fault.fault, note);
      return;
    case 'truncate': {
      const text = JSON.stringify(given.body);
      note('truncate');
      response.writeHead(given.status, { ...headers, 'content-length': Buffer.byteLength(text) });
      response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
      return;
    }
    case 'body':
      note(fault.status);
      response.writeHead(fault.status, { 'content-type': fault.type ?? 'text/html' });
      response.end(fault.text);
      return;
    case 'change':
      note(given.status, given.replayed);
      reply(response, given.status, { ...(given.body as object), ...fault.set }, headers);
      return;
    default: {
      const extra = fault?.fault === 'answer' ? fault.headers : {};
      note(given.status, given.replayed);
      reply(response, given.status, given.body, { ...extra, ...headers });
    }
  }
}

function breakOff(
  response: ServerResponse,
  fault: 'cut' | 'hang',
  note: (answered: RecordedRequest['answered']) => void,
): void {
  note(fault);
  if (fault === 'cut') response.destroy();
}

function echo({ key }: Incoming): { readonly [name: string]: string } {
  return key === undefined ? {} : { 'idempotency-key': key };
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: { readonly [name: string]: string } = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_peer', ...headers });
  response.end(JSON.stringify(body));
}
