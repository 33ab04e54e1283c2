import { watchAppends } from '@holdfast/demo-kit';
import { booking } from '@holdfast/escrow';
import {
  type Actor,
  bookKeeping,
  type Changes,
  createMemoryStore,
  genesis,
  type Head,
  hours,
  type Instant,
  instantAt,
  type Store,
} from '@holdfast/kernel';
import { transferMoney, verifyBook } from '@holdfast/ledger';
import { type Money, usd } from '@holdfast/money';
import { checkPayouts, type PayoutAlarm, senderId } from '@holdfast/payouts';
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
  /** Loses the book, and goes on from a backup of an instant, in a new epoch. The provider, its clock and its webhooks go on as they were. */
  restore(at: Instant): Promise<CrownWorld>;
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
  const kept: Kept[] = [];
  const makeStore = () => {
    const memory = createMemoryStore({ nowMs: () => nowMs }) as Store<never>;
    const appended = (book: string, changes: Changes): void => void kept.push({ at: clock(), book, changes });
    return { memory, store: watchAppends(memory, { appended, doubted: () => {} }, {}) };
  };
  const first = makeStore();
  const alarms: PayoutAlarm[] = [];
  const chargeAlarms: ChargeAlarm[] = [];
  const onChargeAlarm = (alarm: ChargeAlarm): void => void chargeAlarms.push(alarm);
  const crowns: Crown[] = [];
  const openOn = (store: Store<never>): Crown => {
    const onAlarm = (alarm: PayoutAlarm): void => void alarms.push(alarm);
    const opened = openCrown({ store, clock, provider, onAlarm, onChargeAlarm, ...options.crown });
    crowns.push(opened);
    return opened;
  };
  const crown = openOn(first.store);
  await registerSender(crown);
  await registerPayee(crown, 'pat', 'acct_pat');
  let taking: Webhooks | undefined;
  const server = await serveWebhooks({ receive: (webhook) => (taking as Webhooks).receive(webhook) }, address.port);
  const intakes: Webhooks['intake'][] = [];
  onTestFinished(async () => {
    await peer.close();
    await server.close();
    for (const intake of intakes) await intake.close();
    for (const one of crowns) await one.book.close();
  });
  const worldOf = (store: Store<never>, on: Crown): CrownWorld => {
    const webhooks = openWebhooks(on, { secrets: [{ secret: SECRET }] });
    taking = webhooks;
    intakes.push(webhooks.intake);
    const balance = async (account: string) =>
      `${(await on.book.balance(account, usd))._unsafeUnwrap().money}`.replace(' USD', '');
    return {
      crown: on,
      peer,
      stripe,
      webhooks,
      alarms,
      chargeAlarms,
      now: clock,
      pass: ({ ms }) => {
        nowMs += ms;
      },
      open: () => openOn(store),
      settle: () => settle(on, webhooks),
      balance,
      check: () => checkAll(on, peer, balance),
      restore: async (at) => {
        const { memory, store: restored } = makeStore();
        const backup = kept.splice(0).filter((one) => one.at <= at);
        await putBack(memory, backup);
        kept.push(...backup);
        const again = openOn(restored);
        await beginEpoch(again, at);
        return worldOf(restored, again);
      },
    };
  };
  return worldOf(first.store, crown);
}

/** What was appended to a book, and when. */
interface Kept {
  readonly at: Instant;
  readonly book: string;
  readonly changes: Changes;
}

async function putBack(store: Store<never>, backup: readonly Kept[]): Promise<void> {
  const heads = new Map<string, Head>();
  for (const { book, changes } of backup) {
    expect((await store.append(book, heads.get(book) ?? genesis, changes))._unsafeUnwrap()).toBe('appended');
    heads.set(book, changes.head);
  }
}

/** The book says what it continues; nothing is sent from it before the provider's lists were adopted. */
async function beginEpoch({ book, payouts, provider }: Crown, from: Instant): Promise<void> {
  const { sequence, digest, epoch } = (await book.head())._unsafeUnwrap();
  const begun = { type: 'BeginEpoch', continues: { sequence, digest }, reason: 'The disk was lost.' } as const;
  const key = `epoch-${epoch + 1}`;
  (await book.use(bookKeeping).execute(begun, { actor: olga, key }))._unsafeUnwrap();
  const closed = { type: 'BeginEpoch', epoch: epoch + 1, from } as const;
  const options = { actor: olga, key: `${key}-sender` };
  (await book.use(payouts.sender).execute(senderId(provider.descriptor), closed, options))._unsafeUnwrap();
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
  const deciders = [booking, bookKeeping, transferMoney, chargeDecider({ book: book.name, provider }), ...records];
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
