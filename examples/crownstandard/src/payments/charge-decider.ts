import {
  accountKey,
  type Codec,
  type Context,
  type Instant,
  type Json,
  type RecordDecider,
  type Seen,
} from '@holdfast/kernel';
import {
  type Attempt,
  type AttemptStep,
  applyLookup,
  applyObservation,
  applyOutcome,
  decodeAttempt,
  encodeAttempt,
  nextLookup,
  type Operation,
  openGate,
  type Provider,
  sendAgain,
  startAttempt,
} from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { type Charge, chargeStatus } from './charge.ts';
import {
  type AnyChargeCommand,
  type ChargeCommands,
  type ChargeReport,
  parseChargeCommand,
  type StartCharge,
} from './charge-commands.ts';

/** What happened to a charge: every change is a whole attempt, so that nothing of it is forgotten. */
export interface ChargeStepped {
  readonly type: 'ChargeStarted' | 'ChargeSentAgain' | 'ChargeHeardOf';
  readonly charge: Charge;
}

/** The records of charges and refunds. */
export type ChargeDecider = RecordDecider<ChargeCommands, Charge, ChargeStepped>;

/** What a charge is decided with. */
export interface ChargeEnvironment {
  readonly book: string;
  readonly provider: Pick<Provider, 'descriptor' | 'encode'>;
}

/**
 * Makes the decider of charges and refunds. It moves no money of the book: the booking does, in the same unit in which a charge is found to have
 * succeeded. What it keeps is the attempt, by the rules of `@holdfast/providers`: stored before it is sent, one key until the provider has said no under it.
 */
export function chargeDecider(environment: ChargeEnvironment): ChargeDecider {
  return {
    kind: 'charge',
    keeps: 'record',
    facts: ['ReportChargeOutcome', 'ReportChargeObservation', 'ReportChargeLookup'],
    parse: parseChargeCommand,
    needs: (command) => {
      const { allOf, amount } = command as Partial<StartCharge>;
      return allOf === undefined || !amount ? {} : { accounts: [accountKey(allOf, amount.currency.code)] };
    },
    decide: (seen, command, context) => decideCharge(seen, command as AnyChargeCommand, context, environment),
    evolve: (_, { charge }) => charge,
    transfers: () => [],
    standing: (charge) => {
      const look = nextLookup(charge.attempt);
      const due = charge.attempt.state.status === 'due' && chargeStatus(charge) === 'sending';
      return {
        status: chargeStatus(charge),
        claims: [],
        deadlines: [
          ...(look === undefined ? [] : [{ name: 'look-up', dueAt: look, command: { type: 'LookUpCharge' } }]),
          ...(due ? [{ name: 'send', dueAt: charge.attempt.changedAt, command: { type: 'SendChargeAgain' } }] : []),
        ],
        touches: [],
      };
    },
    codec,
  };
}

type Decided = Result<readonly ChargeStepped[], ChargeCommands[keyof ChargeCommands]['refusal']>;

function decideCharge(
  seen: Seen,
  command: AnyChargeCommand,
  { id, at }: Context,
  environment: ChargeEnvironment,
): Decided {
  const known = seen.record(id) as Charge | undefined;
  if (command.type === 'StartCharge') {
    if (known) return err({ code: 'charge_exists', charge: id });
    const { allOf: account, amount } = command;
    if (account !== undefined && seen.balance(account, amount.currency.code) !== amount.minor)
      return err({ code: 'amount_moved', account, amount });
    const started = startAttempt(planOf(id, command, environment), at);
    return started.map(({ attempt }) => [{ type: 'ChargeStarted', charge: { for: command.for, attempt } }]);
  }
  if (!known) return err({ code: 'charge_unknown', charge: id });
  return command.type === 'SendChargeAgain'
    ? decideAgain(known, { id, at }, environment)
    : ok([{ type: 'ChargeHeardOf', charge: afterReport(known, command, at) }]);
}

/** Gives a charge as a report leaves it. */
export function afterReport(charge: Charge, report: ChargeReport, at: Instant): Charge {
  return { ...charge, attempt: stepOf(charge, report, at).attempt };
}

function stepOf({ attempt }: Charge, report: ChargeReport, at: Instant): AttemptStep {
  switch (report.type) {
    case 'ReportChargeOutcome':
      return applyOutcome(attempt, report, at);
    case 'ReportChargeObservation':
      return applyObservation(attempt, report.observation, at);
    case 'ReportChargeLookup':
      return applyLookup(attempt, report, at).step;
  }
}

/** Sends the same key and bytes again where that is safe, and the next key where the provider has ended this one with a no. */
function decideAgain(known: Charge, { id, at }: Pick<Context, 'id' | 'at'>, environment: ChargeEnvironment): Decided {
  const { attempt } = known;
  const step: Result<AttemptStep, { readonly code: string }> =
    attempt.state.status === 'due' && attempt.state.next === 'next_key'
      ? startAttempt({ ...planAgain(id, attempt, environment), previous: attempt }, at)
      : sendAgain(attempt, { gate: openGate(attempt), eligible: true }, at);
  if (step.isErr()) return err({ code: 'charge_not_sendable', charge: id, why: step.error.code });
  return ok([{ type: 'ChargeSentAgain', charge: { ...known, attempt: step.value.attempt } }]);
}

function planOf(id: string, { for: about, amount, object }: StartCharge, environment: ChargeEnvironment) {
  const operation: Operation = {
    kind: about.what === 'refund' ? 'refund' : 'collect',
    reference: id,
    amount,
    ...(object === undefined ? {} : { object }),
    metadata: { charge: id },
  };
  return plan(id, operation, environment);
}

function planAgain(id: string, { operation }: Attempt, environment: ChargeEnvironment) {
  const { book: _book, payout: _payout, attempt: _attempt, epoch: _epoch, ...metadata } = operation.metadata;
  return plan(id, { ...operation, metadata }, environment);
}

function plan(id: string, operation: Operation, { book, provider }: ChargeEnvironment) {
  const { descriptor, encode } = provider;
  const gate = openGate({ provider: descriptor.id, account: descriptor.account, mode: descriptor.mode });
  return { book, payout: `charge.${id}`, descriptor, operation, encode, gate, retriesLeft: 3 };
}

const codec: Codec<Charge, ChargeStepped> = {
  encodeState: writeCharge,
  decodeState: readCharge,
  encodeEvent: ({ type, charge }) => ({ type, version: 1, data: writeCharge(charge) }),
  decodeEvent: ({ type, data }) => ({ type: type as ChargeStepped['type'], charge: readCharge(data) }),
};

function writeCharge({ for: about, attempt }: Charge): Json {
  return { for: about as unknown as Json, attempt: encodeAttempt(attempt) };
}

function readCharge(json: Json): Charge {
  const { for: about, attempt } = json as { readonly for: Charge['for']; readonly attempt: Json };
  return { for: about, attempt: decodeAttempt(attempt) };
}
