import { hours } from '@holdfast/kernel';
import { parseMoney, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { tellOfBankDisputes } from '../src/services/bank-dispute.ts';
import { noteRecovered } from '../src/services/debts.ts';
import { explainBooking } from '../src/services/explain-booking.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { refundBooking } from '../src/services/refund-booking.ts';
import { doBooking } from '../src/workers/do-booking.ts';
import { createHourlySweep } from '../src/workers/hourly-sweep.ts';
import { createPayoutWorkerHandler } from '../src/workers/payout-worker.ts';
import type { PayoutMessage } from '../src/workers/queue.ts';
import { bookAndComplete, type CrownWorld, olga, openCrownWorld, twoDays } from './crown-world.ts';

async function sent({ peer }: CrownWorld): Promise<readonly number[]> {
  return (await peer.transfers()).map(({ amount }) => Number(amount));
}

async function bankSays(world: CrownWorld, status: 'needs_response' | 'lost' | 'won', payment = 0): Promise<void> {
  const intent = (await world.peer.paymentIntents())[payment];
  await world.peer.dispute(`${intent?.id}`, status);
  await world.peer.deliver();
  await world.settle();
}

async function payOut(world: CrownWorld): Promise<void> {
  world.pass(twoDays);
  await world.settle();
}

/** So much more is earned by another booking, and what of it is not kept back is paid. */
async function earnMore(world: CrownWorld, booking: string, amount: string): Promise<void> {
  await bookAndComplete(world.crown, parseMoney(amount, usd)._unsafeUnwrap(), booking);
  await payOut(world);
}

async function debtOf({ crown }: CrownWorld) {
  const { parts } = (await crown.bookings.read('b1'))._unsafeUnwrap().state ?? {};
  return Object.values(parts?.debt ?? {})[0];
}

async function note(world: CrownWorld): Promise<void> {
  const debt = `${(await debtOf(world))?.id}`;
  (await noteRecovered(world.crown, { booking: 'b1', debt }))?._unsafeUnwrap();
}

async function forgive(world: CrownWorld): Promise<void> {
  const command = { type: 'ForgiveDebt', debt: `${(await debtOf(world))?.id}` } as const;
  (await world.crown.bookings.execute('b1', command, { actor: olga, key: 'forgive' }))._unsafeUnwrap();
}

/** b1 is paid out, and then its payment is lost at the bank: 75.00 of it are the provider's debt. */
async function lostAfterPayout(): Promise<CrownWorld> {
  const world = await openCrownWorld();
  await bookAndComplete(world.crown);
  await payOut(world);
  await bankSays(world, 'lost');
  expect(await world.balance('payees:pat:debts')).toBe('-75.00');
  return world;
}

/** The charge knows that the dispute was won, and nobody has told the booking yet. */
async function hearOfWin(world: CrownWorld): Promise<void> {
  const [intent] = await world.peer.paymentIntents();
  await world.peer.dispute(`${intent?.id}`, 'won');
  await world.peer.deliver();
  const { intake, handlers } = world.webhooks;
  for (let leased = 1; leased > 0; ) leased = (await intake.runDueTasks({ handlers }))._unsafeUnwrap().leased;
}

/** Everybody has what the bookings say, as if the bank had never been asked. */
async function isAsBefore(world: CrownWorld, transfers: readonly number[], fees: string): Promise<void> {
  expect(await sent(world)).toEqual(transfers);
  expect(await world.balance('platform:fees:earned')).toBe(fees);
  for (const account of ['payees:pat:debts', 'payees:pat:recovered', 'platform:losses', 'suspense:stripe'])
    expect(await world.balance(account)).toBe('0.00');
  await world.check();
}

describe('a dispute that was lost and is won after all', () => {
  it.each([
    ['before anything was kept back', [], false, [7500], '25.00'],
    ['after a part was kept back', ['40'], false, [7500, 3000], '35.00'],
    ['after a part was kept back and noted', ['40'], true, [7500, 3000], '35.00'],
    ['after all of it was kept back', ['120'], false, [7500, 1500, 7500], '55.00'],
    ['after all of it was kept back and noted', ['120'], true, [7500, 1500, 7500], '55.00'],
  ] as const)(
    '%s leaves the provider with all of it, and nobody has to ask',
    async (_, more, isNoted, transfers, fees) => {
      const world = await lostAfterPayout();
      for (const amount of more) await earnMore(world, 'b2', amount);
      if (isNoted) await note(world);
      await bankSays(world, 'won');
      await payOut(world);
      await isAsBefore(world, transfers, fees);
    },
  );

  it('is an obligation of its own kind, and heard of again it is none once more', async () => {
    const world = await lostAfterPayout();
    await earnMore(world, 'b2', '120');
    await note(world);
    expect((await debtOf(world))?.status).toBe('recovered');
    await bankSays(world, 'won');
    const id = `won.b1.${(await debtOf(world))?.id}`;
    const { state } = (await world.crown.obligations.read(id))._unsafeUnwrap();
    expect(state).toMatchObject({ kind: 'won', payee: 'pat', earned: usd('75') });
    const { earnings } = (await explainBooking(world.crown, 'b1'))._unsafeUnwrap();
    expect(earnings).toHaveLength(2);
    for (const status of ['lost', 'won', 'won'] as const) {
      const [intent] = await world.peer.paymentIntents();
      await world.peer.dispute(`${intent?.id}`, status);
    }
    await world.peer.deliver();
    await payOut(world);
    await isAsBefore(world, [7500, 1500, 7500], '55.00');
  });

  it('while a payout keeps back a part of the debt counts that part once', async () => {
    const world = await lostAfterPayout();
    await hearOfWin(world);
    const { crown } = world;
    let isFirst = true;
    const together: typeof crown.book.together = async (...given) => {
      if (isFirst) {
        isFirst = false;
        await bookAndComplete(crown, usd('40'), 'b2');
        world.pass(twoDays);
        await doBooking(crown, 'b2');
      }
      return crown.book.together(...given);
    };
    const book = new Proxy(crown.book, {
      get: (own, name) => (name === 'together' ? together : Reflect.get(own, name)),
    });
    (await tellOfBankDisputes({ ...crown, book }, 'booking.b1'))._unsafeUnwrap();
    expect(isFirst).toBe(false);
    await payOut(world);
    await isAsBefore(world, [7500, 3000], '35.00');
  });

  it('whose debt was forgiven gives the platform back what it had lost by that', async () => {
    const world = await lostAfterPayout();
    await earnMore(world, 'b2', '40');
    await note(world);
    await forgive(world);
    await bankSays(world, 'won');
    await payOut(world);
    expect(await sent(world)).toEqual([7500, 3000]);
    expect(await world.balance('platform:losses')).toBe('0.00');
    expect(await world.balance('platform:fees:earned')).toBe('35.00');
    await world.check();
  });

  it('is told of at once with the loss, or the loss later than the win: nothing happens to anybody', async () => {
    const world = await openCrownWorld({ hooks: { duplicated: 1, shuffled: true } });
    await bookAndComplete(world.crown);
    await payOut(world);
    const [intent] = await world.peer.paymentIntents();
    for (const status of ['needs_response', 'lost', 'won'] as const) await world.peer.dispute(`${intent?.id}`, status);
    await world.peer.deliver();
    await world.settle();
    await payOut(world);
    await isAsBefore(world, [7500], '25.00');
  });

  it('gives the platform back what nobody had', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    await payOut(world);
    (await refundBooking(world.crown, { booking: 'b1', refund: 'r1', amount: usd('20') }, olga))._unsafeUnwrap();
    await bankSays(world, 'lost');
    expect(await world.balance('platform:losses')).toBe('-20.00');
    await bankSays(world, 'won');
    expect(await world.balance('platform:losses')).toBe('0.00');
    expect(await world.balance('payees:pat:debts')).toBe('-15.00');
    expect(await world.balance('platform:fees:earned')).toBe('20.00');
    await world.check();
  });

  it.each([
    ['proportional', [7500], '25.00'],
    ['payee_first', [7500], '25.00'],
  ] as const)('having been taken before the payout, borne %s, is paid out later', async (bearing, transfers, fees) => {
    const world = await openCrownWorld({ crown: { bearing } });
    await bookAndComplete(world.crown);
    await bankSays(world, 'lost');
    await payOut(world);
    expect(await sent(world)).toEqual([]);
    await bankSays(world, 'won');
    await payOut(world);
    await isAsBefore(world, transfers, fees);
  });

  it.each([
    ['proportional', [6000], '20.00'],
    ['payee_first', [5500], '25.00'],
  ] as const)(
    'after a refund and before the payout, borne %s, gives each what it had left',
    async (bearing, transfers, fees) => {
      const world = await openCrownWorld({ crown: { bearing } });
      await bookAndComplete(world.crown);
      (await refundBooking(world.crown, { booking: 'b1', refund: 'r1', amount: usd('20') }, olga))._unsafeUnwrap();
      await bankSays(world, 'lost');
      await payOut(world);
      await bankSays(world, 'won');
      await payOut(world);
      await isAsBefore(world, transfers, fees);
    },
  );

  it('within the 48 hours is not paid out before they are over', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    await bankSays(world, 'lost');
    await bankSays(world, 'won');
    world.pass({ ms: hours(48).ms - 1 });
    await world.settle();
    expect(await sent(world)).toEqual([]);
    world.pass({ ms: 1 });
    await world.settle();
    await isAsBefore(world, [7500], '25.00');
  });

  it.each([
    ['before the payout', false, [7500, 1000]],
    ['after the payout', true, [8500]],
  ] as const)('of a tip that was lost %s gives the provider the tip again', async (_, isPaid, transfers) => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: usd('10') }))._unsafeUnwrap();
    if (isPaid) await payOut(world);
    await bankSays(world, 'lost', 1);
    await payOut(world);
    await bankSays(world, 'won', 1);
    await payOut(world);
    await isAsBefore(world, transfers, '25.00');
  });

  it('is found by the hourly sweep, too, and paid by the worker behind the queue', async () => {
    const world = await lostAfterPayout();
    await earnMore(world, 'b2', '120');
    await note(world);
    await hearOfWin(world);
    const messages: PayoutMessage[] = [];
    const take = async (message: PayoutMessage): Promise<void> => void messages.push(message);
    const sweep = createHourlySweep(world.crown, { payouts: take, retries: take });
    // The first goes on with the charge, the second finds what is owed since.
    for (let hour = 0; hour < 2; hour += 1) {
      world.pass(hours(1));
      await sweep();
    }
    const Records = messages.map((message, index) => ({ messageId: `${index}`, body: JSON.stringify(message) }));
    expect(messages).toContainEqual({ bookingId: 'b1' });
    expect(await createPayoutWorkerHandler(world.crown)({ Records })).toEqual({ batchItemFailures: [] });
    await isAsBefore(world, [7500, 1500, 7500], '55.00');
  });
});
