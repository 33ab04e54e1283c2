import {
  accountKey,
  type Context,
  type FreeText,
  freeText,
  type Needs,
  type RecordDecider,
  recordKey,
  type Seen,
  type TextReference,
} from '@holdfast/kernel';
import {
  adoptAttempt,
  applyLookup,
  applyObservation,
  applyOutcome,
  type Provider,
  presumeSilence,
  readAttemptMark,
} from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { adoptCharge, claimAdopted } from './adopt-charge.ts';
import { applyAssertion } from './apply-assertion.ts';
import { withDisputes } from './bank-disputes.ts';
import { type Charge, chargeStatus, isPayment } from './charge.ts';
import { chargeCodec } from './charge-codec.ts';
import type {
  AdoptCharge,
  AnyChargeCommand,
  ChargeCommands,
  ChargeReport,
  NoteBankDispute,
} from './charge-commands.ts';
import { deadlinesOf, untold } from './charge-deadlines.ts';
import { chargeSenderId } from './charge-gate.ts';
import { decideOperator, isOperators, type OperatorCommand } from './decide-operator.ts';
import { decideAgain, decideStart } from './decide-sending.ts';
import { parseChargeCommand } from './parse-charge-command.ts';
import { CARDS, owedAgainOf, type SettledCharge, settleCharge, suspenseOf } from './settle-charge.ts';

/** What happened to a charge: every change is all of it, so that nothing is forgotten. Stored without the transfers, since the unit's entry beside it has them. */
export interface ChargeStepped extends SettledCharge {
  readonly type:
    | 'ChargeStarted'
    | 'ChargeSentAgain'
    | 'ChargeHeardOf'
    | 'ChargeAsserted'
    | 'ChargeAdopted'
    | 'ChargeClaimed'
    | 'SurplusGivenBack'
    | 'BankDisputeNoted';
  /** What an operator has said. */
  readonly says?: 'made' | 'absent' | 'again' | 'give_back';
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
    facts: ['AdoptCharge', 'ReportChargeOutcome', 'ReportChargeObservation', 'ReportChargeLookup'],
    parse: parseChargeCommand,
    needs: (command, { id }, seen) =>
      needsOf(command as AnyChargeCommand, seen.record(id) as Charge | undefined, environment),
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
function needsOf(
  command: AnyChargeCommand,
  charge: Charge | undefined,
  { provider: { descriptor } }: ChargeEnvironment,
): Partial<Needs> {
  const gate = { records: [recordKey('sender', chargeSenderId(descriptor))] };
  if (command.type === 'SendChargeAgain') return gate;
  if (command.type === 'StartCharge') {
    const { allOf, amount } = command;
    return allOf === undefined ? gate : { ...gate, accounts: [accountKey(allOf, amount.currency.code)] };
  }
  if (command.type === 'AdoptCharge' || command.type === 'ClaimAdopted') {
    const { code } = ('amount' in command ? command.amount : command.observation.amount).currency;
    return { accounts: [CARDS, suspenseOf({ provider: descriptor.id })].map((name) => accountKey(name, code)) };
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
  if (command.type === 'AdoptCharge') return decideAdopt(known, { command, context, environment });
  if (!known) return err({ code: 'charge_unknown', charge: id });
  if (command.type === 'SendChargeAgain') return decideAgain(seen, known, { context, environment });
  if (command.type === 'ClaimAdopted')
    return claimAdopted(known, command, id).map((settled) => [{ type: 'ChargeClaimed', ...settled }]);
  if (command.type === 'GiveBackSurplus') {
    const { object, refund, why } = command;
    const one = known.surplus.find((surplus) => surplus.object === object);
    if (!one || one.refund !== undefined) return err({ code: 'surplus_unknown', charge: id, object });
    const surplus = known.surplus.map((other) => (other === one ? { ...one, refund } : other));
    const charge = { ...known, surplus };
    if (why === undefined) return ok([{ type: 'SurplusGivenBack', charge, transfers: [] }]);
    return ok([{ type: 'ChargeAsserted', says: 'give_back', why: freeText(why), charge, transfers: [] }]);
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

function decideAdopt(
  known: Charge | undefined,
  {
    command,
    context: { id, at },
    environment: { book, provider },
  }: { readonly command: AdoptCharge; readonly context: Context; readonly environment: ChargeEnvironment },
): Decided {
  if (known) return err({ code: 'charge_exists', charge: id });
  const power = provider.descriptor.operations[command.observation.kind];
  const adopted = power && adoptCharge(command, { book, power, at });
  return adopted ? ok([{ type: 'ChargeAdopted', ...adopted }]) : err({ code: 'charge_unknown', charge: id });
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
