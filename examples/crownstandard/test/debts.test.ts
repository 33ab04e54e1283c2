import { parseMoney, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { noteRecovered, winChargeback } from '../src/services/debts.ts';
import { refundBooking } from '../src/services/refund-booking.ts';
import { bookAndComplete, type CrownWorld, olga, openCrownWorld, twoDays } from './crown-world.ts';

const r1 = { booking: 'b1', debt: 'r1' };

/** b1 is paid out, and 20.00 of it go back to the card: 15.00 of that are the provider's. */
async function withDebt(): Promise<CrownWorld> {
  const world = await openCrownWorld();
  await bookAndComplete(world.crown);
  await payOut(world);
  const refund = { booking: 'b1', refund: 'r1', amount: usd('20') };
  (await refundBooking(world.crown, refund, olga))._unsafeUnwrap();
  expect(await world.balance('payees:pat:debts')).toBe('-15.00');
  return world;
}

async function payOut(world: CrownWorld): Promise<void> {
  world.pass(twoDays);
  await world.settle();
}

async function earnMore(world: CrownWorld, booking: string, amount: string): Promise<void> {
  await bookAndComplete(world.crown, parseMoney(amount, usd)._unsafeUnwrap(), booking);
  await payOut(world);
}

async function sent({ peer }: CrownWorld): Promise<readonly number[]> {
  return (await peer.transfers()).map(({ amount }) => Number(amount));
}

async function debtOf({ crown }: CrownWorld): Promise<string | undefined> {
  return (await crown.bookings.read('b1'))._unsafeUnwrap().state?.parts?.debt?.r1?.status;
}

describe('a debt of a booking', () => {
  it('is recovered by payouts, noted by the booking, and by nobody twice', async () => {
    const world = await withDebt();
    expect(await noteRecovered(world.crown, r1)).toBeUndefined();
    await earnMore(world, 'b2', '10');
    await earnMore(world, 'b3', '40');
    expect(await sent(world)).toEqual([7500, 2250]);
    expect(await debtOf(world)).toBe('owed');
    (await noteRecovered(world.crown, r1))?._unsafeUnwrap();
    expect(await debtOf(world)).toBe('recovered');
    expect(await world.balance('payees:pat:debts')).toBe('0.00');
    expect(await world.balance('payees:pat:recovered')).toBe('0.00');
    await earnMore(world, 'b4', '40');
    expect(await sent(world)).toEqual([7500, 2250, 3000]);
    await world.check();
  });

  it('is not recovered by the booking itself, before payouts have kept anything back or after', async () => {
    const world = await withDebt();
    const recover = async (key: string) => {
      const command = { type: 'RecoverDebt', debt: 'r1', kept: usd('15') } as const;
      const told = await world.crown.bookings.execute('b1', command, { actor: olga, key });
      return told.isErr() ? told.error.code : 'done';
    };
    expect(await recover('before')).toBe('insufficient_funds');
    await earnMore(world, 'b2', '40');
    expect(await recover('after')).toBe('insufficient_funds');
    expect(await world.balance('payees:pat:debts')).toBe('0.00');
    expect(await sent(world)).toEqual([7500, 1500]);
    await world.check();
  });

  it('of which a part was noted is won with that part', async () => {
    const world = await withDebt();
    await earnMore(world, 'b2', '8');
    (await noteRecovered(world.crown, r1))?._unsafeUnwrap();
    (await winChargeback(world.crown, r1))._unsafeUnwrap();
    await payOut(world);
    expect(await sent(world)).toEqual([7500, 600]);
    for (const account of ['debts', 'recovered']) expect(await world.balance(`payees:pat:${account}`)).toBe('0.00');
  });

  it.each([
    ['before anything was kept back', [], [7500], '0.00'],
    ['after a part of it was kept back', ['8'], [7500, 600], '0.00'],
    ['after all of it was kept back', ['40'], [7500, 1500, 1500], '0.00'],
  ] as const)('that is won %s leaves the provider with all of it', async (_, more, transfers, debts) => {
    const world = await withDebt();
    for (const amount of more) await earnMore(world, 'b2', amount);
    (await winChargeback(world.crown, r1))._unsafeUnwrap();
    await payOut(world);
    expect(await debtOf(world)).toBe('won');
    expect(await sent(world)).toEqual(transfers);
    expect(await world.balance('payees:pat:debts')).toBe(debts);
    expect(await world.balance('payees:pat:recovered')).toBe('0.00');
    const fees = 2500 + more.reduce((sum, amount) => sum + Number(amount) * 25, 0);
    expect(Number(await world.balance('platform:fees:earned')) * 100).toBe(fees);
  });
});
