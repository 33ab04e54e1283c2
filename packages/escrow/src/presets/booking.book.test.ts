import { addDuration, createMemoryStore, days, decodeUnit, hours, type Instant, openBook } from '@holdfast/kernel';
import { defineChart } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { expect, it } from 'vitest';
import { booking } from './booking.ts';

const chart = defineChart({
  'world:cards': { type: 'asset', floor: 'none' },
  'bookings:{id}:held': { type: 'liability', floor: 'zero', breach: 'defect' },
  'payouts:{obligation}:owed': { type: 'liability', floor: 'zero', breach: 'defect' },
  'payees:{payee}:debts': { type: 'asset', floor: 'none' },
  'payees:{payee}:recovered': { type: 'liability', floor: 'none' },
  'platform:fees:earned': { type: 'income', floor: 'none' },
  'platform:losses': { type: 'expense', floor: 'none' },
});
const customer = { id: 'cara', role: 'customer' };
const provider = { id: 'paul', role: 'provider' };
const operator = { id: 'olga', role: 'operator' };
const gateway = { id: 'stripe', role: 'gateway' };

async function completedBooking() {
  let now: Instant = '2026-03-01T10:00:00.000Z';
  const book = openBook({ store: createMemoryStore(), name: 'main', chart, clock: () => now });
  const bookings = book.use(booking);
  const pass = (duration: { readonly ms: number }) => {
    now = addDuration(now, duration);
  };
  const parties = { customer: 'cara', provider: 'paul' };
  const capture = { type: 'CaptureBooking', parties, amount: usd('100'), otpHash: 'h1' } as const;
  await bookings.execute('B7', capture, { actor: gateway, key: 'capture' });
  pass(hours(24));
  await bookings.execute('B7', { type: 'CompleteBooking', otpHash: 'h1' }, { actor: provider, key: 'complete' });
  const balanceOf = async (account: string) => (await book.balance(account, usd))._unsafeUnwrap().money.toJSON().amount;
  return { book, bookings, pass, balanceOf };
}

it('hands a booking and its tips over to accounts that payouts know as obligations', async () => {
  const { book, bookings, pass, balanceOf } = await completedBooking();
  const tip = { type: 'GiveTip', tip: 'T1', amount: usd('5') } as const;
  expect((await bookings.execute('B7', tip, { actor: customer, key: 'tip' })).isOk()).toBe(true);
  pass(hours(48));
  expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ leased: 1, done: 1 });
  expect(await balanceOf('payouts:booking.B7:owed')).toBe('75.00');
  expect(await balanceOf('payouts:tip.B7.T1:owed')).toBe('5.00');
  const { state } = (await bookings.read('B7'))._unsafeUnwrap();
  expect(state?.parts?.tip?.T1?.status).toBe('released');
});

it('lets the clock end a dispute that everybody forgot, after the booking itself is done', async () => {
  const { book, bookings, pass, balanceOf } = await completedBooking();
  const dispute = { type: 'OpenDispute', dispute: 'D1', amount: usd('100'), reason: 'nobody came' } as const;
  expect((await bookings.execute('B7', dispute, { actor: customer, key: 'dispute' })).isOk()).toBe(true);
  pass(hours(48));
  expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ leased: 1, done: 1 });
  expect(await balanceOf('payouts:booking.B7:owed')).toBe('0.00');
  expect((await bookings.read('B7'))._unsafeUnwrap().state?.status).toBe('released');
  pass(days(28));
  expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ leased: 1, done: 1 });
  expect(await balanceOf('payouts:booking.B7:owed')).toBe('75.00');
  pass(days(365));
  expect((await book.runDueTasks())._unsafeUnwrap().leased).toBe(0);
});

it('writes one event for the whole and one for each part that follows it, and says what it asks of others', async () => {
  const { book, bookings, pass } = await completedBooking();
  await bookings.execute('B7', { type: 'GiveTip', tip: 'T1', amount: usd('5') }, { actor: customer, key: 'tip' });
  pass(hours(48));
  await book.runDueTasks();
  const feed = (await book.units({ after: 0, limit: 10 }))._unsafeUnwrap();
  const last = feed.kind === 'units' ? feed.units.at(-1) : undefined;
  const { events } = decodeUnit(last?.bytes ?? '{}');
  expect(events.map(({ type, data }) => [type, (data as { readonly asks?: unknown }).asks])).toEqual([
    ['BookingReleased', ['payout']],
    ['TipReleased', ['payout']],
  ]);
});

it('gives a state that a service can answer with', async () => {
  const { bookings } = await completedBooking();
  await bookings.execute('B7', { type: 'GiveTip', tip: 'T1', amount: usd('5') }, { actor: customer, key: 'tip' });
  const { state } = (await bookings.read('B7'))._unsafeUnwrap();
  const { status, parts } = JSON.parse(JSON.stringify(state)) as NonNullable<typeof state>;
  expect(status).toBe('completed');
  expect(parts?.tip?.T1).toMatchObject({ status: 'given', amount: { amount: '5.00', currency: 'USD' } });
});

it('offers what somebody may do, with the part that it is about', async () => {
  const { bookings } = await completedBooking();
  await bookings.execute('B7', { type: 'GiveTip', tip: 'T1', amount: usd('5') }, { actor: customer, key: 'tip' });
  const { state } = (await bookings.read('B7'))._unsafeUnwrap();
  const asking = { at: '2026-03-02T11:00:00.000Z', actor: operator };
  expect(booking.availableActions(state, asking)).toEqual([
    { type: 'RefundBooking' },
    { type: 'RefundTip', tip: 'T1' },
  ]);
});

it('refuses in the types exactly what a command of a part may be refused for', async () => {
  const { bookings } = await completedBooking();
  const options = { actor: operator, key: 'x' };
  const answer = await bookings.execute('B7', { type: 'RejectDispute', dispute: 'D9' }, options);
  if (answer.isOk()) throw new Error('there is no such dispute');
  expect(answer.error).toEqual({ code: 'part_not_found', part: 'dispute', id: 'D9' });
  // @ts-expect-error a rejection takes no amount
  expect(answer.error.code === 'exceeds_held').toBe(false);
  // @ts-expect-error which dispute?
  await bookings.execute('B7', { type: 'RejectDispute' }, options);
  // @ts-expect-error it happens with the release, and is no command
  await bookings.execute('B7', { type: 'ReleaseTip', tip: 'T1' }, options);
});
