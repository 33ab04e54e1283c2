import { booking } from '@holdfast/escrow';
import { type Actor, createMemoryStore, hours, type Instant, instantAt } from '@holdfast/kernel';
import { transferMoney, verifyBook } from '@holdfast/ledger';
import { type Money, usd } from '@holdfast/money';
import { checkPayouts, type PayoutAlarm } from '@holdfast/payouts';
import { createStripeProvider } from '@holdfast/provider-stripe';
import { type PeerWebhooks, type StripePeer, type StripePeerOptions, startStripePeer } from '@holdfast/stripe-peer';
import Stripe from 'stripe';
import { expect, onTestFinished } from 'vitest';
import { type Crown, type CrownOptions, openCrown } from '../src/book/open-crown.ts';
import type { ChargeAlarm } from '../src/payments/charge-alarm.ts';
import { chargeDecider } from '../src/payments/charge-decider.ts';
import { completeBooking } from '../src/services/complete-booking.ts';
import { payForBooking } from '../src/services/pay-for-booking.ts';
import { registerPayee, registerSender } from '../src/services/register.ts';
import { openWebhooks, type Webhooks } from '../src/webhooks/open-webhooks.ts';
import { serveWebhooks } from '../src/webhooks/serve-webhooks.ts';
import { taskHandlers } from '../src/workers/task-handlers.ts';

/** The marketplace on a memory store, with the real SDK on the local peer, at a clock of its own. */
export interface CrownWorld {
  readonly crown: Crown;
  readonly peer: StripePeer;
  readonly stripe: Stripe;
  readonly webhooks: Webhooks;
  readonly alarms: readonly PayoutAlarm[];
  readonly chargeAlarms: readonly ChargeAlarm[];
  now(): Instant;
  pass(time: { readonly ms: number }): void;
  /** Another process on the same book. */
  open(): Crown;
  /** Routes what webhooks brought, and does what is due, until nothing is. */
  settle(): Promise<void>;
  balance(account: string): Promise<string>;
  /** Looks whether the book's journal, its payouts and the peer's own book agree. */
  check(): Promise<void>;
}

/** Opens a world in which Pat is a payee. */
export async function openCrownWorld(
  options: {
    readonly peer?: Omit<StripePeerOptions, 'clock' | 'webhooks'>;
    /** What becomes of webhooks. */
    readonly hooks?: Partial<PeerWebhooks>;
    readonly crown?: Partial<CrownOptions>;
    /** What a payment is made with, by its name; a card that pays where it is absent. */
    readonly card?: (charge: string) => string;
  } = {},
): Promise<CrownWorld> {
  let nowMs = Date.parse('2026-03-01T00:00:00.000Z');
  const clock = () => instantAt(nowMs);
  const address = await freeAddress();
  const webhooksTo = { url: address.url, secret: SECRET, ...options.hooks };
  const peer = await startStripePeer({ clock: () => nowMs, webhooks: webhooksTo, ...options.peer });
  const stripe = new Stripe('sk_test_peer', { ...on(peer), telemetry: false, maxNetworkRetries: 0 });
  const seat = { account: 'acct_platform', mode: 'sandbox' } as const;
  const card = options.card ?? (() => 'pm_card_visa');
  const provider = createStripeProvider({
    stripe,
    ...seat,
    clock,
    parameters: ({ kind, reference }) =>
      kind === 'collect' ? { payment_method: card(reference), confirm: 'true' } : {},
  });
  const store = createMemoryStore({ nowMs: () => nowMs });
  const alarms: PayoutAlarm[] = [];
  const chargeAlarms: ChargeAlarm[] = [];
  const onChargeAlarm = (alarm: ChargeAlarm): void => void chargeAlarms.push(alarm);
  const crowns: Crown[] = [];
  const open = (): Crown => {
    const onAlarm = (alarm: PayoutAlarm): void => void alarms.push(alarm);
    const opened = openCrown({ store, clock, provider, onAlarm, onChargeAlarm, ...options.crown });
    crowns.push(opened);
    return opened;
  };
  const crown = open();
  await registerSender(crown);
  await registerPayee(crown, 'pat', 'acct_pat');
  const webhooks = openWebhooks(crown, { secrets: [{ secret: SECRET }] });
  const server = await serveWebhooks(webhooks, address.port);
  onTestFinished(async () => {
    await peer.close();
    await server.close();
    await webhooks.intake.close();
    for (const one of crowns) await one.book.close();
  });
  const balance = async (account: string) =>
    `${(await crown.book.balance(account, usd))._unsafeUnwrap().money}`.replace(' USD', '');
  return {
    crown,
    peer,
    stripe,
    webhooks,
    alarms,
    chargeAlarms,
    now: clock,
    pass: ({ ms }) => {
      nowMs += ms;
    },
    open,
    settle: () => settle(crown, webhooks),
    balance,
    check: () => checkAll(crown, peer, balance),
  };
}

/** Books, pays and completes: the 48 hours begin. */
export async function bookAndComplete(crown: Crown, amount: Money = usd('100'), booking = 'b1'): Promise<void> {
  const order = { booking, customer: 'cleo', provider: 'pat', amount, otpHash: 'hash-of-4711' };
  (await payForBooking(crown, order))._unsafeUnwrap();
  (await completeBooking(crown, { booking, provider: 'pat', otpHash: 'hash-of-4711' }))._unsafeUnwrap();
}

export const olga: Actor = { id: 'olga', role: 'operator' };
const SECRET = 'whsec_of_the_local_peer';
export const twoDays = hours(48);

async function settle(crown: Crown, { intake, handlers }: Webhooks): Promise<void> {
  for (let turn = 0; turn < 50; turn++) {
    const routed = (await intake.runDueTasks({ handlers }))._unsafeUnwrap();
    const done = (await crown.book.runDueTasks({ handlers: taskHandlers(crown) }))._unsafeUnwrap();
    if (routed.leased + done.leased === 0) return;
  }
  throw new Error('something is due for ever');
}

async function checkAll(crown: Crown, peer: StripePeer, balance: CrownWorld['balance']): Promise<void> {
  const { payouts, book, provider } = crown;
  const records = [payouts.payee, payouts.obligation, payouts.payout, payouts.sender];
  const deciders = [booking, transferMoney, chargeDecider({ book: book.name, provider }), ...records];
  const verified = await verifyBook({ store: book.store, book: book.name, deciders: deciders as never });
  expect(verified._unsafeUnwrap().difference?.sentence).toBeUndefined();
  expect((await checkPayouts(book as never, payouts))._unsafeUnwrap()).toEqual([]);
  const theirs = (await peer.book()).usd;
  const ours = cents(await balance('world:cards')) + cents(await balance('world:stripe:acct_platform'));
  const { collected = 0n, refunded = 0n, transferred = 0n, reversed = 0n } = theirs ?? {};
  const lost = (await peer.disputes()).filter(({ status }) => status === 'lost');
  const takenBack = BigInt(lost.reduce((sum, { amount }) => sum + amount, 0));
  expect(-ours).toBe(collected - refunded - transferred + reversed - takenBack);
}

function cents(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

function on({ host, port }: StripePeer) {
  return { host, port, protocol: 'http' } as const;
}

/** Takes a port that is free now: the peer is told where the endpoint will be before it is there. */
async function freeAddress(): Promise<{ readonly port: number; readonly url: string }> {
  const probe = await serveWebhooks({} as Webhooks);
  await probe.close();
  return { port: Number(new URL(probe.url).port), url: probe.url };
}
