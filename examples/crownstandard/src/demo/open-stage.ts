import path from 'node:path';
import {
  type DemoStore,
  type Flags,
  onVirtualTime,
  openDemoStore,
  remembering,
  type VirtualClock,
} from '@holdfast/demo-kit';
import type { PayoutAlarm } from '@holdfast/payouts';
import { createStripeProvider } from '@holdfast/provider-stripe';
import { type StripePeer, startStripePeer } from '@holdfast/stripe-peer';
import { type Crown, openCrown } from '../book/open-crown.ts';
import { openWebhooks, type Webhooks } from '../webhooks/open-webhooks.ts';
import { serveWebhooks } from '../webhooks/serve-webhooks.ts';
import { stripeOnVirtualTime } from './stripe-on-virtual-time.ts';

/** All that the demo plays on: the marketplace, and its payment provider's stand-in. */
export interface Stage {
  readonly crown: Crown;
  readonly webhooks: Webhooks;
  readonly peer: StripePeer;
  readonly clock: VirtualClock;
  /** What a person was told to look at. */
  readonly alarms: readonly PayoutAlarm[];
  /** Where the book lies, for a person. */
  readonly place: string;
  close(): Promise<void>;
}

/** What a stage is opened with. */
export interface StageOptions {
  readonly flags: Pick<Flags, 'store' | 'folder'>;
  readonly url: string | undefined;
  /** The book's name, which every key at the provider begins with. */
  readonly book: string;
  readonly clock: VirtualClock;
  readonly faults: boolean;
  /** Bookings whose card is always declined. */
  readonly declined: ReadonlySet<string>;
  /** What differs from the peer that the demo usually has. */
  readonly peer?: { readonly settleAfterMs?: number; readonly folder?: string };
  /** A store that is open already, instead of one that is opened. */
  readonly opened?: DemoStore;
}

/** Opens the store that was asked for, the Stripe peer beside it, and the marketplace on both. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const opened = options.opened ?? (await openDemoStore({ ...options.flags, url: options.url }));
  try {
    return await openOn(opened, options);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openOn(opened: DemoStore, { flags, book, clock, faults, declined, ...options }: StageOptions) {
  // The webhooks' address is known before the peer is, and the peer's before the marketplace.
  let webhooks: Webhooks | undefined;
  const server = await serveWebhooks({ receive: async (got) => (webhooks ? webhooks.receive(got) : NOT_YET) });
  const peer = await startStripePeer({
    clock: clock.nowMs,
    settleAfterMs: 0,
    ...(flags.store === 'memory' ? {} : { folder: path.join(flags.folder, `stripe-peer-${flags.store}`) }),
    ...(faults ? { chances: { seed: SEED, post: CHANCES, later: SOON_OVER } } : {}),
    webhooks: { url: server.url, secret: SECRET, events: TOLD, shuffled: true, ...(faults ? LATE_AND_TWICE : {}) },
    ...options.peer,
  });
  const stripe = stripeOnVirtualTime({ host: peer.host, port: peer.port });
  const alarms: PayoutAlarm[] = [];
  const crown = openCrown({
    store: onVirtualTime(flags.store === 'memory' ? opened.store : remembering(opened.store), clock.nowMs),
    name: book,
    clock: clock.now,
    onAlarm: (alarm) => alarms.push(alarm),
    provider: createStripeProvider({
      stripe,
      account: 'acct_platform',
      mode: 'sandbox',
      clock: clock.now,
      parameters: ({ kind, reference }) => (kind === 'collect' ? cardOf(declined.has(reference)) : {}),
    }),
  });
  webhooks = openWebhooks(crown, { secrets: [{ secret: SECRET }] });
  const { intake } = webhooks;
  return {
    crown,
    webhooks,
    peer,
    clock,
    alarms,
    place: opened.place,
    close: async () => {
      await peer.close();
      await server.close();
      await intake.close();
      await crown.book.close();
      await opened.close();
    },
  };
}

function cardOf(isDeclined: boolean): { readonly [parameter: string]: string } {
  return { payment_method: isDeclined ? 'pm_card_chargeDeclined' : 'pm_card_visa', confirm: 'true' };
}

const SEED = 'crownstandard';
const SECRET = 'whsec_ZGVtb25zdHJhdGlvbg';
/** The events that the endpoint is told of: what moves money, or ends an attempt to. */
const TOLD = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'refund.created',
  'refund.failed',
  'transfer.created',
  'transfer.reversed',
] as const;
const NOT_YET = { status: 503, code: 'not_open' } as const;
/** What goes wrong at the provider, of each hundred calls that ask for something. */
const CHANCES = { lost: 0.03, cut: 0.02, failed: 0.02, failedWithEffect: 0.02, repaired: 0.02, throttled: 0.03 };
/** A stored 500 is a day of doubt. After a second one a tip would come too late for the payout of its booking, and be paid by itself. */
const SOON_OVER = { ...CHANCES, failed: 0, repaired: 0 };
const LATE_AND_TWICE = { lost: 0.1, duplicated: 0.1, lateMs: 7_200_000 };
