import {
  addDuration,
  type Codec,
  type Context,
  type Deadline,
  type Instant,
  laterOf,
  minutes,
  type Needs,
  type RecordDecider,
  recordKey,
  type Seen,
  type Standing,
  type Transfer,
} from '@holdfast/kernel';
import { nextLookup, type Observation } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import {
  COSTS,
  debtsAccount,
  FEES,
  keysIn,
  owedAccount,
  recoveryAccount,
  suspenseAccount,
  transitAccount,
  worldAccount,
} from '../accounts.ts';
import { obligationKeeper } from '../keepers.ts';
import { plainCodec } from '../plain-codec.ts';
import { readCommand } from '../shape.ts';
import { type AnyPayoutCommand, type PayoutCommands, payoutShapes } from './commands.ts';
import { decidePlan } from './decide-plan.ts';
import { decideObservation, decideReport } from './decide-report.ts';
import { decideCancelReversal, decideReverse, decideReverseAgain, decideStartReversal } from './decide-reverse.ts';
import { decideSendAgain, decideStart } from './decide-send.ts';
import type { PayoutEnvironment } from './environment.ts';
import type { PayoutEvent } from './events.ts';
import { evolvePayout } from './evolve.ts';
import { readItems } from './items-metadata.ts';
import { isOpen, type Payout, payoutStatus } from './payout.ts';
import { recheck } from './recheck.ts';
import type { PayoutRefusals } from './refusals.ts';
import { allAttempts, reversalInNeed } from './reversals.ts';
import { HAND_OVER, lookUpTask, sendTask } from './task-names.ts';

/** The records of payouts. */
export type PayoutDecider = RecordDecider<PayoutCommands, Payout, PayoutEvent>;

/**
 * Makes the decider of payouts: what is sent, under which key, and what came of it.
 *
 * @source docs/rules/payouts.md, P-16, P-17, P-19, P-24
 */
export function payoutDecider(environment: PayoutEnvironment): PayoutDecider {
  return {
    kind: 'payout',
    keeps: 'record',
    facts: ['ReportOutcome', 'ReportObservation', 'ReportLookup', 'PresumeSilence', 'Recheck'],
    parse: (command) => readCommand(payoutShapes, command),
    needs: (command, context, seen) => needsOf(command as AnyPayoutCommand, context, seen, environment),
    decide: (seen, command, context) => decidePayout(seen, command as AnyPayoutCommand, context, environment),
    evolve: evolvePayout,
    transfers: transfersOf,
    standing: standingOf,
    codec,
  };
}

function decidePayout(
  seen: Seen,
  command: AnyPayoutCommand,
  context: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], PayoutRefusals[keyof PayoutRefusals]> {
  const { id } = context;
  const payout = seen.record(id) as Payout | undefined;
  switch (command.type) {
    case 'SendPayout':
    case 'LookUpPayout':
      return err({ code: 'payout_worker_needed', command: command.type });
    case 'PlanPayout':
      return decidePlan(seen, command, context, environment);
    case 'ReportObservation':
      return decideObservation(seen, payout, command.observation, context, environment);
  }
  if (!payout) return err({ code: 'payout_unknown', payout: id });
  switch (command.type) {
    case 'StartAttempt': {
      const { reversal } = command;
      if (reversal !== undefined) return decideStartReversal(seen, payout, reversal, context, environment);
      return decideStart(seen, payout, context, environment);
    }
    case 'SendAgain': {
      const { reversal } = command;
      if (reversal !== undefined) return decideReverseAgain(seen, payout, reversal, context, environment);
      return decideSendAgain(seen, payout, context, environment);
    }
    case 'ReversePayout':
      return decideReverse(seen, payout, command, context, environment);
    case 'CancelReversal':
      return decideCancelReversal(payout, command, context, environment);
    case 'CancelPayout': {
      const status = payoutStatus(payout);
      const mayCancel = status === 'due' || status === 'failed';
      return mayCancel ? ok([{ type: 'PayoutCancelled' }]) : err({ code: 'payout_wrong_status', payout: id, status });
    }
    case 'HandOver': {
      const obligations = leavingOf(payout);
      return ok(obligations.length > 0 ? [{ type: 'ItemsHandedOver', obligations }] : []);
    }
    case 'Recheck':
      return ok(recheck(seen, payout));
    default:
      return decideReport(seen, payout, command, context, environment);
  }
}

/** Gives the obligations that a payout is to hand over. */
export function leavingOf({ items }: Payout): readonly string[] {
  return items.filter(({ place }) => place === 'leaving').map(({ obligation }) => obligation);
}

function transfersOf(event: PayoutEvent): readonly Transfer[] {
  return 'transfers' in event ? event.transfers : [];
}

function standingOf(payout: Payout): Standing {
  const status = payoutStatus(payout);
  const held = payout.items.filter(({ place }) => place !== 'gone');
  const objects = allAttempts(payout).flatMap((attempt) =>
    attempt.objects.map(({ object }) => `provider-object:${attempt.provider}:${attempt.account}:${object}`),
  );
  // A reversal that waits for a person is found by it, whatever else is the case with a payout that has come to its end.
  const inNeed = HAS_PAID.has(status) ? reversalInNeed(payout) : undefined;
  const isReversing = payout.reversals?.some((one) => isOpen(payoutStatus(one)) || payoutStatus(one) === 'due');
  return {
    status: inNeed ? `reversal_${inNeed}` : status,
    claims: [...held.map(({ obligation }) => `payout-of:${obligation}`), ...new Set(objects)],
    deadlines: deadlinesOf(payout),
    touches: isOpen(status) || status === 'due' || isReversing ? accountsOf(payout) : [],
  };
}

function deadlinesOf(payout: Payout): readonly Deadline[] {
  const { plannedAt, retryAt = plannedAt } = payout;
  const deadlines: Deadline[] = [];
  if (payoutStatus(payout) === 'due')
    deadlines.push({ name: sendTask(), dueAt: laterOf(plannedAt, retryAt), command: SEND });
  if (leavingOf(payout).length > 0) deadlines.push({ name: HAND_OVER, dueAt: plannedAt, command: SEND });
  for (const { number, askedAt, retryAt: from = askedAt, ...reversal } of payout.reversals ?? [])
    if (payoutStatus(reversal) === 'due')
      deadlines.push({ name: sendTask(number), dueAt: laterOf(askedAt, from), command: SEND });
  for (const attempt of allAttempts(payout)) {
    const { state, sends } = attempt;
    const sentAt = sends.at(-1)?.at ?? attempt.intentAt;
    const dueAt: Instant | undefined = state.status === 'sending' ? addDuration(sentAt, PATIENCE) : nextLookup(attempt);
    if (dueAt !== undefined) deadlines.push({ name: lookUpTask(attempt), dueAt, command: LOOK_UP });
  }
  return deadlines;
}

function needsOf(
  command: AnyPayoutCommand,
  { id }: Context,
  seen: Seen,
  { senders }: PayoutEnvironment,
): Partial<Needs> {
  if (command.type === 'PlanPayout') return needsOfPlan(command, seen);
  const payout = seen.record(id) as Payout | undefined;
  if (payout) {
    const { payee, sender, items } = payout;
    const obligations = items.map(({ obligation }) => recordKey('obligation', obligation));
    return {
      records: [recordKey('payee', payee), recordKey('sender', sender), ...obligations],
      accounts: accountsOf(payout),
    };
  }
  return command.type === 'ReportObservation' ? needsOfAdoption(command.observation, senders) : {};
}

function needsOfPlan(
  { obligations, awaits = [], sender }: PayoutCommands['PlanPayout']['command'],
  seen: Seen,
): Partial<Needs> {
  const records = [...obligations, ...awaits].map((obligation) => recordKey('obligation', obligation));
  const known = seen.recordOf(obligationKeeper, obligations[0] ?? '');
  const base = { records: [...records, recordKey('sender', sender)] };
  if (!known) return base;
  const { payee, currency } = known;
  return {
    records: [...base.records, recordKey('payee', payee)],
    accounts: keysIn(currency, debtsAccount(payee), ...obligations.map(owedAccount)),
  };
}

function needsOfAdoption(
  { metadata, amount, provider, account }: Observation,
  senders: PayoutEnvironment['senders'],
): Partial<Needs> {
  const said = readItems(metadata);
  if (!said || !senders.has(`${provider}.${account}`)) return {};
  const owed = said.obligations.map(owedAccount);
  const places = [debtsAccount(said.payee), worldAccount(provider, account), suspenseAccount(provider)];
  return { accounts: keysIn(amount.currency, ...owed, ...places) };
}

/** Accounts that a command about a payout may touch. */
function accountsOf({ payee, sender, currency, items, attempts, reversals = [] }: Payout): readonly string[] {
  const [provider = '', account = ''] = splitSender(sender);
  const last = attempts.at(-1)?.attempt;
  const numbers = new Set([...attempts.map(({ attempt }) => attempt.number), (last?.number ?? 0) + 1]);
  const payout = last?.payout;
  const transits = payout === undefined ? [] : [...numbers].map((number) => transitAccount(payout, number));
  const recoveries = reversals.flatMap((one) => {
    const tried = one.attempts.map(({ attempt }) => attempt.number);
    const all = payout === undefined ? [] : [...tried, (tried.at(-1) ?? 0) + 1];
    return all.map((number) => recoveryAccount(payout ?? '', one.number, number));
  });
  const owed = items.filter(({ place }) => place !== 'gone').map(({ obligation }) => owedAccount(obligation));
  const places = [debtsAccount(payee), worldAccount(provider, account), suspenseAccount(provider), FEES, COSTS];
  return keysIn(currency, ...owed, ...transits, ...recoveries, ...places);
}

function splitSender(sender: string): readonly string[] {
  const dot = sender.indexOf('.');
  return [sender.slice(0, dot), sender.slice(dot + 1)];
}

/** The transfers stand beside the event in its unit, and are not stored twice. */
const plain = plainCodec<Payout, PayoutEvent>();
const codec: Codec<Payout, PayoutEvent> = {
  ...plain,
  encodeEvent: (event) => {
    if (!('transfers' in event)) return plain.encodeEvent(event);
    const { transfers: _transfers, ...stored } = event;
    return plain.encodeEvent(stored as PayoutEvent);
  },
  decodeEvent: (stored) => {
    const event = plain.decodeEvent(stored);
    return MOVING.has(event.type) ? ({ ...event, transfers: [] } as PayoutEvent) : event;
  },
};

const MOVING: ReadonlySet<PayoutEvent['type']> = new Set([
  'AttemptStepped',
  'PayoutSettled',
  'SuspenseExplained',
  'ReversalStepped',
]);
const HAS_PAID: ReadonlySet<string> = new Set(['paid', 'returned']);
const SEND = { type: 'SendPayout' } as const;
const LOOK_UP = { type: 'LookUpPayout' } as const;
/** After this long without a report a send is presumed to have met silence, and is looked up. */
const PATIENCE = minutes(2);
