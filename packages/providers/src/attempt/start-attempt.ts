import { canonical, type Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Descriptor, OperationPower } from '../port/descriptor.ts';
import type { Operation } from '../port/operation.ts';
import type { Attempt } from './attempt.ts';
import { attemptKey } from './attempt-key.ts';
import { attemptMetadata } from './attempt-metadata.ts';
import type { AttemptStep } from './attempt-step.ts';
import { postingsBetween } from './postings-between.ts';
import type { AttemptNotEnded, KeyStillGood, ProviderNotCapable, SendingClosed } from './refusals.ts';
import type { SendingGate } from './sending-gate.ts';

/** What an attempt is made of. */
export interface AttemptPlan {
  readonly book: string;
  readonly payout: string;
  /** The reversal of the payout that it is of; absent for the payout's own sending. */
  readonly reversal?: number;
  /** The attempt before this one, of the payout or of the same reversal; absent for the first. */
  readonly previous?: Attempt;
  readonly descriptor: Descriptor;
  /** What is asked for; book, payout, attempt and epoch are added to its metadata. */
  readonly operation: Operation;
  /** The provider's own: makes the exact body of an operation. */
  readonly encode: (operation: Operation) => string;
  readonly gate: SendingGate;
  /** How many more business retries the payout has after this attempt. */
  readonly retriesLeft: number;
}

/** Why {@link startAttempt} refuses, in order of precedence. */
export type StartAttemptRefusal = ProviderNotCapable | AttemptNotEnded | KeyStillGood | SendingClosed;

/**
 * Starts an attempt: everything that is sent, stored before it is sent. Only a receipt that says `committed` entitles to make the call.
 *
 * The key advances only after an attempt that has ended with a no. After noes that the provider does not keep it advances only if something
 * else is asked for now; otherwise the attempt itself is sent again.
 *
 * @returns The attempt with its first send, and `to_transit`.
 *
 * @errors
 * - `provider_not_capable`: the provider does not do this kind of operation in this currency.
 * - `attempt_not_ended`: the attempt before is open, paid, returned, or failed and not driven again.
 * - `key_still_good`: the attempt before is due under its own key, and nothing changed.
 * - `sending_closed`: the provider's list has to be adopted first.
 * @source docs/rules/providers.md, PR-1, PR-3
 */
export function startAttempt(plan: AttemptPlan, at: Instant): Result<AttemptStep, StartAttemptRefusal> {
  const { descriptor, gate, operation } = plan;
  const power = descriptor.operations[operation.kind];
  const { code } = operation.amount.currency;
  if (!power || (power.currencies !== 'any' && !power.currencies.includes(code))) {
    return err({ code: 'provider_not_capable', provider: descriptor.id, kind: operation.kind, currency: code });
  }
  const refusal = refusePrevious(plan);
  if (refusal) return err(refusal);
  if (gate.closed) {
    const { provider, account } = gate;
    return err({ code: 'sending_closed', provider, account, because: gate.closed.because });
  }
  // Nothing below refuses.
  const attempt = makeAttempt(plan, power, at);
  return ok({ attempt, postings: postingsBetween(undefined, attempt), keyAdvances: false, alarms: [] });
}

function refusePrevious({
  payout,
  previous,
  descriptor,
  operation,
}: AttemptPlan): AttemptNotEnded | KeyStillGood | undefined {
  if (!previous) return undefined;
  const { number, state } = previous;
  if (state.status !== 'due') return { code: 'attempt_not_ended', payout, number, status: state.status };
  const isSameProvider = previous.provider === descriptor.id && previous.account === descriptor.account;
  if (state.next === 'next_key' || !isSameProvider) return undefined;
  return isSame(previous.operation, operation) ? { code: 'key_still_good', payout, number } : undefined;
}

/** Compares what is asked for; what an attempt adds to the metadata does not count. */
function isSame(stored: Operation, wanted: Operation): boolean {
  const own = new Set(['book', 'payout', 'reversal', 'attempt', 'epoch']);
  const asked = ({ metadata, ...rest }: Operation) => {
    const host = Object.fromEntries(Object.entries(metadata).filter(([name]) => !own.has(name)));
    return canonical({ ...rest, metadata: host });
  };
  return asked(stored) === asked(wanted);
}

function makeAttempt(plan: AttemptPlan, power: OperationPower, at: Instant): Attempt {
  const { book, payout, reversal, previous, descriptor, encode, gate, retriesLeft } = plan;
  const number = previous ? previous.number + 1 : 1;
  const { epoch } = gate;
  const name = { book, payout, ...(reversal === undefined ? {} : { reversal }), number };
  const metadata = { ...plan.operation.metadata, ...attemptMetadata({ ...name, epoch }) };
  const operation: Operation = { ...plan.operation, metadata };
  return {
    ...name,
    key: attemptKey(name),
    epoch,
    provider: descriptor.id,
    account: descriptor.account,
    mode: descriptor.mode,
    power,
    operation,
    body: encode(operation),
    intentAt: at,
    retriesLeft,
    sends: [{ number: 1, at }],
    objects: [],
    lookups: { count: 0 },
    state: { status: 'sending', send: 1 },
    changedAt: at,
  };
}
