import { usd } from '@holdfast/money';
import type { Observation, ObservedDispute } from '@holdfast/providers';
import { describe, expect, it } from 'vitest';
import { withDisputes } from './bank-disputes.ts';
import type { Charge } from './charge.ts';

const charge: Charge = {
  for: { what: 'tip', booking: 'b1', tip: 't1' },
  attempts: [],
  settledBy: 'pi_1',
  surplus: [],
  disputes: [],
};

function said(standing: ObservedDispute['standing'], object = 'pi_1'): Observation {
  return {
    provider: 'stripe',
    account: 'acct_platform',
    mode: 'sandbox',
    kind: 'collect',
    object,
    status: 'succeeded',
    rawStatus: 'succeeded',
    metadata: {},
    amount: usd('10'),
    returns: [],
    disputes: [{ id: 'dp_1', amount: usd('10'), standing }],
    createdAt: '2026-03-01T00:00:00.000Z',
  };
}

function after(...heard: readonly Observation[]): readonly string[] {
  const end = heard.reduce((known, one) => withDisputes(known, [one], '2026-03-02T00:00:00.000Z'), charge);
  return end.disputes.map(({ standing }) => standing);
}

describe('a dispute at the bank', () => {
  it('that is decided is never open again, and one that has ended well never lost, whichever is heard last', () => {
    expect(after(said('open'))).toEqual(['open']);
    expect(after(said('open'), said('lost'))).toEqual(['lost']);
    expect(after(said('lost'), said('open'))).toEqual(['lost']);
    expect(after(said('ended'), said('open'), said('ended'))).toEqual(['ended']);
    expect(after(said('lost'), said('ended'))).toEqual(['ended']);
    expect(after(said('ended'), said('lost'))).toEqual(['ended']);
  });

  it('of another payment than the one that counts is left to who gives that back', () => {
    expect(after(said('open', 'pi_2'))).toEqual([]);
  });
});
