import { hours } from '@holdfast/kernel';
import { parseMoney, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { gateway, openCrown } from '../src/book/open-crown.ts';
import { explainBooking } from '../src/services/explain-booking.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { bookAndComplete, type CrownWorld, openCrownWorld, twoDays } from './crown-world.ts';

// Of the questions that the seed leaves open, those that no other file is about.

const cardFee = { basisPoints: 290, fixed: 30 };

async function sent({ peer }: CrownWorld): Promise<readonly number[]> {
  return (await peer.transfers()).map(({ amount }) => Number(amount));
}

async function later(world: CrownWorld): Promise<void> {
  world.pass(twoDays);
  await world.settle();
}

describe('a question of the seed', () => {
  it('C13: a tip is paid whole, though the card costs something', async () => {
    const world = await openCrownWorld({ peer: { fee: cardFee } });
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: usd('10') }))._unsafeUnwrap();
    await later(world);
    expect(await sent(world)).toEqual([8500]);
    expect((await world.peer.book()).usd?.fees).toBe(379n);
    expect(await world.balance('platform:fees:earned')).toBe('25.00');
    await world.check();
  });

  it.each([
    ['100.00', 7500, '25.00'],
    ['10.01', 751, '2.50'],
    ['0.10', 7, '0.03'],
    ['0.02', 1, '0.01'],
    ['0.01', 1, '0.00'],
  ])('C16: of %s that the card was charged the provider has %i, and the platform %s', async (amount, payout, fee) => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown, parseMoney(amount, usd)._unsafeUnwrap());
    await later(world);
    expect(await sent(world)).toEqual([payout]);
    expect(await world.balance('platform:fees:earned')).toBe(fee);
    await world.check();
  });

  it('C19: who may not be paid yet is not paid, it is said why, and paid once that has changed', async () => {
    const world = await openCrownWorld();
    const payees = world.crown.book.use(world.crown.payouts.payee);
    const onboarded = async (is: boolean) => {
      const command = { type: 'SetOnboarded', onboarded: is } as const;
      (await payees.execute('pat', command, { actor: gateway, key: `onboarded:${is}` }))._unsafeUnwrap();
    };
    await onboarded(false);
    await bookAndComplete(world.crown);
    await later(world);
    expect(await sent(world)).toEqual([]);
    const { earnings } = (await explainBooking(world.crown, 'b1'))._unsafeUnwrap();
    expect(earnings.flatMap(({ obstacles }) => obstacles.map(({ code }) => code))).toContain('not_onboarded');
    await onboarded(true);
    world.pass(hours(2));
    await world.settle();
    expect(await sent(world)).toEqual([7500]);
    await world.check();
  });

  it('C25: windows in a dangerous order do not start', async () => {
    const { book, provider, clock } = (await openCrownWorld()).crown;
    const policy = { tips: { window: hours(72), late: 'hold' } } as const;
    const open = () => openCrown({ store: book.store, clock, provider, policy });
    expect(open).toThrow('Tips are still taken after the payout');
  });
});
