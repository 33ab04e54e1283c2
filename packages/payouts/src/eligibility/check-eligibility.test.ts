import { type Currency, type Money, money, percent, sum, usd } from '@holdfast/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, itemOf } from '../testing/facts.ts';
import { checkEligibility, clearsAt } from './check-eligibility.ts';
import { composePayout } from './compose-payout.ts';
import type { PayoutFacts } from './facts.ts';

const dollars: Currency = usd;
const at = '2026-06-01T00:00:00.000Z';
const later = '2026-06-02T00:00:00.000Z';
const runs = Number(process.env.HOLDFAST_RUNS ?? 500);

const payee = { onboarded: true, frozen: false, destination: { address: 'acct' }, holds: [] } as const;
const dispute = { reason: 'dispute', reference: 'd-1', since: at } as const;

describe('eligibility', () => {
  const rows: readonly (readonly [string, Partial<PayoutFacts>, object])[] = [
    ['nobody told of the provider', { provider: undefined }, { code: 'provider_unknown', clearedBy: 'operator' }],
    [
      'sending is closed',
      { provider: { closed: [{ reason: 'epoch', clearedBy: 'operator' }], short: [] } },
      { code: 'sending_closed', detail: 'epoch', of: 'stripe.main' },
    ],
    [
      'the provider is short of the currency',
      { provider: { closed: [], short: ['USD'] } },
      { code: 'provider_short', clearedBy: 'treasury' },
    ],
    ['there is no such payee', { payee: undefined }, { code: 'payee_unknown', of: 'ann' }],
    ['the payee is not onboarded', { payee: { ...payee, onboarded: false } }, { code: 'not_onboarded' }],
    ['the payee is frozen', { payee: { ...payee, frozen: true } }, { code: 'payee_frozen' }],
    [
      'there is no destination',
      { payee: { onboarded: true, frozen: false, holds: [] } },
      { code: 'no_destination', clearedBy: 'payee' },
    ],
    [
      'the destination is new',
      { payee: { ...payee, destination: { address: 'other', quietUntil: later } } },
      { code: 'destination_changed', clearsAt: later, clearedBy: 'clock' },
    ],
    [
      'the payee is held',
      { payee: { ...payee, holds: [{ reason: 'compliance', since: at }] } },
      { code: 'payee_held', hold: 'compliance', clearedBy: 'support' },
    ],
    [
      'the only obligation is disputed',
      { items: [itemOf('a', { holds: [dispute] })] },
      { code: 'obligation_held', of: 'a', hold: 'dispute', detail: 'd-1' },
    ],
    ['the delay runs', { items: [itemOf('a', { eligibleAt: later })] }, { code: 'delay_running', clearsAt: later }],
    [
      'the provider has not got the money yet',
      { items: [itemOf('a', { fundsAvailableAt: later })] },
      { code: 'funds_pending', clearsAt: later, clearedBy: 'provider' },
    ],
    [
      'a tip is waited for',
      { pendingTips: [{ obligation: 'tip', until: later }] },
      { code: 'tip_pending', of: 'tip', clearsAt: later },
    ],
    ['the run has not come', { runAt: later }, { code: 'run_not_due', clearsAt: later }],
    ['somebody has to ask', { runAt: 'manual' }, { code: 'manual_schedule' }],
    ['it is backing off', { retryAt: later }, { code: 'backing_off', clearsAt: later }],
  ];

  it.each(rows)('says no where %s', (_case, facts, obstacle) => {
    const answer = checkEligibility(factsOf(facts), {}, at);
    expect(answer).toMatchObject({ eligible: false, obstacles: [obstacle] });
  });

  it('gives every reason at once, in the order of the table', () => {
    const everything = Object.assign({}, ...rows.map(([, facts]) => facts)) as Partial<PayoutFacts>;
    const facts = factsOf({
      ...everything,
      provider: { closed: [{ reason: 'epoch', clearedBy: 'operator' }], short: ['USD'] },
      payee: {
        onboarded: false,
        frozen: true,
        destination: { address: 'other', quietUntil: later },
        holds: [{ reason: 'risk', since: at }],
      },
      items: [itemOf('a', { holds: [dispute], eligibleAt: later, fundsAvailableAt: later })],
      runAt: later,
      retryAt: later,
    });
    const answer = checkEligibility(facts, {}, at);
    const codes = answer.eligible ? [] : answer.obstacles.map(({ code }) => code);
    expect(codes).toEqual([
      'sending_closed',
      'provider_short',
      'not_onboarded',
      'payee_frozen',
      'destination_changed',
      'payee_held',
      'obligation_held',
      'delay_running',
      'funds_pending',
      'tip_pending',
      'run_not_due',
      'backing_off',
    ]);
  });

  it('leaves a disputed obligation out as long as another can be paid', () => {
    const items = [itemOf('a', { holds: [dispute] }), itemOf('tip', { owed: usd('5') })];
    const answer = checkEligibility(factsOf({ items }), {}, at);
    expect(answer).toMatchObject({ eligible: true, leftOut: [{ code: 'obligation_held', of: 'a' }] });
    expect(answer.eligible && `${answer.draft.send}`).toBe('5.00 USD');
  });

  it('ends a hold with an end at its instant', () => {
    const facts = factsOf({ items: [itemOf('a', { holds: [{ ...dispute, until: later }] })] });
    expect(checkEligibility(facts, {}, at)).toMatchObject({ obstacles: [{ clearsAt: later }] });
    expect(checkEligibility(facts, {}, later).eligible).toBe(true);
  });

  it('is eligible with nothing to send where nothing is owed, or debts take all of it', () => {
    const nothing = checkEligibility(factsOf({ items: [itemOf('a', { owed: usd('0') })] }), {}, at);
    expect(nothing.eligible && `${nothing.draft.send}`).toBe('0.00 USD');
    const debts = checkEligibility(factsOf({ debts: usd('85') }), { minimum: [usd('5')] }, at);
    expect(debts.eligible && [`${debts.draft.send}`, `${debts.draft.netted}`]).toEqual(['0.00 USD', '10.00 USD']);
  });

  it('carries what is below the step', () => {
    const facts = factsOf({ items: [itemOf('a', { owed: usd('0.45') })] });
    expect(checkEligibility(facts, { step: [usd('1')] }, at)).toMatchObject({
      eligible: false,
      obstacles: [{ code: 'below_minimum', amount: usd('0.45'), required: usd('1') }],
    });
  });

  it('knows when all obstacles have cleared, and that some never do by themselves', () => {
    const clock = { code: 'delay_running', of: 'a', clearedBy: 'clock' } as const;
    expect(
      clearsAt([
        { ...clock, clearsAt: at },
        { ...clock, clearsAt: later },
      ]),
    ).toBe(later);
    expect(clearsAt([{ ...clock, clearsAt: at }, clock])).toBeUndefined();
  });
});

describe('debts', () => {
  const send = (owed: Money, debts: Money, more: { lent?: Money; before?: Money; cap?: boolean } = {}) => {
    const { lent = usd('0'), before = usd('0'), cap = false } = more;
    const composition = { currency: usd, items: [itemOf('a', { owed, lent })], debts, nettedBefore: before };
    const draft = composePayout(composition, cap ? { recoveryCap: percent('50') } : {});
    return [`${draft.send}`, `${draft.netted}`];
  };

  it('G20: 85.00 is recovered from two payouts of 51.00: 0 and 17.00', () => {
    expect(send(usd('51'), usd('85'))).toEqual(['0.00 USD', '51.00 USD']);
    expect(send(usd('51'), usd('34'))).toEqual(['17.00 USD', '34.00 USD']);
  });

  it('are recovered up to the cap, counted over all attempts of a payout', () => {
    expect(send(usd('51'), usd('85'), { cap: true })).toEqual(['25.50 USD', '25.50 USD']);
    expect(send(usd('25.50'), usd('59.50'), { cap: true, before: usd('25.50') })).toEqual(['25.50 USD', '0.00 USD']);
  });

  it('of the obligation itself are taken whole, whatever the cap', () => {
    expect(send(usd('51'), usd('51'), { cap: true, lent: usd('51') })).toEqual(['0.00 USD', '51.00 USD']);
  });
});

const amount = (most: number) => fc.integer({ min: 0, max: most }).map((cents) => money(BigInt(cents), usd));

describe('a composition', () => {
  it('law: loses nothing, creates nothing, and never takes more than is owed or owing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ owed: amount(20_000), lent: amount(5_000) }), { minLength: 1, maxLength: 5 }),
        amount(30_000),
        amount(3_000),
        fc.boolean(),
        fc.integer({ min: 1, max: 500 }),
        (parts, debts, nettedBefore, cap, step) => {
          const items = parts.map((part, index) => itemOf(`o${index}`, part));
          const policy = {
            step: [money(BigInt(step), usd)],
            fees: [{ fixed: usd('1.50'), rate: percent('0.75'), least: usd('2') }],
            ...(cap ? { recoveryCap: percent('50') } : {}),
          };
          const draft = composePayout({ currency: usd, items, debts, nettedBefore }, policy);
          const owed = sum(
            items.map((item) => item.owed),
            dollars,
          );
          const sent = sum(
            draft.items.map((item) => item.sent),
            dollars,
          );
          expect(sent).toEqual(draft.send);
          expect(sum([sent, draft.fee, draft.netted, draft.left], dollars)).toEqual(owed);
          expect(draft.netted.minor <= debts.minor).toBe(true);
          expect(draft.send.minor % BigInt(step)).toBe(0n);
          for (const [index, item] of draft.items.entries()) {
            expect(item.sent.minor >= 0n && item.netted.minor >= 0n).toBe(true);
            expect(item.sent.minor + item.netted.minor <= (items[index]?.owed.minor ?? -1n)).toBe(true);
          }
        },
      ),
      { numRuns: runs },
    );
  });
});
