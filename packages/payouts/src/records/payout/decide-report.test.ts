import { manageAccounts } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import type { SubmitOutcome } from '@holdfast/providers';
import { describe, expect, it } from 'vitest';
import {
  earn,
  type OpenedPayouts,
  observationOf,
  openPayouts,
  operator,
  outcomeOf,
} from '../../testing/open-payouts.ts';
import { payoutStatus } from './payout.ts';

const no: SubmitOutcome = { outcome: 'rejected', code: 'no', advice: 'retry_later', kept: true, replayed: false };

async function sent(): Promise<OpenedPayouts> {
  const world = await openPayouts();
  await world.done('obligation', 'b0', earn(usd('80')));
  (await world.plan('p', 'b0'))._unsafeUnwrap();
  await world.done('payout', 'p', { type: 'StartAttempt' });
  return world;
}

async function report(world: OpenedPayouts, outcome: SubmitOutcome): Promise<void> {
  await world.done('payout', 'p', outcomeOf(await world.payout('p'), outcome));
}

describe('a report', () => {
  it('of a send that was given up before it was made puts everything back', async () => {
    const world = await sent();
    await report(world, { outcome: 'not_sent', reason: 'given_up' });
    expect(payoutStatus(await world.payout('p'))).toBe('due');
    expect(await world.balance('payouts:b0:owed')).toBe(8_000n);
    expect(await world.balance('payouts:p.1:transit')).toBe(0n);
  });

  it.each([
    ['an answer', 'payouts:p.1:transit'],
    ['an answer', 'world:peer:main'],
    ['a no', 'payouts:b0:owed'],
    ['a webhook', 'payouts:p.1:transit'],
    ['a look-up', 'world:peer:main'],
  ])('of what happened is taken, however the accounts stand: %s while %s is frozen', async (what, account) => {
    const world = await sent();
    const { currency } = usd('0');
    const freeze = { type: 'FreezeAccount', account, currency, frozen: 'all' } as const;
    (await world.book.use(manageAccounts).execute(freeze, { actor: operator, key: 'freeze' }))._unsafeUnwrap();
    const observation = observationOf(await world.payout('p'));
    if (what === 'a no') await report(world, no);
    if (what === 'an answer') await report(world, { outcome: 'accepted', observation, replayed: false });
    if (what === 'a webhook') await world.done('payout', 'p', { type: 'ReportObservation', observation });
    const lookup = { type: 'ReportLookup', attempt: 1, lookedAt: world.now(), lookup: { found: [observation] } };
    if (what === 'a look-up') await world.done('payout', 'p', lookup);
    expect(await world.balance('payouts:p.1:transit')).toBe(0n);
  });
});
