import { days, hours } from '@holdfast/kernel';
import { eur, usd } from '@holdfast/money';
import { type Attempt, applyObservation, type Observation, openGate, startAttempt } from '@holdfast/providers';
import { describe, expect, it } from 'vitest';
import { descriptor } from '../testing/open-payouts.ts';
import { type ListsToMatch, matchLists } from './match-lists.ts';

const at = '2026-03-07T10:00:00.000Z';
const operation = {
  kind: 'transfer',
  reference: 'p',
  amount: usd('80'),
  destination: 'acct_ann',
  metadata: {},
} as const;

function started(payout: string): Attempt {
  const gate = openGate({ provider: 'peer', account: 'main', mode: 'simulated' });
  const plan = { book: 'main', payout, descriptor, operation, encode: () => '', gate, retriesLeft: 3 };
  return startAttempt(plan, at)._unsafeUnwrap().attempt;
}

const open = started('p');
const observation: Observation = {
  provider: 'peer',
  account: 'main',
  mode: 'simulated',
  kind: 'transfer',
  object: 'tr_1',
  status: 'succeeded',
  rawStatus: 'paid',
  reference: 'p',
  metadata: open.operation.metadata,
  amount: usd('80'),
  destination: 'acct_ann',
  returns: [],
  createdAt: at,
};
const paid = applyObservation(open, observation, at).attempt;

function match(lists: Partial<ListsToMatch>) {
  return matchLists({
    book: 'main',
    mode: 'simulated',
    epoch: 0,
    from: at,
    to: '2026-03-08T00:00:00.000Z',
    observations: [observation],
    attempts: [paid],
    now: '2026-03-08T01:00:00.000Z',
    horizon: days(1),
    ...lists,
  });
}
const reasons = (lists: Partial<ListsToMatch>) => match(lists).exceptions.map(({ reason }) => reason);
const seen = (change: Partial<Observation>) => ({ observations: [{ ...observation, ...change }] });

describe('matching a list with the ledger', () => {
  it('matches what agrees in everything', () => {
    expect(match({})).toEqual({ matched: ['tr_1'], exceptions: [] });
  });

  it('looks at the window alone, the edge once', () => {
    expect(match({ to: at, from: '2026-03-06T00:00:00.000Z' })).toEqual({ matched: [], exceptions: [] });
    expect(match({ from: '2026-03-07T10:00:00.001Z' })).toEqual({ matched: [], exceptions: [] });
  });

  const returned = [{ id: 'trr_1', amount: usd('10'), at }];
  const rows: readonly (readonly [string, Partial<ListsToMatch>, readonly string[]])[] = [
    ['paid in the ledger alone', { observations: [] }, ['missing_at_provider']],
    ['an attempt that nobody knows', { attempts: [] }, ['missing_in_ledger']],
    ['an object that was not heard of', { attempts: [open] }, ['missing_in_ledger']],
    ['another amount', seen({ amount: usd('79') }), ['amount']],
    ['another currency', seen({ amount: eur('80') }), ['currency']],
    ['another destination', seen({ destination: 'acct_other' }), ['destination']],
    [
      'a second object',
      { observations: [observation, { ...observation, object: 'tr_2' }] },
      ['missing_in_ledger', 'duplicate'],
    ],
    ['a return that was not posted', seen({ returns: returned }), ['external_reversal']],
    ['no mark of ours', seen({ metadata: {} }), ['foreign']],
    ['the mark of another book', seen({ metadata: { ...observation.metadata, book: 'other' } }), ['foreign']],
    ['another mode', seen({ mode: 'live' }), ['wrong_mode']],
    ['an epoch to come', seen({ metadata: { ...observation.metadata, epoch: '4' } }), ['unknown_epoch']],
    ['a fee that was not posted', seen({ fee: usd('0.25') }), ['fee']],
    [
      'transit for too long',
      { observations: [], attempts: [open], now: '2026-03-09T00:00:00.000Z', horizon: hours(25) },
      ['stale_transit'],
    ],
  ];
  it.each(rows)('makes an exception of %s', (_name, lists, expected) => {
    expect(reasons(lists)).toEqual(expected);
  });
});

describe('matching reversals', () => {
  const reversing = (() => {
    const gate = openGate({ provider: 'peer', account: 'main', mode: 'simulated' });
    const asked = {
      ...operation,
      kind: 'reverse_transfer',
      reference: 'p~1',
      amount: usd('30'),
      object: 'tr_1',
    } as const;
    const plan = { book: 'main', payout: 'p', reversal: 1, descriptor, gate, retriesLeft: 3, encode: () => 'bytes' };
    return startAttempt({ ...plan, operation: asked }, at)._unsafeUnwrap().attempt;
  })();
  const { metadata } = reversing.operation;
  const itself: Observation = {
    ...observation,
    kind: 'reverse_transfer',
    object: 'trr_1',
    reference: 'p~1',
    metadata,
    amount: usd('30'),
  };
  const taken = applyObservation(reversing, itself, at).attempt;
  const back = { id: 'trr_1', amount: usd('30'), at, reference: 'p~1' };
  const told: Observation = { ...observation, returns: [{ ...back, metadata }] };
  const known = applyObservation(paid, told, at).attempt;
  const nameless: Observation = { ...itself, object: 'trr_2', reference: 'x', metadata: {} };

  const rows: readonly (readonly [string, Partial<ListsToMatch>, readonly string[]])[] = [
    ['ours that was heard of', { observations: [told], reversals: [itself], attempts: [known, taken] }, []],
    [
      'ours that was not heard of, once',
      { observations: [told], reversals: [itself], attempts: [paid, reversing] },
      ['missing_in_ledger'],
    ],
    [
      'ours of which the book knows no attempt',
      { observations: [told], reversals: [itself], attempts: [paid] },
      ['external_reversal', 'missing_in_ledger'],
    ],
    [
      'ours that the provider does not have',
      { observations: [observation], reversals: [], attempts: [paid, taken] },
      ['missing_at_provider'],
    ],
    [
      'ours of another amount',
      { observations: [], reversals: [{ ...itself, amount: usd('29') }], attempts: [taken] },
      ['amount'],
    ],
    [
      'one of another book',
      { observations: [], reversals: [{ ...itself, metadata: { ...metadata, book: 'other' } }], attempts: [] },
      ['foreign'],
    ],
    [
      'somebody else’s of an older transfer',
      { observations: [], reversals: [nameless], attempts: [] },
      ['external_reversal'],
    ],
    [
      'somebody else’s that its transfer tells of, once',
      { ...seen({ returns: [{ ...back, id: 'trr_2' }] }), reversals: [nameless] },
      ['external_reversal'],
    ],
    [
      'somebody else’s that was posted',
      {
        observations: [],
        reversals: [nameless],
        attempts: [applyObservation(paid, { ...told, returns: [{ ...back, id: 'trr_2' }] }, at).attempt],
      },
      ['missing_at_provider'],
    ],
    [
      'ours that is under way for too long',
      { observations: [observation], reversals: [], attempts: [paid, reversing], now: '2026-03-09T10:00:00.000Z' },
      ['stale_transit'],
    ],
  ];
  it.each(rows)('finds of %s what is right', (_words, lists, expected) => {
    expect(reasons(lists)).toEqual(expected);
  });
});
