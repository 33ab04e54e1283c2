import { hours, minutes } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import type { Charge } from '../src/payments/charge.ts';
import { reportCharge } from '../src/payments/report-charge.ts';
import { payForBooking } from '../src/services/pay-for-booking.ts';
import { refundBooking } from '../src/services/refund-booking.ts';
import { type CrownWorld, olga, openCrownWorld } from './crown-world.ts';

const order = { booking: 'b1', customer: 'cleo', provider: 'pat', amount: usd('100'), otpHash: 'hash' };
const payments = { method: 'POST', path: '/v1/payment_intents$' } as const;
const refunds = { method: 'POST', path: '/v1/refunds$' } as const;
/** The SDK asks once more after a cut, so it takes two. */
const lost = { times: 2, meets: { fault: 'cut', effect: 'now' } } as const;

async function chargeOf({ crown }: CrownWorld, id = 'booking.b1'): Promise<Charge> {
  return (await crown.charges.read(id))._unsafeUnwrap().state as Charge;
}

async function statusOf({ crown }: CrownWorld, id = 'booking.b1'): Promise<string | undefined> {
  return (await crown.charges.read(id))._unsafeUnwrap().status;
}

async function callsTo({ peer }: CrownWorld, { method, path }: { readonly method: string; readonly path: string }) {
  return (await peer.requests()).filter((one) => one.method === method && new RegExp(path).test(one.url)).length;
}

/** Does what falls due within a time, some minutes after the other. */
async function live(world: CrownWorld, time: { readonly ms: number }): Promise<void> {
  for (let left = time.ms; left > 0; left -= minutes(30).ms) {
    world.pass({ ms: Math.min(left, minutes(30).ms) });
    await world.settle();
  }
}

/** A payment that met a 500, is not there after a day, and was sent under the next key. */
async function payUnderTheNextKey(world: CrownWorld, effect: 'none' | { readonly laterMs: number }): Promise<void> {
  await world.peer.script({ ...payments, meets: { fault: 'answer', status: 500, effect } });
  await payForBooking(world.crown, order);
  await live(world, hours(25));
  expect((await chargeOf(world)).attempts.map(({ number }) => number)).toEqual([1, 2]);
}

describe('a charge', () => {
  it('keeps every attempt, and what is heard of an old one is never taken for the newest', async () => {
    const world = await openCrownWorld();
    await world.peer.script({ ...payments, skip: 1, ...lost });
    await payUnderTheNextKey(world, 'none');
    const [, before] = (await chargeOf(world)).attempts;
    const late = { outcome: 'unknown', reason: 'server_error', detail: 'HTTP 500, late' } as const;
    const report = { type: 'ReportChargeOutcome', attempt: 1, send: 1, outcome: late } as const;
    (await reportCharge(world.crown, 'booking.b1', report))._unsafeUnwrap();
    expect((await chargeOf(world)).attempts[1]).toEqual(before);
    await world.check();
  });

  it('whose first attempt succeeds after the second is paid once: the surplus lies in suspense and goes back', async () => {
    const world = await openCrownWorld();
    await payUnderTheNextKey(world, { laterMs: hours(30).ms });
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    const { settledBy } = await chargeOf(world);
    world.pass(hours(6));
    await world.peer.advance(0);
    expect((await world.peer.book()).usd?.collected).toBe(20_000n);
    await world.peer.script({ ...refunds, times: 2, meets: { fault: 'cut', effect: 'none' } });
    await world.peer.deliver();
    await world.settle();
    expect(await world.balance('suspense:stripe')).toBe('100.00');
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    await world.check();
    await live(world, hours(1));
    expect(await world.balance('suspense:stripe')).toBe('0.00');
    expect(await world.balance('world:cards')).toBe('-100.00');
    const [refund, ...more] = await world.peer.refunds();
    expect(more).toEqual([]);
    expect(refund?.payment_intent).not.toBe(settledBy);
    expect((await chargeOf(world)).surplus.map(({ refund: by }) => by)).toEqual([`surplus.${refund?.payment_intent}`]);
    await world.check();
  });

  it('that was stored and never sent is sent by whoever finds it', async () => {
    const world = await openCrownWorld();
    const about = { what: 'booking', ...order } as const;
    const { amount, ...rest } = about;
    const start = { type: 'StartCharge', for: rest, amount } as const;
    (await world.crown.charges.execute('booking.b1', start, { actor: olga, key: 'dies-here' }))._unsafeUnwrap();
    await live(world, hours(1));
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    expect(await callsTo(world, payments)).toBe(1);
    await world.check();
  });

  it('is not sent before the provider wants it', async () => {
    const world = await openCrownWorld();
    const throttled = { fault: 'answer', status: 429, headers: { 'retry-after': '600' } } as const;
    await world.peer.script({ ...payments, meets: throttled });
    await payForBooking(world.crown, order);
    const due = world.now();
    const deadlines = world.crown.bookings && (await chargeOf(world)).attempts[0]?.state;
    expect(deadlines).toMatchObject({ status: 'due', notBefore: new Date(Date.parse(due) + 600_000).toISOString() });
    world.pass({ ms: 599_999 });
    expect((await world.crown.book.runDueTasks({ handlers: {} }))._unsafeUnwrap().leased).toBe(0);
    world.pass({ ms: 1 });
    await world.settle();
    expect(await callsTo(world, payments)).toBe(2);
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    await world.check();
  });

  it('waits longer after each no that names no time', async () => {
    const world = await openCrownWorld();
    await world.peer.script({ ...payments, times: 3, meets: { fault: 'answer', status: 429 } });
    await payForBooking(world.crown, order);
    const sent: number[] = [];
    for (let minute = 1; minute <= 10; minute += 1) {
      world.pass(minutes(1));
      const before = await callsTo(world, payments);
      await world.settle();
      if ((await callsTo(world, payments)) > before) sent.push(minute);
    }
    expect(sent).toEqual([1, 3, 7]);
  });
});

describe('a payment that does not come about', () => {
  const declined = () => 'pm_card_chargeDeclined';
  const open = { method: 'GET', path: '/v1/' } as const;

  async function isOverForGood(world: CrownWorld): Promise<void> {
    expect(await statusOf(world)).toBe('declined');
    const calls = await callsTo(world, open);
    await live(world, hours(24));
    world.pass(hours(24 * 30));
    await world.settle();
    expect(await callsTo(world, open)).toBe(calls);
    expect((await world.crown.bookings.read('b1'))._unsafeUnwrap().state).toBeUndefined();
    await world.check();
  }

  it.each([
    ['and its webhooks come', true, false],
    ['and no webhook ever comes', false, false],
    ['and its answer is lost', false, true],
  ])('because the card is declined, %s: it is cancelled, and looked up no more', async (_, tells, loses) => {
    const world = await openCrownWorld({ card: declined });
    if (loses) await world.peer.script({ ...payments, ...lost });
    await payForBooking(world.crown, order);
    if (tells) await world.peer.deliver();
    await live(world, hours(1));
    expect((await world.peer.paymentIntents()).map(({ status }) => status)).toEqual(['canceled']);
    await isOverForGood(world);
  });

  it('because the customer leaves, is cancelled after a day and not before', async () => {
    const world = await openCrownWorld({ card: () => 'pm_card_authenticationRequired' });
    await payForBooking(world.crown, order);
    await live(world, { ms: hours(24).ms - 1 });
    expect((await world.peer.paymentIntents()).map(({ status }) => status)).toEqual(['requires_action']);
    await live(world, hours(7));
    expect((await world.peer.paymentIntents()).map(({ status }) => status)).toEqual(['canceled']);
    await isOverForGood(world);
  });

  it('counts all the same where it is paid before it is cancelled', async () => {
    const world = await openCrownWorld({ card: () => 'pm_card_authenticationRequired' });
    await payForBooking(world.crown, order);
    await live(world, hours(23));
    const [intent] = await world.peer.paymentIntents();
    await world.stripe.paymentIntents.confirm(`${intent?.id}`, { payment_method: 'pm_card_visa' });
    await live(world, hours(7));
    expect(await statusOf(world)).toBe(`succeeded.${intent?.id}`);
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    await world.check();
  });
});

describe('a refund', () => {
  const error = (code: string) => ({ type: 'invalid_request_error', code, message: 'no' });

  it('for which the balance is short waits, and goes when it can', async () => {
    const world = await openCrownWorld();
    await payForBooking(world.crown, order);
    const short = { fault: 'answer', status: 400, error: error('balance_insufficient'), kept: true } as const;
    await world.peer.script({ ...refunds, times: 2, meets: short });
    (await refundBooking(world.crown, { booking: 'b1', refund: 'r1', amount: usd('30') }, olga))._unsafeUnwrap();
    await live(world, hours(4));
    expect((await world.peer.refunds()).map(({ amount }) => amount)).toEqual([3_000]);
    expect(await statusOf(world, 'refund.b1.r1')).toMatch(/^succeeded\./);
    await world.check();
  });

  it('that the provider will never make is left to a person, and not called declined', async () => {
    const world = await openCrownWorld();
    await payForBooking(world.crown, order);
    const never = { fault: 'answer', status: 400, error: error('charge_disputed'), kept: true } as const;
    await world.peer.script({ ...refunds, times: 9, meets: never });
    await refundBooking(world.crown, { booking: 'b1', refund: 'r1', amount: usd('30') }, olga);
    await live(world, hours(4));
    expect(await statusOf(world, 'refund.b1.r1')).toBe('failed');
    expect(await callsTo(world, refunds)).toBe(1);
  });
});
