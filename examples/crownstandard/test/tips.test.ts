import { days, hours } from '@holdfast/kernel';
import { eur, usd } from '@holdfast/money';
import { utcCalendar } from '@holdfast/payouts';
import { describe, expect, it } from 'vitest';
import { openDispute, rejectDispute } from '../src/services/dispute.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { refundTip } from '../src/services/refund-tip.ts';
import { bookAndComplete, type CrownWorld, olga, openCrownWorld, twoDays } from './crown-world.ts';

const t1 = { booking: 'b1', tip: 't1' };
const converted = { amount: usd('10.80'), quote: 'q-1' };

async function sent({ peer }: CrownWorld): Promise<readonly number[]> {
  return (await peer.transfers()).map(({ amount }) => Number(amount));
}

async function refunded({ peer }: CrownWorld): Promise<readonly (number | string)[]> {
  return (await peer.refunds()).flatMap(({ amount, currency }) => [Number(amount), currency]);
}

async function later(world: CrownWorld): Promise<void> {
  world.pass(twoDays);
  await world.settle();
}

async function inEuro({ crown }: CrownWorld, account: string): Promise<bigint> {
  return (await crown.book.balance(account, eur))._unsafeUnwrap().money.minor;
}

describe('a tip that is given back', () => {
  it('before the payout comes out of the booking, and the rest is paid', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { ...t1, amount: usd('10') }))._unsafeUnwrap();
    (await refundTip(world.crown, t1, olga))._unsafeUnwrap();
    await later(world);
    expect(await sent(world)).toEqual([7500]);
    expect(await refunded(world)).toEqual([1000, 'usd']);
    await world.check();
  });

  it('after the payout is a debt of all of it, and the next payout is so much less', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { ...t1, amount: usd('10') }))._unsafeUnwrap();
    await later(world);
    (await refundTip(world.crown, t1, olga))._unsafeUnwrap();
    expect(await world.balance('payees:pat:debts')).toBe('-10.00');
    expect(await world.balance('platform:fees:earned')).toBe('25.00');
    await bookAndComplete(world.crown, usd('40'), 'b2');
    await later(world);
    expect(await sent(world)).toEqual([8500, 2000]);
    expect(await refunded(world)).toEqual([1000, 'usd']);
    await world.check();
  });

  it('is given back by an operator alone, and only where it was paid', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { ...t1, amount: usd('10') }))._unsafeUnwrap();
    const pat = await refundTip(world.crown, t1, { id: 'pat', role: 'provider' });
    expect(pat._unsafeUnwrapErr().code).toBe('actor_not_allowed');
    const none = await refundTip(world.crown, { booking: 'b1', tip: 't2' }, olga);
    expect(none._unsafeUnwrapErr().code).toBe('charge_unknown');
    expect(await refunded(world)).toEqual([]);
  });
});

describe('a tip in another currency', () => {
  it('is converted when it is asked for, and is in the one transfer of its booking', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { ...t1, amount: eur('10'), converted }))._unsafeUnwrap();
    expect(await world.balance('payouts:tip.b1.t1:owed')).toBe('10.80');
    await later(world);
    expect(await sent(world)).toEqual([8580]);
    expect(await inEuro(world, 'world:cards')).toBe(-1_000n);
    expect(await inEuro(world, 'fx:conversions')).toBe(1_000n);
    await world.check();
  });

  it('waits for a dispute like everything else of its booking', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { ...t1, amount: eur('10'), converted }))._unsafeUnwrap();
    (await openDispute(world.crown, { booking: 'b1', dispute: 'd1' }, 'not clean'))._unsafeUnwrap();
    world.pass(hours(96));
    await world.settle();
    expect(await sent(world)).toEqual([]);
    (await rejectDispute(world.crown, { booking: 'b1', dispute: 'd1' }, olga))._unsafeUnwrap();
    world.pass(days(2));
    await world.settle();
    expect((await sent(world)).reduce((sum, amount) => sum + amount, 0)).toBe(8580);
    await world.check();
  });

  it('goes back in the currency of the card, and the provider owes what it had become', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { ...t1, amount: eur('10'), converted }))._unsafeUnwrap();
    await later(world);
    (await refundTip(world.crown, t1, olga))._unsafeUnwrap();
    expect(await refunded(world)).toEqual([1000, 'eur']);
    expect(await world.balance('payees:pat:debts')).toBe('-10.80');
    expect([await inEuro(world, 'world:cards'), await inEuro(world, 'fx:conversions')]).toEqual([0n, 0n]);
    await world.check();
  });

  it('that comes to another currency than the booking’s is refused before anything is charged', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    const other = { amount: eur('10'), converted: { amount: eur('9'), quote: 'q-2' } };
    const tip = await giveTip(world.crown, { ...t1, ...other });
    expect(tip._unsafeUnwrapErr().code).toBe('currency_mismatch');
    expect((await world.peer.paymentIntents()).length).toBe(1);
  });
});

describe('twenty bookings of a day', () => {
  it.each([
    ['per_group', 20],
    ['per_payee', 1],
  ] as const)('grouped %s are %i transfers, to the same cent', async (grouping, transfers) => {
    const schedule = { every: 'day', atMinute: 6 * 60, calendar: utcCalendar } as const;
    const policy = grouping === 'per_payee' ? { grouping, schedule } : { grouping };
    const world = await openCrownWorld({ crown: { policy } });
    for (let at = 1; at <= 20; at += 1) await bookAndComplete(world.crown, usd('10.01'), `b${at}`);
    for (const time of [twoDays, days(1)]) {
      world.pass(time);
      await world.settle();
    }
    const amounts = await sent(world);
    expect(amounts.length).toBe(transfers);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(20 * 751);
    await world.check();
  });
});
