import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { openPayouts } from '../../testing/open-payouts.ts';

describe('a payee', () => {
  it('is kept quiet for a day by a changed destination, and not by the first', async () => {
    const world = await openPayouts();
    const read = async () => (await world.book.use(world.payouts.payee).read('ann'))._unsafeUnwrap().state?.destination;
    expect(await read()).toEqual({ address: 'acct_ann', since: world.now() });
    await world.done('payee', 'ann', { type: 'ChangeDestination', destination: 'acct_ann' });
    expect(await read()).not.toHaveProperty('quietUntil');
    await world.done('payee', 'ann', { type: 'ChangeDestination', destination: 'acct_other' });
    expect(await read()).toMatchObject({ address: 'acct_other', quietUntil: '2026-03-08T10:00:00.000Z' });
  });

  it('keeps holds as a set, and a mended destination clears its own', async () => {
    const world = await openPayouts();
    const codes = async () => (await world.book.use(world.payouts.payee).read('ann'))._unsafeUnwrap();
    for (const reason of ['risk', 'destination', 'risk']) await world.done('payee', 'ann', { type: 'AddHold', reason });
    expect((await codes()).state?.holds.map(({ reason }) => reason)).toEqual(['destination', 'risk']);
    await world.done('payee', 'ann', { type: 'ChangeDestination', destination: 'acct_other' });
    expect((await codes()).state?.holds.map(({ reason }) => reason)).toEqual(['risk']);
    await world.done('payee', 'ann', { type: 'ReleaseHold', reason: 'risk' });
    expect((await codes()).status).toBe('ready');
    expect(await world.code('payee', 'ann', { type: 'ReleaseHold', reason: 'risk' })).toBe('payout_hold_unknown');
  });

  it('is registered once, and nothing is done about one that is not', async () => {
    const world = await openPayouts();
    expect(await world.code('payee', 'ann', { type: 'RegisterPayee' })).toBe('payee_exists');
    const commands = [
      { type: 'SetOnboarded', onboarded: true },
      { type: 'ChangeDestination', destination: 'x' },
      { type: 'FreezePayee' },
      { type: 'UnfreezePayee' },
      { type: 'AddHold', reason: 'risk' },
      { type: 'ReleaseHold', reason: 'risk' },
      { type: 'OpenDebt', amount: usd('1'), to: 'buyers:bea:refunds', why: 'x' },
      { type: 'WriteOffDebt', amount: usd('1'), why: 'x' },
    ];
    for (const command of commands) expect(await world.code('payee', 'nobody', command)).toBe('payee_unknown');
  });

  it.each([
    ['', 'an empty destination'],
    [{}, 'a destination that is no text'],
    ['acct 1', 'a destination with a space'],
    ['x'.repeat(256), 'a destination that is too long'],
  ])('refuses %j: %s', async (destination, _why) => {
    const world = await openPayouts();
    for (const type of ['RegisterPayee', 'ChangeDestination'])
      expect(await world.code('payee', 'ben', { type, destination })).toBe('shape_invalid');
  });
});
