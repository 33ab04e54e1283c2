import {
  accountKey,
  type Context,
  type FreeText,
  type Needs,
  type RecordDecider,
  type Seen,
  type TextReference,
} from '@holdfast/kernel';
import {
  type Attempt,
  type AttemptStep,
  adoptAttempt,
  applyLookup,
  applyObservation,
  applyOutcome,
  type Operation,
  openGate,
  type Provider,
  presumeSilence,
  readAttemptMark,
  sendAgain,
  startAttempt,
} from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { applyAssertion } from './apply-assertion.ts';
import { withDisputes } from './bank-disputes.ts';
import { type Charge, chargeStatus, isPayment, leadingAttempt } from './charge.ts';
import { chargeCodec } from './charge-codec.ts';
import type {
  AnyChargeCommand,
  ChargeCommands,
  ChargeReport,
  NoteBankDispute,
  StartCharge,
} from './charge-commands.ts';
import { deadlinesOf, sendAt, untold } from './charge-deadlines.ts';
import { decideOperator, isOperators, type OperatorCommand } from './decide-operator.ts';
import { parseChargeCommand } from './parse-charge-command.ts';
import { CARDS, owedAgainOf, type SettledCharge, settleCharge, suspenseOf } from './settle-charge.ts';

/** What happened to a charge: every change is all of it, so that nothing is forgotten. Stored without the transfers, since the unit's entry beside it has them. */
export interface ChargeStepped extends SettledCharge {
  readonly type:
    | 'ChargeStarted'
    | 'ChargeSentAgain'
    | 'ChargeHeardOf'
    | 'ChargeAsserted'
    | 'SurplusGivenBack'
    | 'BankDisputeNoted';
  /** What an operator has said. */
  readonly says?: 'made' | 'absent' | 'again';
  /** Why the operator has said it. */
  readonly why?: FreeText | TextReference;
}

/** The records of charges and refunds. */
export type ChargeDecider = RecordDecider<ChargeCommands, Charge, ChargeStepped>;

/** What a charge is decided with. */
export interface ChargeEnvironment {
  readonly book: string;
  readonly provider: Pick<Provider, 'descriptor' | 'encode'>;
}

/**
 * Makes the decider of charges and refunds. What a charge was for happens in the same unit in which it is found to have succeeded, by whoever that is of; here its
 * attempts are kept, by the rules of `@holdfast/providers`: stored before they are sent, one key until the provider has said no under it. The only money that it
 * moves itself is what moved once too often.
 */
export function chargeDecider(environment: ChargeEnvironment): ChargeDecider {
  return {
    kind: 'charge',
    keeps: 'record',
    facts: ['ReportChargeOutcome', 'ReportChargeObservation', 'ReportChargeLookup'],
    parse: parseChargeCommand,
    needs: (command, { id }, seen) => needsOf(command as AnyChargeCommand, seen.record(id) as Charge | undefined),
    decide: (seen, command, context) => decideCharge(seen, command as AnyChargeCommand, context, environment),
    evolve: (_, { charge }) => charge,
    transfers: ({ transfers }) => transfers,
    standing: (charge) => ({
      status: statusOf(charge),
      claims: [],
      deadlines: deadlinesOf(charge),
      touches: [],
    }),
    codec: chargeCodec,
  };
}

/** What has succeeded is found by the provider's object. */
function statusOf(charge: Charge): string {
  const status = chargeStatus(charge);
  return status === 'succeeded' ? `succeeded.${charge.settledBy}` : status;
}

/** Only a report can find that too much has moved; it may be in any currency that the provider tells of. */
function needsOf(command: AnyChargeCommand, charge: Charge | undefined): Partial<Needs> {
  if (command.type === 'StartCharge') {
    const { allOf, amount } = command;
    return allOf === undefined ? {} : { accounts: [accountKey(allOf, amount.currency.code)] };
  }
  if (command.type === 'NoteBankDispute') {
    const { account, balance } = command.expects ?? {};
    return account === undefined || !balance ? {} : { accounts: [accountKey(account, balance.currency.code)] };
  }
  const attempt = charge?.attempts.at(-1);
  if (!charge || !attempt || !(isReport(command) || isOperators(command))) return {};
  const told = isReport(command) ? observationsOf(command).map(({ amount }) => amount.currency.code) : [];
  const codes = new Set([attempt.operation.amount.currency.code, ...told]);
  const names = [CARDS, suspenseOf(attempt), ...(isPayment(charge) ? [] : [owedAgainOf(attempt)])];
  return { accounts: [...codes].flatMap((code) => names.map((name) => accountKey(name, code))) };
}

function observationsOf(report: ChargeReport) {
  switch (report.type) {
    case 'ReportChargeOutcome':
      return 'observation' in report.outcome && report.outcome.observation ? [report.outcome.observation] : [];
    case 'ReportChargeObservation':
      return [report.observation];
    case 'ReportChargeLookup':
      return report.lookup.found;
    case 'ApplyAssertion':
      return [];
  }
}

type Decided = Result<readonly ChargeStepped[], ChargeCommands[keyof ChargeCommands]['refusal']>;

function decideCharge(
  seen: Seen,
  command: AnyChargeCommand,
  context: Context,
  environment: ChargeEnvironment,
): Decided {
  const { id, at } = context;
  const known = seen.record(id) as Charge | undefined;
  if (command.type === 'StartCharge') return decideStart(seen, known, { command, context, environment });
  if (!known) return err({ code: 'charge_unknown', charge: id });
  if (command.type === 'SendChargeAgain') return decideAgain(known, context, environment);
  if (command.type === 'GiveBackSurplus') {
    const { object, refund } = command;
    const one = known.surplus.find((surplus) => surplus.object === object);
    if (!one || one.refund !== undefined) return err({ code: 'surplus_unknown', charge: id, object });
    const surplus = known.surplus.map((other) => (other === one ? { ...one, refund } : other));
    return ok([{ type: 'SurplusGivenBack', charge: { ...known, surplus }, transfers: [] }]);
  }
  if (command.type === 'NoteBankDispute') return decideNote(seen, known, { command, id });
  if (isOperators(command)) return decideOperator(known, command as OperatorCommand, context);
  if (command.type === 'PresumeChargeSilence') {
    const { attempt: number, sentBefore } = command;
    const attempt = known.attempts.find((one) => one.number === number);
    if (!attempt) return err({ code: 'charge_unknown', charge: id });
    return ok([heardOf(settleCharge(known, presumeSilence(attempt, sentBefore, at).attempt, at))]);
  }
  return ok([heardOf(afterReport(known, command as ChargeReport, at, environment))]);
}

function decideNote(
  seen: Seen,
  known: Charge,
  { command, id }: { readonly command: NoteBankDispute; readonly id: string },
): Decided {
  const { dispute: name, standing, took, expects } = command;
  const one = untold(known).find((dispute) => dispute.id === name && dispute.standing === standing);
  if (!one) return err({ code: 'bank_dispute_moved', charge: id, dispute: name });
  if (expects && seen.balance(expects.account, expects.balance.currency.code) !== expects.balance.minor)
    return err({ code: 'amount_moved', account: expects.account, amount: expects.balance });
  const noted = { ...one, told: standing, ...(took === undefined ? {} : { took }) };
  const disputes = known.disputes.map((other) => (other === one ? noted : other));
  return ok([{ type: 'BankDisputeNoted', charge: { ...known, disputes }, transfers: [] }]);
}

function heardOf(settled: SettledCharge): ChargeStepped {
  return { type: 'ChargeHeardOf', ...settled };
}

function isReport(command: AnyChargeCommand): command is ChargeReport {
  return command.type.startsWith('ReportCharge') || command.type === 'ApplyAssertion';
}

/** Gives a charge as a report leaves it. Each report names its attempt, or its observation does: what is heard of an old one is never taken for the newest's. */
export function afterReport(
  charge: Charge,
  report: ChargeReport,
  at: string,
  environment: ChargeEnvironment,
): SettledCharge {
  const after = stepped(charge, report, at, environment);
  return { ...after, charge: withDisputes(after.charge, observationsOf(report), at) };
}

function stepped(
  charge: Charge,
  report: ChargeReport,
  at: string,
  { book, provider }: ChargeEnvironment,
): SettledCharge {
  switch (report.type) {
    case 'ReportChargeOutcome': {
      const attempt = charge.attempts.find(({ number }) => number === report.attempt);
      return attempt ? settleCharge(charge, applyOutcome(attempt, report, at).attempt, at) : { charge, transfers: [] };
    }
    case 'ReportChargeObservation': {
      const { observation } = report;
      const mark = readAttemptMark(observation);
      const attempt = charge.attempts.find(({ number }) => number === mark?.number);
      if (attempt) return settleCharge(charge, applyObservation(attempt, observation, at).attempt, at);
      // Of a restored book: the attempt was made after the instant from which it goes on.
      const power = provider.descriptor.operations[observation.kind];
      const adopted = mark && power && adoptAttempt({ book, power, observation }, at);
      return adopted?.isOk() ? settleCharge(charge, adopted.value.attempt, at) : { charge, transfers: [] };
    }
    case 'ReportChargeLookup':
      // All attempts have one reference, so one look-up speaks of all of them.
      return charge.attempts.reduce(
        (before: SettledCharge, attempt) => {
          const { step } = applyLookup(attempt, report, at);
          const after = settleCharge(before.charge, step.attempt, at);
          return { charge: after.charge, transfers: [...before.transfers, ...after.transfers] };
        },
        { charge, transfers: [] },
      );
    case 'ApplyAssertion':
      return applyAssertion(charge, at);
  }
}

function decideStart(
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
  return startAttempt(planOf(id, command, environment), at).map(({ attempt }) => [
    {
      type: 'ChargeStarted',
      charge: { for: command.for, attempts: [attempt], surplus: [], disputes: [] },
      transfers: [],
    },
  ]);
}

/** Sends the same key and bytes again where that is safe, and the next key where the provider has ended this one with a no. */
function decideAgain(known: Charge, { id, at }: Pick<Context, 'id' | 'at'>, environment: ChargeEnvironment): Decided {
  const attempt = leadingAttempt(known);
  const notBefore = sendAt(known);
  const refuse = (why: string) => err({ code: 'charge_not_sendable', charge: id, why } as const);
  if (known.settledBy !== undefined) return refuse('settled');
  if (attempt.state.status === 'due' && notBefore === undefined) return refuse('declined');
  if (notBefore !== undefined && at < notBefore) return refuse('send_too_early');
  const step: Result<AttemptStep, { readonly code: string }> =
    attempt.state.status === 'due' && attempt.state.next === 'next_key'
      ? startAttempt({ ...planAgain(id, known, attempt, environment), previous: attempt }, at)
      : sendAgain(attempt, { gate: openGate(attempt), eligible: !isGivenUp(known, attempt) }, at);
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
  const gate = openGate({ provider: descriptor.id, account: descriptor.account, mode: descriptor.mode });
  const retriesLeft = Math.max(0, MOST_RETRIES - spent);
  return { book, payout: `charge.${id}`, descriptor, operation, encode, gate, retriesLeft };
}

const MOST_RETRIES = 3;
