import { days, hours, type Instant, minutes } from '@holdfast/kernel';
import { type Money, money, usd } from '@holdfast/money';
import type { Attempt } from '../attempt/attempt.ts';
import { openGate } from '../attempt/sending-gate.ts';
import { type AttemptPlan, startAttempt } from '../attempt/start-attempt.ts';
import type { Descriptor, OperationPower } from '../port/descriptor.ts';
import type { Observation } from '../port/observation.ts';
import type { Operation } from '../port/operation.ts';

/** What a provider with keys for a day and a strong look-up can do. */
export const samplePower: OperationPower = {
  currencies: 'any',
  idempotency: { mechanism: 'key', retention: days(1), replaysErrors: true, marksReplays: true },
  lookup: { consistency: 'strong' },
  inFlightHorizon: minutes(10),
  repairHorizon: hours(24),
};

/** Describes a provider that transfers, with some of its powers changed. */
export function sampleDescriptor(changed: Partial<OperationPower> = {}): Descriptor<'simulated'> {
  return {
    id: 'sample',
    account: 'acct_platform',
    mode: 'simulated',
    operations: { transfer: { ...samplePower, ...changed } },
  };
}

/** Asks for a transfer of 75.00 USD. */
export const sampleOperation: Operation = {
  kind: 'transfer',
  reference: 'booking-7',
  amount: usd('75'),
  destination: 'acct_ann',
  metadata: {},
};

/** Plans the first attempt of a payout. */
export function samplePlan(power: Partial<OperationPower> = {}, changed: Partial<AttemptPlan> = {}): AttemptPlan {
  const descriptor = sampleDescriptor(power);
  return {
    book: 'main',
    payout: 'po-7',
    descriptor,
    operation: sampleOperation,
    encode: (operation) => JSON.stringify([operation.reference, `${operation.amount}`, operation.metadata]),
    gate: openGate({ provider: descriptor.id, account: descriptor.account, mode: descriptor.mode }),
    retriesLeft: 3,
    ...changed,
  };
}

/** Starts that attempt. */
export function sampleAttempt(at: Instant, power: Partial<OperationPower> = {}): Attempt {
  return startAttempt(samplePlan(power), at)._unsafeUnwrap().attempt;
}

/** What the provider says of an attempt that it executed as asked, with some fields changed. */
export function sampleObservation(attempt: Attempt, changed: Partial<Observation> = {}): Observation {
  const { provider, account, mode, operation, intentAt } = attempt;
  const { kind, reference, amount, destination, metadata } = operation;
  return {
    provider,
    account,
    mode,
    kind,
    object: `tr_${attempt.payout}_${attempt.number}`,
    status: 'succeeded',
    rawStatus: 'succeeded',
    reference,
    metadata,
    amount,
    ...(destination === undefined ? {} : { destination }),
    returns: [],
    createdAt: intentAt,
    ...changed,
  };
}

/** An amount in the currency of the sample, of minor units. */
export function cents(minor: number): Money<'USD'> {
  return money(BigInt(minor), usd);
}
