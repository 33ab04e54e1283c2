import { addDuration, clockActor, days } from '@holdfast/kernel';
import { type Money, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { type Asks, balancesAfter } from '../../test/balances-after.ts';
import { heldBy } from '../amounts.ts';
import { jobOffer } from './job-offer.ts';

const sentAt = '2026-03-01T10:00:00.000Z';
const later = '2026-03-02T10:00:00.000Z';
const expiresAt = addDuration(sentAt, days(7));
const customer = { id: 'ada', role: 'customer' };
const contractor = { id: 'ben', role: 'contractor' };
const operator = { id: 'olga', role: 'operator' };

const send = (amount: Money = usd('100')): Asks => ({
  command: { type: 'SendOffer', parties: { customer: 'ada', contractor: 'ben' }, reference: 'J1', amount },
  when: { actor: customer, at: sentAt },
});
const accept: Asks = { command: { type: 'AcceptOffer' }, when: { actor: contractor, at: later } };
const complete: Asks = { command: { type: 'CompleteJob' }, when: { actor: customer, at: later } };
const reject: Asks = { command: { type: 'RejectOffer', reason: 'busy' }, when: { actor: contractor, at: later } };
const cancel: Asks = { command: { type: 'CancelOffer' }, when: { actor: operator, at: later } };
const expire: Asks = { command: { type: 'ExpireOffer' }, when: { actor: clockActor, at: expiresAt } };

/** Of the accounts of offer O1, in the order customer, held, unearned, earned, contractor. */
function money(...asks: readonly Asks[]): readonly string[] {
  const { balances } = balancesAfter(jobOffer, 'O1', asks);
  return [
    'users:ada:available',
    'escrows:O1:held',
    'platform:fees:unearned',
    'platform:fees:earned',
    'users:ben:available',
  ].map((account) => balances.get(account) ?? '0.00');
}

describe('the worked numbers of the JobSphere seed', () => {
  it('charges 105 for a budget of 100 and holds all of it', () => {
    expect(money(send())).toEqual(['-105.00', '105.00', '0.00', '0.00', '0.00']);
  });

  it('lays 5 aside as unearned when the offer is accepted', () => {
    expect(money(send(), accept)).toEqual(['-105.00', '100.00', '5.00', '0.00', '0.00']);
  });

  it('pays 80 to the contractor and 25 to the platform when the job is completed', () => {
    expect(money(send(), accept, complete)).toEqual(['-105.00', '0.00', '0.00', '25.00', '80.00']);
  });

  it.each([
    ['rejected', [send(), reject]],
    ['cancelled before acceptance', [send(), cancel]],
    ['cancelled after acceptance', [send(), accept, cancel]],
    ['expired', [send(), expire]],
  ])('gives everything back when the offer is %s', (_how, asks) => {
    expect(money(...asks)).toEqual(['0.00', '0.00', '0.00', '0.00', '0.00']);
  });

  it.each([
    ['99.99', '-104.99', '25.00', '79.99'],
    ['33.33', '-35.00', '8.34', '26.66'],
    ['10.10', '-10.61', '2.53', '8.08'],
  ] as const)('splits %s without losing a cent', (budget, charge, platform, payout) => {
    expect(money(send(usd(budget)), accept, complete)).toEqual([charge, '0.00', '0.00', platform, payout]);
  });

  it('names its transfers as the seed does', () => {
    const { transfers } = balancesAfter(jobOffer, 'O1', [send(), accept, complete]);
    expect(transfers.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
      'escrow_hold 105.00 USD',
      'platform_fee 5.00 USD',
      'contractor_payout 80.00 USD',
      'platform_fee_earned 5.00 USD',
      'service_fee 20.00 USD',
    ]);
  });
});

describe('the life of an offer', () => {
  it('keeps when each status was entered and the reason that was given', () => {
    const { state } = balancesAfter(jobOffer, 'O1', [send(), reject]);
    expect(state.status).toBe('rejected');
    expect(state.entered).toEqual({ pending: { at: sentAt, by: 'ada' }, rejected: { at: later, by: 'ben' } });
    expect(state.facts).toMatchObject({ reason: { value: 'busy' } });
    expect(heldBy(state)?.toString()).toBe('0.00 USD');
  });

  it('claims its job while it is live, and gives it free when it ends', () => {
    const claims = (...asks: readonly Asks[]) => jobOffer.standing(balancesAfter(jobOffer, 'O1', asks).state).claims;
    expect(claims(send())).toEqual(['offer:job:J1']);
    expect(claims(send(), accept)).toEqual(['offer:job:J1']);
    expect(claims(send(), accept, complete)).toEqual([]);
    expect(claims(send(), reject)).toEqual([]);
  });

  it('asks the clock to expire it after seven days, until it is accepted', () => {
    const deadlines = (...asks: readonly Asks[]) =>
      jobOffer.standing(balancesAfter(jobOffer, 'O1', asks).state).deadlines;
    expect(deadlines(send())).toEqual([{ name: 'pending', dueAt: expiresAt, command: { type: 'ExpireOffer' } }]);
    expect(deadlines(send(), accept)).toEqual([]);
  });

  it('hints at the accounts that the next commands touch', () => {
    const touches = (...asks: readonly Asks[]) => jobOffer.standing(balancesAfter(jobOffer, 'O1', asks).state).touches;
    expect(touches(send())).toEqual(['escrows:O1:held USD', 'platform:fees:unearned USD', 'users:ada:available USD']);
    expect(touches(send(), accept)).toContain('platform:fees:earned USD');
    expect(touches(send(), reject)).toEqual([]);
  });

  it('names what a new offer needs before it is decided', () => {
    const command = jobOffer.parse(send().command)._unsafeUnwrap();
    const needs = jobOffer.needs(command, { id: 'O1', ...send().when }, {} as never);
    expect(needs).toEqual({ claims: ['offer:job:J1'], accounts: ['users:ada:available USD', 'escrows:O1:held USD'] });
  });

  it('has nothing that deserves a second thought', () => {
    expect(jobOffer.lint).toEqual([]);
  });
});

describe('expiry', () => {
  const at = (ms: number) => addDuration(expiresAt, { ms });

  it('lets the contractor accept until the last millisecond, and not at the instant itself', () => {
    const acceptAt = (ms: number): Asks => ({ ...accept, when: { actor: contractor, at: at(ms) } });
    expect(balancesAfter(jobOffer, 'O1', [send(), acceptAt(-1)]).state.status).toBe('accepted');
    for (const ms of [0, 1]) {
      expect(balancesAfter(jobOffer, 'O1', [send(), acceptAt(ms)]).refusal).toEqual({
        code: 'overdue',
        dueAt: expiresAt,
      });
    }
  });

  it('refuses a clock that comes early', () => {
    const early: Asks = { ...expire, when: { actor: clockActor, at: at(-1) } };
    expect(balancesAfter(jobOffer, 'O1', [send(), early]).refusal).toEqual({ code: 'not_due', dueAt: expiresAt });
  });

  it('does nothing to an offer that was accepted before', () => {
    expect(balancesAfter(jobOffer, 'O1', [send(), accept, expire]).refusal).toEqual({
      code: 'wrong_status',
      status: 'accepted',
      allowed: ['pending'],
    });
  });
});

describe('the budget', () => {
  it.each(['9.99', '10000.01'] as const)('refuses %s', (budget) => {
    expect(balancesAfter(jobOffer, 'O1', [send(usd(budget))]).refusal).toMatchObject({ code: 'budget_out_of_range' });
  });

  it.each(['10', '10000'] as const)('takes %s', (budget) => {
    expect(balancesAfter(jobOffer, 'O1', [send(usd(budget))]).state.status).toBe('pending');
  });
});
