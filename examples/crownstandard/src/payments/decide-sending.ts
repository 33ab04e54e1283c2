import type { Context, Seen } from '@holdfast/kernel';
import { type Attempt, type AttemptStep, type Operation, sendAgain, startAttempt } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { type Charge, isPayment, leadingAttempt } from './charge.ts';
import type { ChargeCommands, StartCharge } from './charge-commands.ts';
import { sendAt } from './charge-deadlines.ts';
import type { ChargeEnvironment, ChargeStepped } from './charge-decider.ts';
import { chargeGate } from './charge-gate.ts';
import { settleCharge } from './settle-charge.ts';

type Decided = Result<readonly ChargeStepped[], ChargeCommands['StartCharge' | 'SendChargeAgain']['refusal']>;

/** Stores the intent of a charge, with everything that is sent. */
export function decideStart(
  seen: Seen,
  known: Charge | undefined,
  {
    command,
    context: { id, at },
    environment,
  }: { readonly command: StartCharge; readonly context: Context; readonly environment: ChargeEnvironment },
): Decided {
  if (known) return err({ code: 'charge_exists', charge: id });
  const { allOf: account, amount } = command;
  if (account !== undefined && seen.balance(account, amount.currency.code) !== amount.minor)
    return err({ code: 'amount_moved', account, amount });
  const gate = chargeGate(seen, environment.provider.descriptor);
  return startAttempt({ ...planOf(id, command, environment), gate }, at).map(({ attempt }) => [
    {
      type: 'ChargeStarted',
      charge: { for: command.for, attempts: [attempt], surplus: [], disputes: [] },
      transfers: [],
    },
  ]);
}

/** Sends the same key and bytes again where that is safe, and the next key where the provider has ended this one with a no. */
export function decideAgain(
  seen: Seen,
  known: Charge,
  {
    context: { id, at },
    environment,
  }: { readonly context: Pick<Context, 'id' | 'at'>; readonly environment: ChargeEnvironment },
): Decided {
  const attempt = leadingAttempt(known);
  const notBefore = sendAt(known);
  const refuse = (why: string) => err({ code: 'charge_not_sendable', charge: id, why } as const);
  if (known.settledBy !== undefined) return refuse('settled');
  if (attempt.state.status === 'due' && notBefore === undefined) return refuse('declined');
  if (notBefore !== undefined && at < notBefore) return refuse('send_too_early');
  const gate = chargeGate(seen, environment.provider.descriptor);
  const step: Result<AttemptStep, { readonly code: string }> =
    attempt.state.status === 'due' && attempt.state.next === 'next_key'
      ? startAttempt({ ...planAgain(id, known, attempt, environment), gate, previous: attempt }, at)
      : sendAgain(attempt, { gate, eligible: !isGivenUp(known, attempt) }, at);
  if (step.isErr()) return refuse(step.error.code);
  return ok([{ type: 'ChargeSentAgain', ...settleCharge(known, step.value.attempt, at) }]);
}

/** What the card has declined once is not asked for again. */
function isGivenUp(charge: Charge, { sends }: Attempt): boolean {
  return isPayment(charge) && sends.some(({ answer }) => answer?.kind === 'stored_no' && answer.advice === 'stop');
}

function planOf(id: string, { for: about, amount, object }: StartCharge, environment: ChargeEnvironment) {
  const operation: Operation = {
    kind: isPayment({ for: about }) ? 'collect' : 'refund',
    reference: id,
    amount,
    ...(object === undefined ? {} : { object }),
    metadata: { charge: id },
  };
  return plan(id, operation, environment);
}

function planAgain(id: string, { attempts }: Charge, { operation }: Attempt, environment: ChargeEnvironment) {
  const { book: _book, payout: _payout, attempt: _attempt, epoch: _epoch, ...metadata } = operation.metadata;
  const spent = attempts.filter(({ state }) => state.status === 'due' && state.spendsRetry).length;
  return plan(id, { ...operation, metadata }, environment, spent);
}

function plan(id: string, operation: Operation, { book, provider }: ChargeEnvironment, spent = 0) {
  const { descriptor, encode } = provider;
  const retriesLeft = Math.max(0, MOST_RETRIES - spent);
  return { book, payout: `charge.${id}`, descriptor, operation, encode, retriesLeft };
}

const MOST_RETRIES = 3;
