import { bookKeeping, days } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { earn, openPayouts, operator } from '../../testing/open-payouts.ts';

const from = '2026-03-06T00:00:00.000Z';

describe('a sender', () => {
  it('is closed for several reasons, all of which must clear', async () => {
    const world = await openPayouts();
    const status = async () => (await world.book.use(world.payouts.sender).read('peer.main'))._unsafeUnwrap().status;
    expect(await status()).toBe('open');
    await world.done('sender', 'peer.main', { type: 'ReportShortage', currency: 'USD' });
    expect(await status()).toBe('short');
    for (const reason of ['credentials', 'operator', 'operator'])
      await world.done('sender', 'peer.main', { type: 'StopSending', reason });
    await world.done('sender', 'peer.main', { type: 'ResumeSending', reason: 'credentials' });
    expect(await status()).toBe('closed');
    await world.done('sender', 'peer.main', { type: 'ResumeSending', reason: 'operator' });
    await world.done('sender', 'peer.main', { type: 'ReportFunded', currency: 'USD' });
    expect(await status()).toBe('open');
  });

  it('opens after a restore only when the list reaches the instant at which all that was under way has arrived', async () => {
    const world = await openPayouts();
    await world.done('sender', 'peer.main', { type: 'BeginEpoch', epoch: 2, from });
    expect(await world.code('sender', 'peer.main', { type: 'BeginEpoch', epoch: 2, from })).toBe('epoch_not_later');
    const adopt = (to: string, readAt: string) => ({ type: 'AdoptList', from, to, readAt });
    const early = adopt('2026-03-07T10:00:00.000Z', '2026-03-07T10:00:00.000Z');
    expect(await world.code('sender', 'peer.main', early)).toBe('list_not_continuous');
    const late = adopt('2026-03-08T00:00:00.000Z', '2026-03-08T00:00:00.000Z');
    expect(await world.code('sender', 'peer.main', late)).toBe('done');
    const { state, status } = (await world.book.use(world.payouts.sender).read('peer.main'))._unsafeUnwrap();
    expect([state?.gate.epoch, status]).toEqual([2, 'open']);
  });

  it('sends nothing in an epoch of the book that it has not reached', async () => {
    const world = await openPayouts();
    await world.done('obligation', 'b0', earn(usd('80')));
    (await world.plan('p', 'b0'))._unsafeUnwrap();
    const { sequence, digest } = (await world.book.head())._unsafeUnwrap();
    const begin = { type: 'BeginEpoch', continues: { sequence, digest }, reason: 'restored' } as const;
    (await world.book.use(bookKeeping).execute(begin, { actor: operator, key: 'epoch' }))._unsafeUnwrap();
    expect(await world.code('payout', 'p', { type: 'StartAttempt' })).toBe('payout_blocked');
    await world.done('sender', 'peer.main', { type: 'BeginEpoch', epoch: 1, from });
    expect(await world.code('payout', 'p', { type: 'StartAttempt' })).toBe('payout_blocked');
    world.pass(days(2).ms);
    await world.done('sender', 'peer.main', { type: 'AdoptList', from, to: world.now(), readAt: world.now() });
    await world.done('payout', 'p', { type: 'StartAttempt' });
  });

  it('is registered once, and nothing is done about one that is not', async () => {
    const world = await openPayouts();
    const register = { type: 'RegisterSender', provider: 'peer', account: 'main', mode: 'simulated' };
    expect(await world.code('sender', 'peer.main', register)).toBe('sender_exists');
    const commands = [
      { type: 'StopSending', reason: 'operator' },
      { type: 'ResumeSending', reason: 'operator' },
      { type: 'ReportShortage', currency: 'USD' },
      { type: 'ReportFunded', currency: 'USD' },
      { type: 'BeginEpoch', epoch: 1, from },
      { type: 'ReportUnknownAttempt', from },
      { type: 'AdoptList', from, to: from, readAt: from },
    ];
    for (const command of commands) expect(await world.code('sender', 'none', command)).toBe('sender_unknown');
  });
});
