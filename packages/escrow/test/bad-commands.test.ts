import { type Actor, addDuration, clockActor, type Instant } from '@holdfast/kernel';
import { money, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { simpleSale } from '../src/index.ts';
import { type Asks, balancesAfter } from './balances-after.ts';
import { rental } from './rental.ts';

const start = '2026-03-01T10:00:00.000Z';
const hour = (count: number): Instant => addDuration(start, { ms: count * 3_600_000 });
const asks = (actor: Actor, command: object, at: Instant = start): Asks => ({ command, when: { actor, at } });

const buyer = { id: 'bea', role: 'buyer' };
const seller = { id: 'sam', role: 'seller' };
const fund = asks(buyer, { type: 'Fund', parties: { buyer: 'bea', seller: 'sam' }, amount: usd('100') });
const funding = fund.command as object;
const release = asks(buyer, { type: 'Release' });
const refund = asks(seller, { type: 'Refund' });

describe('a sale refuses', () => {
  const rows: readonly (readonly [what: string, history: readonly Asks[], last: Asks, code: string])[] = [
    ['a release before it is funded', [], release, 'not_found'],
    ['a refund before it is funded', [], refund, 'not_found'],
    ['a second funding', [fund], fund, 'already_started'],
    ['a second release', [fund, release], release, 'wrong_status'],
    ['a refund after the release', [fund, release], refund, 'wrong_status'],
    ['a release after the refund', [fund, refund], release, 'wrong_status'],
    ['a release by the seller', [fund], asks(seller, { type: 'Release' }), 'actor_not_allowed'],
    ['a refund by the buyer', [fund], asks(buyer, { type: 'Refund' }), 'actor_not_allowed'],
    [
      'a release by another buyer',
      [fund],
      asks({ id: 'eve', role: 'buyer' }, { type: 'Release' }),
      'actor_not_allowed',
    ],
    ['a role that is nearly right', [fund], asks({ id: 'x', role: 'CLOCK ' }, { type: 'Refund' }), 'actor_not_allowed'],
    ['a funding for somebody else', [], { ...fund, when: { actor: seller, at: start } }, 'actor_not_allowed'],
    ['a release that is late', [fund], { ...release, when: { actor: buyer, at: hour(24 * 7) } }, 'overdue'],
    ['a clock that is early', [fund], asks(clockActor, { type: 'Refund' }, hour(24 * 7 - 1)), 'not_due'],
    [
      'a buyer who is the seller',
      [],
      asks(buyer, { ...funding, parties: { buyer: 'bea', seller: 'bea' } }),
      'shape_invalid',
    ],
    ['an amount of nothing', [], asks(buyer, { ...funding, amount: usd('0') }), 'amount_not_positive'],
    ['a debt', [], asks(buyer, { ...funding, amount: usd('-1') }), 'amount_not_positive'],
  ];
  it.each(rows)('%s', (_what, history, last, code) => {
    const before = balancesAfter(simpleSale, 'S1', history);
    const after = balancesAfter(simpleSale, 'S1', [...history, last]);
    expect(after.refusal?.code).toBe(code);
    expect(after.balances).toEqual(before.balances);
    expect(after.state).toEqual(before.state);
  });
});

describe('a part is refused', () => {
  const tenant = { id: 't1', role: 'tenant' };
  const parties = { tenant: 't1', landlord: 'l1', agent: 'g1' };
  const living = [
    asks(tenant, { type: 'Ask', parties, reference: 'F1', answerBy: hour(5) }),
    asks(tenant, { type: 'Book', amount: usd('100') }),
    asks({ id: 'l1', role: 'landlord' }, { type: 'MoveIn' }),
  ];
  const pay = (minor: bigint) => asks(tenant, { type: 'PayPart', part: money(minor, usd) }, hour(1));

  it.each([
    ['of nothing', [pay(0n)], 'amount_not_positive'],
    ['that is a cent more than what is held', [pay(10_351n)], 'exceeds_held'],
    [
      'that is a cent more than what others left',
      [...Array<Asks>(44).fill(pay(235n)), pay(9n), pay(2n)],
      'exceeds_held',
    ],
    ['after the last one', [pay(10_350n), pay(1n)], 'wrong_status'],
  ])('%s', (_what, parts, code) => {
    const before = balancesAfter(rental, 'R1', [...living, ...parts.slice(0, -1)]);
    const after = balancesAfter(rental, 'R1', [...living, ...parts]);
    expect(after.refusal?.code).toBe(code);
    expect(after.balances).toEqual(before.balances);
  });
});
