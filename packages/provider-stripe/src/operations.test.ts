import type { Operation, SubmitOutcome } from '@holdfast/providers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minor, never, openPeerWorld, type PeerWorld, sendOf, transferOf } from '../test/peer-world.ts';

let world: PeerWorld;
beforeEach(async () => {
  const byCard = { payment_method: 'pm_card_visa', confirm: 'true' };
  world = await openPeerWorld({
    provider: { parameters: ({ kind, metadata }) => (kind === 'collect' && metadata.card !== 'later' ? byCard : {}) },
  });
});
afterEach(() => world.close());

const submit = (changes: Partial<Operation>): Promise<SubmitOutcome> => {
  const operation = transferOf(changes);
  return world.provider.submit(sendOf(world.provider, operation, `key-${operation.reference}`), never());
};

async function object(changes: Partial<Operation>): Promise<string> {
  const outcome = await submit(changes);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.observation.object;
}

const collect = (changes: Partial<Operation> = {}): Partial<Operation> => ({
  kind: 'collect',
  reference: 'charge-1',
  amount: minor(10_500n),
  ...changes,
});

describe('a payment', () => {
  it('is collected and says so with all that it was sent with', async () => {
    const outcome = await submit(collect());
    expect(outcome).toMatchObject({
      outcome: 'accepted',
      replayed: false,
      observation: {
        provider: 'stripe',
        account: 'acct_platform',
        mode: 'sandbox',
        kind: 'collect',
        status: 'succeeded',
        rawStatus: 'succeeded',
        reference: 'charge-1',
        amount: minor(10_500n),
        returns: [],
        metadata: { book: 'main', payout: 'payout-7', attempt: 'payout-7-1', epoch: '0', reference: 'charge-1' },
      },
    });
  });

  it('waits for the payer where there is no card yet', async () => {
    expect(await submit(collect({ metadata: { card: 'later' } }))).toMatchObject({
      outcome: 'action_required',
      action: { kind: 'client_secret', value: 'pi_00000001_secret_peer' },
      observation: { status: 'action_required', rawStatus: 'requires_payment_method' },
    });
  });

  it('is refunded in parts, until nothing is left', async () => {
    const paid = await object(collect());
    const refund = (reference: string, amount: bigint) =>
      submit({ kind: 'refund', reference, amount: minor(amount), object: paid });
    expect(await refund('refund-1', 500n)).toMatchObject({
      outcome: 'accepted',
      observation: { kind: 'refund', status: 'succeeded', reference: 'refund-1', amount: minor(500n) },
    });
    expect(await refund('refund-2', 10_000n)).toMatchObject({ outcome: 'accepted' });
    expect(await refund('refund-3', 1n)).toMatchObject({ code: 'charge_already_refunded', kept: true });
  });
});

describe('an authorised payment', () => {
  it('is captured once, or voided', async () => {
    await world.close();
    const manual = { payment_method: 'pm_card_visa', confirm: 'true', capture_method: 'manual' };
    world = await openPeerWorld({ provider: { parameters: ({ kind }) => (kind === 'collect' ? manual : {}) } });
    const first = await object(collect());
    const second = await object(collect({ reference: 'charge-2' }));
    const capture = { kind: 'capture', reference: 'capture-1', amount: minor(9_000n), object: first } as const;
    expect(await submit(capture)).toMatchObject({
      outcome: 'accepted',
      observation: { kind: 'capture', status: 'succeeded', reference: 'capture-1', amount: minor(9_000n) },
    });
    expect(await submit({ ...capture, reference: 'capture-2' })).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    expect(await submit({ kind: 'void', reference: 'void-1', object: second })).toMatchObject({
      outcome: 'accepted',
      observation: { kind: 'void', status: 'succeeded', rawStatus: 'canceled', reference: 'void-1' },
    });
    const intents = await world.peer.paymentIntents();
    expect(intents.map(({ metadata }) => metadata.reference)).toEqual(['charge-1', 'charge-2']);
  });
});

describe('a transfer', () => {
  it('is made once under its key, however often it is sent', async () => {
    const first = await submit({});
    const again = await submit({});
    expect(first).toMatchObject({ outcome: 'accepted', replayed: false });
    expect(again).toEqual({ ...first, replayed: true });
    expect(await world.peer.transfers()).toHaveLength(1);
  });

  it('is made again under the same key when the key is forgotten: why keys have an age', async () => {
    await submit({});
    await world.peer.advance(24 * 3_600_000);
    expect(await submit({})).toMatchObject({ outcome: 'accepted', replayed: false });
    expect(await world.peer.transfers()).toHaveLength(2);
  });

  it('is not made above the available balance', async () => {
    expect(await submit({ amount: minor(1_000_001n) })).toMatchObject({
      outcome: 'rejected',
      code: 'balance_insufficient',
      advice: 'fund_platform',
      kept: true,
    });
  });

  it('is reversed in part, and the reversal tells the transfer that it is of', async () => {
    const sent = await object({});
    const reversal = { kind: 'reverse_transfer', reference: 'reversal-1', amount: minor(234n), object: sent } as const;
    expect(await submit(reversal)).toMatchObject({
      outcome: 'accepted',
      observation: { kind: 'reverse_transfer', status: 'succeeded', reference: 'reversal-1', amount: minor(234n) },
    });
    const since = '2020-01-01T00:00:00.000Z';
    const query = { kind: 'transfer', reference: 'payout-7', since } as const;
    const found = (await world.provider.lookup(query, never()))._unsafeUnwrap();
    expect(found.found).toMatchObject([
      {
        rawStatus: 'partially_reversed',
        returns: [{ amount: minor(234n), reference: 'reversal-1', metadata: { reference: 'reversal-1' } }],
      },
    ]);
  });
});

describe('a payout', () => {
  const payout = { kind: 'payout', reference: 'bank-1', amount: minor(5_000n), destination: 'ba_1' } as const;

  it('is pending until the bank has it', async () => {
    expect(await submit(payout)).toMatchObject({
      outcome: 'accepted',
      observation: { kind: 'payout', status: 'pending', rawStatus: 'pending', destination: 'ba_1' },
    });
  });

  it('is cancelled while it is pending, and not after', async () => {
    const sent = await object(payout);
    const cancel = { kind: 'cancel_payout', reference: 'cancel-1', object: sent } as const;
    expect(await submit(cancel)).toMatchObject({
      outcome: 'accepted',
      observation: { kind: 'cancel_payout', status: 'succeeded', reference: 'cancel-1' },
    });
    expect(await submit({ ...cancel, reference: 'cancel-2' })).toMatchObject({ code: 'status_transition_invalid' });
  });

  it('of forint is whole', async () => {
    await world.peer.fund('huf', 1_000_000n);
    expect(await submit({ ...payout, amount: minor(1_045n, 'HUF') })).toMatchObject({ code: 'amount_not_payable' });
    expect(await submit({ ...payout, amount: minor(1_000n, 'HUF') })).toMatchObject({ outcome: 'accepted' });
  });
});

it('tells what it can do', () => {
  const { descriptor } = world.provider;
  expect(descriptor).toMatchObject({ id: 'stripe', account: 'acct_platform', mode: 'sandbox' });
  expect(Object.keys(descriptor.operations)).toHaveLength(8);
  expect(descriptor.operations.transfer).toMatchObject({
    idempotency: { mechanism: 'key', retention: { ms: 86_400_000 }, replaysErrors: true, marksReplays: true },
    lookup: { consistency: 'strong' },
  });
});

it('refuses an account or a time-out that is none', async () => {
  const { createStripeProvider } = await import('./index.ts');
  const { stripe } = world;
  expect(() => createStripeProvider({ stripe, account: '', mode: 'live' })).toThrow('account names');
  expect(() => createStripeProvider({ stripe, account: 'acct_1', mode: 'live', timeoutMs: 60_001 })).toThrow(
    'timeoutMs',
  );
});
