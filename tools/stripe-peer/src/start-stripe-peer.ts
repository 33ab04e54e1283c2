import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordedRequest, StripePeerControl } from './control.ts';
import { createControl } from './create-control.ts';
import { deliverDue, type PeerWebhooks, queueEvent, type WaitingDelivery } from './deliver-webhooks.ts';
import type { ScriptedRule, SeededChances } from './faults.ts';
import type { PeerEvent } from './objects.ts';
import { serve } from './serve.ts';
import { openState } from './state.ts';

/** How a peer is started. */
export interface StripePeerOptions {
  /** The account that every key is of; `acct_platform` where it is absent. */
  readonly account?: string;
  readonly livemode?: boolean;
  /** Loopback only; a free port where it is absent. */
  readonly port?: number;
  /** Keeps all that happened, so that a peer started on it again knows it. In memory where it is absent. */
  readonly folder?: string;
  /** Milliseconds since 1970; the process's clock where it is absent. */
  readonly clock?: () => number;
  /** When what was collected becomes available; at once where it is absent. */
  readonly settleAfterMs?: number;
  /** What the peer keeps of a payment; nothing where it is absent. */
  readonly fee?: { readonly basisPoints: number; readonly fixed: number };
  /** How long a key is known, in milliseconds; a day where it is absent. */
  readonly keysForMs?: number;
  readonly chances?: SeededChances;
  readonly webhooks?: PeerWebhooks;
}

/** A peer that runs. */
export interface StripePeer extends StripePeerControl {
  /** For the SDK: `new Stripe('sk_test_peer', { host, port, protocol: 'http' })`. */
  readonly host: string;
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a peer on loopback. It imitates Stripe and is not Stripe. */
export async function startStripePeer(options: StripePeerOptions = {}): Promise<StripePeer> {
  const { account = 'acct_platform', livemode = false, webhooks, chances, keysForMs = 86_400_000 } = options;
  const { settleAfterMs = 0, fee = { basisPoints: 0, fixed: 0 }, clock: base = Date.now } = options;
  const clock = { shiftMs: 0 };
  const script: ScriptedRule[] = [];
  const requests: RecordedRequest[] = [];
  let waiting: WaitingDelivery[] = [];
  const now = () => base() + clock.shiftMs;
  const onEvent = (event: PeerEvent) => {
    if (webhooks === undefined) return;
    waiting.push(...queueEvent(webhooks, event, { seed: chances?.seed ?? '', now: now() }));
  };
  const state = openState({ livemode, now, settleAfterMs, fee, folder: options.folder, onEvent });
  const later: { readonly at: number; readonly run: () => void }[] = [];
  const runLater = () => {
    const due = later.filter(({ at }) => at <= now());
    for (const one of due) later.splice(later.indexOf(one), 1);
    for (const one of due) one.run();
  };
  const deliver = async () => {
    if (webhooks === undefined) return 0;
    const taken = waiting;
    waiting = [];
    const done = await deliverDue(state, webhooks, taken);
    waiting = [...done.waiting, ...waiting];
    return done.taken;
  };
  const control = createControl({ state, script, requests, clock, deliver, waiting: () => waiting.length, runLater });
  const sends = new Map<string, number>();
  const parts = { state, control, script, requests, sends, later, runLater, account, chances, keysForMs };
  const server = createServer(serve(parts));
  const port = await listen(server, options.port ?? 0);
  const stopDelivering = webhooks?.auto ? deliverByItself(deliver) : async () => {};
  return {
    ...control,
    host: '127.0.0.1',
    port,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await stopDelivering();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Delivers every few milliseconds, one round at a time. */
function deliverByItself(deliver: () => Promise<number>): () => Promise<void> {
  let isOpen = true;
  let wake = () => {};
  const rounds = (async () => {
    while (isOpen) {
      await deliver();
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 20).unref();
      });
    }
  })();
  return async () => {
    isOpen = false;
    wake();
    await rounds;
  };
}
