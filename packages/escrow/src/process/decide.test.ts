import { type Actor, addDuration, clockActor, days, type Instant } from '@holdfast/kernel';
import { eur, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { ask } from '../../test/ask.ts';
import { type Asks, balancesAfter } from '../../test/balances-after.ts';
import { rental } from '../../test/rental.ts';
import { heldBy, leftBy } from '../amounts.ts';
import { jobOffer } from '../presets/job-offer.ts';
import type { Thing } from './thing.ts';

const start = '2026-03-01T10:00:00.000Z';
const hour = (count: number): Instant => addDuration(start, { ms: count * 3_600_000 });
const tenant: Actor = { id: 't1', role: 'tenant' };
const landlord: Actor = { id: 'l1', role: 'landlord' };
const arbiter: Actor = { id: 'a1', role: 'arbiter' };
const stranger: Actor = { id: 'x1', role: 'nobody' };

const asks = (actor: Actor, at: Instant, command: object): Asks => ({ command, when: { actor, at } });
const begin = asks(tenant, start, {
  type: 'Ask',
  parties: { tenant: 't1', landlord: 'l1', agent: 'g1' },
  reference: 'F1',
  answerBy: hour(5),
});
const book = asks(tenant, hour(1), { type: 'Book', amount: usd('100') });
const moveIn = asks(landlord, hour(2), { type: 'MoveIn' });
const living = [begin, book, moveIn];

const after = (...history: readonly Asks[]) => balancesAfter(rental, 'R1', history);
const inState = (...history: readonly Asks[]): Thing => after(...history).state;

/** Each row breaks its own rule and all later ones; the answer is the rule's. */
type Row = readonly [code: string, state: Thing | undefined, actor: Actor, at: Instant, command: object];

const wrong = { type: 'GiveBack', back: eur('-1') };

describe('refusals come in order', () => {
  const rows: readonly Row[] = [
    ['shape_invalid', undefined, stranger, hour(2_000), { ...wrong, held: '0' }],
    ['not_found', undefined, stranger, hour(2_000), wrong],
    ['actor_not_allowed', inState(begin), stranger, hour(2_000), wrong],
    ['wrong_status', inState(begin), landlord, hour(2_000), wrong],
    ['overdue', inState(...living), landlord, hour(2_000), wrong],
    ['amount_not_positive', inState(...living), landlord, hour(3), wrong],
    ['currency_mismatch', inState(...living), landlord, hour(3), { ...wrong, back: eur('1000') }],
    ['exceeds_held', inState(...living), landlord, hour(3), { ...wrong, back: usd('1000') }],
  ];
  it.each(rows)('of a partial settlement: %s', (code, state, actor, at, command) => {
    expect(ask(rental, { id: 'R1', state }, command, { actor, at })._unsafeUnwrapErr().code).toBe(code);
  });

  const review = asks(landlord, hour(3), { type: 'Review' });
  const award = { type: 'Rule', award: usd('-1') };
  const guarded: readonly Row[] = [
    ['wrong_status', inState(...living), landlord, hour(3), award],
    ['same_actor', inState(...living, review), landlord, hour(3), award],
    ['amount_not_positive', inState(...living, review), arbiter, hour(3), award],
  ];
  it.each(guarded)('of a guarded command: %s', (code, state, actor, at, command) => {
    expect(ask(rental, { id: 'R1', state }, command, { actor, at })._unsafeUnwrapErr().code).toBe(code);
  });

  const timed: readonly Row[] = [
    ['overdue', inState(begin, book), landlord, hour(1 + 48), { type: 'MoveIn' }],
    ['too_late', inState(begin, book), landlord, hour(1 + 24), { type: 'MoveIn' }],
    ['not_due', inState(begin, book), clockActor, hour(1 + 24), { type: 'Drop' }],
  ];
  it.each(timed)('of a command with a window: %s', (code, state, actor, at, command) => {
    expect(ask(rental, { id: 'R1', state }, command, { actor, at })._unsafeUnwrapErr().code).toBe(code);
  });

  const offer = { type: 'SendOffer', parties: { customer: 'c', contractor: 'k' }, reference: 'J1', amount: usd('1') };
  const sent = balancesAfter(jobOffer, 'O1', [
    asks({ id: 'c', role: 'customer' }, start, { ...offer, amount: usd('100') }),
  ]).state;
  const beginning: readonly Row[] = [
    ['shape_invalid', sent, stranger, start, { ...offer, reference: undefined }],
    ['already_started', sent, stranger, start, offer],
    ['actor_not_allowed', undefined, stranger, start, offer],
    ['budget_out_of_range', undefined, { id: 'c', role: 'customer' }, start, offer],
  ];
  it.each(beginning)('of a beginning command: %s', (code, state, actor, at, command) => {
    expect(ask(jobOffer, { id: 'O1', state: state as never }, command, { actor, at })._unsafeUnwrapErr().code).toBe(
      code,
    );
  });

  it('promise something of a later try only where the process can still come to the right status', () => {
    const retryHelps = (command: 'AcceptOffer' | 'CancelOffer' | 'CompleteJob') =>
      jobOffer.refusalsOf(command).find(({ code }) => code === 'wrong_status')?.retryHelps;
    // Nothing leads back to pending; a pending offer may yet be accepted.
    expect([retryHelps('AcceptOffer'), retryHelps('CancelOffer'), retryHelps('CompleteJob')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('and are listed in that order', () => {
    const codes = rental.refusalsOf('GiveBack').map(({ code }) => code);
    expect(codes).toEqual(rows.map(([code]) => code).filter((code) => code !== 'shape_invalid'));
    expect(jobOffer.refusalsOf('SendOffer').map(({ code }) => code)).toEqual([
      'already_started',
      'actor_not_allowed',
      'budget_out_of_range',
      'amount_not_positive',
      'currency_mismatch',
      'fee_exceeds_amount',
    ]);
  });
});

describe('a part of what is held', () => {
  // 100.00 with 3.5 % on top; of it 12.50 commission, 10.00 agent, 77.50 payout.
  const payPart = (part: string) => asks(tenant, hour(3), { type: 'PayPart', part: { amount: part, currency: 'USD' } });
  const giveBack = (back: string) =>
    asks(landlord, hour(3), { type: 'GiveBack', back: { amount: back, currency: 'USD' } });

  it('leaves by the way’s places in proportion to the quote', () => {
    const { balances } = after(...living, payPart('10.35'));
    expect(balances.get('users:l1:available')).toBe('7.75');
    expect(balances.get('users:g1:available')).toBe('1.00');
    expect(balances.get('platform:fees:earned')).toBe('1.60');
  });

  it('adds up to the whole in any number of parts, as if it had left at once', () => {
    const parts = ['0.01', '33.33', '0.02', '50.00', '20.14'].map(payPart);
    const whole = after(...living, payPart('103.50'));
    expect(after(...living, ...parts).balances).toEqual(whole.balances);
    expect(whole.state.status).toBe('settled');
  });

  it('closes the process when nothing is held any more', () => {
    expect(after(...living, giveBack('103.49')).state.status).toBe('living');
    expect(after(...living, giveBack('103.49'), giveBack('0.01')).state.status).toBe('settled');
  });

  it('keeps the deadline that runs', () => {
    expect(after(...living, payPart('1.00')).state.dueAt).toBe(addDuration(hour(2), days(30)));
  });

  it('is counted by its way', () => {
    const { state } = after(...living, payPart('10.00'), giveBack('20.00'));
    expect(leftBy(state, 'pay')).toEqual(usd('10'));
    expect(leftBy(state, 'refund')).toEqual(usd('20'));
    expect(heldBy(state)).toEqual(usd('73.5'));
  });
});

describe('a way with an order', () => {
  const deduct = (damage: string) =>
    asks(landlord, hour(3), { type: 'Deduct', damage: { amount: damage, currency: 'USD' } });

  it('empties one line after the other, and keeps the rest', () => {
    const { state } = after(...living, deduct('80.00'));
    const rests = Object.entries(state.lines).map(([name, line]) => `${name} ${line?.rest}`);
    expect(rests).toEqual(['platform 3.50 USD', 'commission 10.00 USD', 'agent 10.00 USD', 'payout 0.00 USD']);
  });

  it('cannot take what is in other lines', () => {
    expect(after(...living, deduct('90.01')).refusal).toEqual({
      code: 'exceeds_held',
      held: usd('90'),
      asked: usd('90.01'),
    });
  });

  it('lets later shares be counted from what remained', () => {
    const giveBack = asks(landlord, hour(3), { type: 'GiveBack', back: usd('2.35') });
    const { state } = after(...living, deduct('80.00'), giveBack);
    expect(state.left.refund).toEqual({ platform: usd('0.35'), commission: usd('1'), agent: usd('1') });
  });
});

describe('the clock', () => {
  it('does the first of what is fired that is not refused', () => {
    const due = asks(clockActor, hour(49), { type: 'MoveInBySilence' });
    expect(after(begin, book, due).state.status).toBe('living');
    const large = asks(tenant, hour(1), { type: 'Book', amount: usd('1000') });
    expect(after(begin, large, due).state.status).toBe('lapsed');
  });

  it('comes at an instant that was given, not before', () => {
    const lapse = (ms: number) => asks(clockActor, addDuration(hour(5), { ms }), { type: 'Lapse' });
    expect(after(begin, lapse(-1)).refusal).toEqual({ code: 'not_due', dueAt: hour(5) });
    expect(after(begin, lapse(0)).state.status).toBe('lapsed');
  });

  it('leaves a party what it fires, before and after it is due', () => {
    for (const at of [hour(2), hour(60)]) {
      expect(after(begin, book, asks(tenant, at, { type: 'Drop' })).state.status).toBe('lapsed');
    }
  });
});

describe('computed and passing amounts', () => {
  it('gives the odd cent where the process says', () => {
    const review = asks(landlord, hour(3), { type: 'Review' });
    const odd = asks(tenant, hour(1), { type: 'Book', amount: usd('0.11') });
    const split = asks(arbiter, hour(4), { type: 'SplitEvenly' });
    expect(leftBy(after(begin, odd, moveIn, review, split).state, 'refund')).toEqual(usd('0.06'));
  });

  it('lets an award of nothing give everything to the other', () => {
    const review = asks(landlord, hour(3), { type: 'Review' });
    const rule = asks(arbiter, hour(4), { type: 'Rule', award: usd('0') });
    expect(leftBy(after(...living, review, rule).state, 'pay')).toEqual(usd('103.5'));
  });

  it('passes money that is never held', () => {
    const { transfers, state } = after(...living, asks(tenant, hour(3), { type: 'Tip', extra: usd('5') }));
    expect(transfers.at(-1)).toEqual({
      from: 'users:t1:available',
      to: 'users:l1:available',
      amount: usd('5'),
      kind: 'tip',
    });
    expect(heldBy(state)).toEqual(usd('103.5'));
  });
});

describe('claims', () => {
  it('are held in the states that are named, or until the end', () => {
    const claims = (...history: readonly Asks[]) => rental.standing(after(...history).state as never).claims;
    expect(claims(begin)).toEqual(['rental:open:t1:R1']);
    expect(claims(begin, book)).toEqual(['rental:flat:F1', 'rental:open:t1:R1']);
    expect(claims(begin, book, asks(tenant, hour(2), { type: 'Drop' }))).toEqual([]);
  });
});
