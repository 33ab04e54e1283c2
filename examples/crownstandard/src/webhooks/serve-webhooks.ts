import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookAnswer, Webhooks } from './open-webhooks.ts';

/** A server that takes in webhooks. */
export interface WebhookServer {
  /** What Stripe is told to post to. */
  readonly url: string;
  /** Answers what it has begun to answer, and takes no more. */
  close(): Promise<void>;
}

/** Takes in webhooks on loopback, on a free port where none is given. In earnest a proxy that speaks TLS stands before it. */
export async function serveWebhooks(webhooks: Pick<Webhooks, 'receive'>, port = 0): Promise<WebhookServer> {
  const server = createServer((request, response) => void answer(webhooks, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
    },
  };
}

/** Answers a request as a handler of any HTTP framework would that leaves the body as raw bytes. */
async function answer(
  webhooks: Pick<Webhooks, 'receive'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, code } = await received(webhooks, request);
  const headers = { 'content-type': 'application/json', ...(status === 413 ? { connection: 'close' } : {}) };
  response.writeHead(status, headers).end(JSON.stringify({ code }));
}

async function received(
  webhooks: Pick<Webhooks, 'receive'>,
  request: IncomingMessage,
): Promise<WebhookAnswer | { readonly status: 404 | 405 | 413 | 400; readonly code: string }> {
  if (request.url !== PATH) return { status: 404, code: 'not_found' };
  if (request.method !== 'POST') return { status: 405, code: 'method_not_allowed' };
  try {
    const rawBody = await readBody(request);
    if (rawBody === undefined) return { status: 413, code: 'body_too_large' };
    return await webhooks.receive({ headers: request.headers, rawBody });
  } catch {
    // Not stored: Stripe sends it again.
    return { status: 503, code: 'not_stored' };
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const PATH = '/webhooks/stripe';
const MOST_BYTES = 1_000_000;
