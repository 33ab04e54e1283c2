import { addDuration, canonical, clockActor, days, hours, type Instant, type Json } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { ask } from '../../test/ask.ts';
import { type Asks, balancesAfter } from '../../test/balances-after.ts';
import { escrowInFull } from '../../test/processes/escrow-in-full.ts';
import { heldBack } from '../../test/processes/held-back.ts';
import { booking } from '../presets/booking.ts';

const start = '2026-03-01T10:00:00.000Z';
const after = (duration: { readonly ms: number }): Instant => addDuration(start, duration);
const buyer = { id: 'bea', role: 'buyer' };
const seller = { id: 'sam', role: 'seller' };
const arbiter = { id: 'arn', role: 'arbiter' };
const asks = (actor: Asks['when']['actor'], command: object, at: Instant = start): Asks => ({
  command,
  when: { actor, at },
});

describe('what a part holds back', () => {
  const fund = asks(buyer, { type: 'Fund', parties: { buyer: 'bea', seller: 'sam' }, amount: usd('100') });
  const open = asks(buyer, { type: 'OpenClaim', claim: 'C1', amount: usd('10') }, after(hours(1)));
  const close = (at: Instant): Asks => asks(arbiter, { type: 'CloseClaim', claim: 'C1' }, at);
  const release = (at: Instant): Asks => asks(clockActor, { type: 'Release' }, at);
  const run = (...history: readonly Asks[]) => balancesAfter(heldBack, 'S1', history);
  const due = after(days(2));

  it('is blocked, and waits without a deadline until it is let go', () => {
    const { state, refusal } = run(fund, open, release(due));
    expect(refusal).toEqual({ code: 'blocked', by: 'claim.open', id: 'C1' });
    expect(heldBack.standing(state).deadlines.map(({ name }) => name)).toEqual(['claim.C1.open']);
    const { state: free } = run(fund, open, close(after(days(3))));
    expect(heldBack.standing(free).deadlines).toEqual([{ name: 'held', dueAt: due, command: { type: 'Release' } }]);
    expect(run(fund, open, close(after(days(3))), release(after(days(3)))).state.status).toBe('released');
  });

  it('is not overdue meanwhile, but is as soon as the part itself is due', () => {
    const giveBack = (at: Instant): Asks => asks(seller, { type: 'GiveBack', back: usd('1') }, at);
    expect(run(fund, giveBack(due)).refusal?.code).toBe('overdue');
    expect(run(fund, open, giveBack(due)).refusal).toBeUndefined();
    expect(run(fund, open, giveBack(after(days(9)))).refusal?.code).toBe('overdue');
  });

  it('can be held back once more in the meantime', () => {
    const again = asks(buyer, { type: 'OpenClaim', claim: 'C2', amount: usd('10') }, due);
    expect(run(fund, again).refusal?.code).toBe('overdue');
    expect(run(fund, open, again).refusal).toBeUndefined();
  });
});

describe('a milestone of an escrow in full', () => {
  const parties = { buyer: 'bea', seller: 'sam', broker: 'bob' };
  const funded = [
    asks(buyer, { type: 'Offer', parties, price: usd('200') }),
    asks(seller, { type: 'AcceptOffer' }),
    asks(buyer, { type: 'Fund' }),
  ];
  const plan = (milestone: string, amount = usd('105')): Asks =>
    asks(buyer, { type: 'PlanMilestone', milestone, amount });
  const deliver = (milestone: string): Asks => asks(seller, { type: 'Deliver', milestone });
  const approve = (milestone: string): Asks => asks(buyer, { type: 'Approve', milestone });
  const dispute = (milestone: string, amount = usd('105')): Asks =>
    asks(buyer, { type: 'Dispute', milestone, dispute: 'D1', amount, reason: 'half of it is missing' });
  const run = (...history: readonly Asks[]) => balancesAfter(escrowInFull, 'E1', [...funded, ...history]);

  it('is funded with the price that was agreed, without being told it again', () => {
    expect(run().balances.get('escrows:E1:held')).toBe('210.00');
  });

  it('cannot be planned of more than is left', () => {
    expect(run(plan('M1'), plan('M2'), plan('M3', usd('0.01'))).refusal).toMatchObject({ code: 'exceeds_held' });
  });

  it('closes the escrow with the last of them', () => {
    const one = run(plan('M1'), plan('M2'), deliver('M1'), approve('M1'));
    expect(one.state.status).toBe('active');
    const { state, balances } = run(plan('M1'), plan('M2'), deliver('M1'), approve('M1'), deliver('M2'), approve('M2'));
    expect(state.status).toBe('closed');
    expect(['sam', 'bob'].map((user) => balances.get(`users:${user}:available`))).toEqual(['140.00', '20.00']);
    expect(balances.get('platform:fees:earned')).toBe('50.00');
  });

  it('is held back by its own disputes, and not by those of another', () => {
    const both = [plan('M1'), plan('M2'), deliver('M1'), deliver('M2'), dispute('M2', usd('5'))];
    expect(run(...both, approve('M1')).refusal).toBeUndefined();
    expect(run(...both, approve('M2')).refusal).toEqual({ code: 'blocked', by: 'dispute.open', id: 'D1' });
  });

  it('goes on by itself when the dispute that took all of it is settled', () => {
    const disputed = [plan('M1'), plan('M2'), deliver('M1'), dispute('M1')];
    expect(run(...disputed).state.parts?.milestone?.M1?.status).toBe('inspecting');
    const concede = asks(seller, { type: 'Concede', dispute: 'D1' });
    const { state, balances } = run(...disputed, concede);
    expect(state.parts?.milestone?.M1?.status).toBe('refunded');
    expect(state.status).toBe('active');
    expect(balances.get('users:bea:available')).toBe('-105.00');
  });

  it('is dropped with the escrow, while a dispute goes on', () => {
    const cancel = asks(seller, { type: 'Cancel' });
    const { state, balances } = run(plan('M1'), dispute('M1', usd('5')), cancel);
    expect(state.status).toBe('active');
    expect(state.parts?.milestone?.M1?.status).toBe('refunded');
    expect(balances.get('escrows:E1:held')).toBe('5.00');
    const silence = asks(clockActor, { type: 'SellerSilent', dispute: 'D1' }, after(days(5)));
    expect(run(plan('M1'), dispute('M1', usd('5')), cancel, silence).state.status).toBe('closed');
  });
});

describe('a process that was read back', () => {
  const gateway = { id: 'g', role: 'gateway' };
  const history = [
    asks(gateway, {
      type: 'CaptureBooking',
      parties: { customer: 'bea', provider: 'sam' },
      amount: usd('100'),
      otpHash: 'h',
    }),
    asks({ id: 'sam', role: 'provider' }, { type: 'CompleteBooking', otpHash: 'h' }),
    ...['T2', '10', 'T1', '9'].map((tip) => asks(buyer, { type: 'GiveTip', tip, amount: usd('1') })),
  ];

  it('does the same things in the same order as one that was kept', () => {
    const { state: kept } = balancesAfter(booking, 'B1', history);
    const text = canonical(booking.codec.encodeState(kept));
    const read = booking.codec.decodeState(JSON.parse(text as string) as Json) as typeof kept;
    const release = { command: { type: 'ReleaseBooking' }, when: { actor: clockActor, at: after(days(2)) } };
    const told = (state: typeof kept) =>
      ask(booking, { id: 'B1', state }, release.command, release.when)
        ._unsafeUnwrap()
        .events.map(({ about }) => about?.id);
    expect(told(kept)).toEqual([undefined, '10', '9', 'T1', 'T2']);
    expect(told(read)).toEqual(told(kept));
  });
});

it.each(['T.1', '', '__proto__', 'T 1', 'T:1', 'T'.repeat(65), 7, undefined])(
  'refuses %j as the id of a part',
  (tip) => {
    const parsed = booking.parse({ type: 'GiveTip', tip, amount: usd('1') });
    expect(parsed._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field: 'tip' });
  },
);
