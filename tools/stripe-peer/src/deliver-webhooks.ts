import http from 'node:http';
import Stripe from 'stripe';
import { drawOf } from './faults.ts';
import type { PeerEvent } from './objects.ts';
import type { PeerState } from './state.ts';

/** Where events are posted to, and what may become of them. Chances are of 1. */
export interface PeerWebhooks {
  readonly url: string;
  /** Signs as Stripe's own generator does. */
  readonly secret: string;
  /** Only events of these types, as an endpoint's `enabled_events`; all where it is absent. */
  readonly events?: readonly PeerEvent['type'][];
  readonly lost?: number;
  readonly duplicated?: number;
  /** How late one may be at most, in milliseconds of the peer's clock. */
  readonly lateMs?: number;
  /** In any order instead of that of the events. */
  readonly shuffled?: boolean;
  /** Delivers by itself, a moment after each event; otherwise `deliver()` does. */
  readonly auto?: boolean;
}

/** A delivery that waits. */
export interface WaitingDelivery {
  readonly event: string;
  readonly dueAt: number;
  readonly order: number;
  readonly tries: number;
}

/** Queues the deliveries of an event: none, one or two. The same seed and event give the same. */
export function queueEvent(
  webhooks: PeerWebhooks,
  { id: event, type }: Pick<PeerEvent, 'id' | 'type'>,
  { seed, now }: { seed: string; now: number },
) {
  if (webhooks.events?.includes(type) === false) return [];
  const draw = (what: string) => drawOf(`${seed} ${event} ${what}`);
  if (draw('lost') < (webhooks.lost ?? 0)) return [];
  const copies = draw('twice') < (webhooks.duplicated ?? 0) ? 2 : 1;
  return Array.from({ length: copies }, (_, copy): WaitingDelivery => {
    const late = Math.floor(draw(`late ${copy}`) * (webhooks.lateMs ?? 0));
    return { event, dueAt: now + late, order: webhooks.shuffled ? draw(`order ${copy}`) : 0, tries: 0 };
  });
}

/**
 * Posts what is due. What is not taken with a 2xx is due again after a minute of the peer's clock, up to sixteen times.
 *
 * @returns How many were taken, and what waits on.
 */
export async function deliverDue(
  state: PeerState,
  webhooks: PeerWebhooks,
  waiting: readonly WaitingDelivery[],
): Promise<{ readonly taken: number; readonly waiting: readonly WaitingDelivery[] }> {
  const now = state.now();
  const due = waiting.filter(({ dueAt }) => dueAt <= now).sort((left, right) => left.order - right.order);
  const on = waiting.filter(({ dueAt }) => dueAt > now);
  let taken = 0;
  // In any order: several at once, as from a provider of many machines.
  const atOnce = webhooks.shuffled ? MOST_AT_ONCE : 1;
  for (let begun = 0; begun < due.length; begun += atOnce) {
    const some = due.slice(begun, begun + atOnce);
    const ends = await Promise.all(some.map(async (one) => ({ one, isTaken: await post(state, webhooks, one.event) })));
    for (const { one, isTaken } of ends) {
      taken += isTaken ? 1 : 0;
      if (!isTaken && one.tries < 15) on.push({ ...one, dueAt: now + 60_000, tries: one.tries + 1 });
    }
  }
  return { taken, waiting: on };
}

const MOST_AT_ONCE = 64;

async function post(state: PeerState, { url, secret }: PeerWebhooks, event: string): Promise<boolean> {
  const body = JSON.stringify(state.tables.event.get(event));
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'stripe-signature': signWebhook(state, secret, body),
  };
  return new Promise((resolve) => {
    const request = http.request(url, { method: 'POST', agent, headers, timeout: 10_000 }, (answer) => {
      const { statusCode = 0 } = answer;
      answer.resume().once('close', () => resolve(answer.complete && statusCode >= 200 && statusCode < 300));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.end(body);
  });
}

/** Connections are kept for a moment: a demo posts ten thousand webhooks. */
const agent = new http.Agent({ keepAlive: true, timeout: 1_000 });
const generator = new Stripe('sk_test_generator');

/** Writes the header of a delivery with the SDK's own generator, at the peer's clock. */
export function signWebhook(state: Pick<PeerState, 'now'>, secret: string, payload: string): string {
  const timestamp = Math.floor(state.now() / 1000);
  return generator.webhooks.generateTestHeaderString({ payload, secret, timestamp });
}
