import { hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { createRandom } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { earn } from '../testing/open-payouts.ts';
import { type Simulation, simulatePayouts } from '../testing/simulate-payouts.ts';
import { explainObligation } from './explain-obligation.ts';
import { explainPayout } from './explain-payout.ts';

const opened = () => simulatePayouts(createRandom(1), { rates: {} });
const explain = async (world: Simulation, asOf?: number) => {
  const moment = { at: world.now(), sender: 'peer.main', ...(asOf === undefined ? {} : { asOf }) };
  return (await explainObligation(world.book, world.payouts, 'b0', moment))._unsafeUnwrap();
};
const codes = async (world: Simulation) => (await explain(world)).obstacles.map(({ code }) => code);
const onlyPayout = async (world: Simulation) =>
  (await world.book.use(world.payouts.payout).list({ limit: 1 }))._unsafeUnwrap().rows[0]?.id ?? '';

describe('explaining why something is not paid', () => {
  it('gives every reason, who clears it and when', async () => {
    const world = await opened();
    await world.done('obligation', 'b0', earn(usd('80'), { completedAt: '2026-03-07T10:00:00.000Z' }));
    await world.done('obligation', 'b0', { type: 'AddHold', reason: 'dispute', reference: 'd-1' });
    await world.done('payee', 'ann', { type: 'SetOnboarded', onboarded: false });
    await world.done('sender', 'peer.main', { type: 'StopSending', reason: 'operator' });
    expect(await explain(world)).toMatchObject({
      status: 'open',
      obstacles: [
        { code: 'sending_closed', clearedBy: 'operator', detail: 'operator' },
        { code: 'not_onboarded', clearedBy: 'payee' },
        { code: 'obligation_held', clearedBy: 'support', hold: 'dispute', detail: 'd-1' },
        { code: 'delay_running', clearedBy: 'clock', clearsAt: '2026-03-09T10:00:00.000Z' },
        { code: 'run_not_due', clearedBy: 'clock', clearsAt: '2026-03-09T10:00:00.000Z' },
      ],
      money: [{ obligation: 'b0', earned: usd('80'), owed: usd('80') }],
    });
  });

  it('says when everything has cleared, where it does by itself', async () => {
    const world = await opened();
    await world.done('obligation', 'b0', earn(usd('80'), { completedAt: '2026-03-07T10:00:00.000Z' }));
    expect((await explain(world)).clearsAt).toBe('2026-03-09T10:00:00.000Z');
  });

  it('follows a payout from unknown to paid, and says where the money is', async () => {
    const world = await opened();
    world.simulated.next('lost_answer');
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.sweep();
    expect(await explain(world)).toMatchObject({
      status: 'unknown',
      obstacles: [{ code: 'outcome_unknown', clearedBy: 'provider', detail: 'silence' }],
      money: [{ owed: usd('0'), transit: usd('80') }],
    });
    world.pass(hours(1).ms);
    await world.sweep();
    expect(await explain(world)).toMatchObject({ status: 'paid', obstacles: [], money: [{ paid: usd('80') }] });
  });

  it('says what it was as of a sequence', async () => {
    const world = await opened();
    const { sequence } = await world.done('obligation', 'b0', earn(usd('80')));
    await world.done('payee', 'ann', { type: 'FreezePayee' });
    expect(await codes(world)).toEqual(['payee_frozen']);
    expect((await explain(world, sequence)).obstacles).toEqual([]);
    await world.done('payee', 'ann', { type: 'UnfreezePayee' });
    await world.sweep();
    expect((await explain(world)).status).toBe('paid');
    expect((await explain(world, sequence)).status).toBe('open');
  });

  it('explains what waits for a person', async () => {
    const world = await opened();
    world.simulated.next('bad_destination');
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.sweep();
    const id = await onlyPayout(world);
    const explanation = (await explainPayout(world.book, world.payouts, id, { at: world.now() }))._unsafeUnwrap();
    expect(explanation).toMatchObject({
      status: 'failed',
      obstacles: [{ code: 'has_failed', clearedBy: 'operator', detail: 'destination_unknown' }],
    });
    expect(explanation.clearsAt).toBeUndefined();
    await world.done('obligation', 'tip', {
      type: 'PromiseTip',
      payee: 'ann',
      amount: usd('5'),
      group: 'x',
      completedAt: world.now(),
    });
    const moment = { at: world.now(), sender: 'peer.main' };
    const tip = (await explainObligation(world.book, world.payouts, 'tip', moment))._unsafeUnwrap();
    expect(tip.obstacles).toMatchObject([{ code: 'not_captured' }]);
  });

  it('refuses what is not there', async () => {
    const world = await opened();
    const moment = { at: world.now(), sender: 'peer.main' };
    const none = await explainObligation(world.book, world.payouts, 'none', moment);
    expect(none._unsafeUnwrapErr().code).toBe('obligation_unknown');
    const payout = await explainPayout(world.book, world.payouts, 'none', moment);
    expect(payout._unsafeUnwrapErr().code).toBe('payout_unknown');
  });
});
