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
import { decideSendAgain, decideStart } from './decide-send.ts';
import type { PayoutEnvironment } from './environment.ts';
import type { PayoutEvent } from './events.ts';
import { evolvePayout } from './evolve.ts';
import { readItems } from './items-metadata.ts';
import { isOpen, type Payout, payoutStatus } from './payout.ts';
import { recheck } from './recheck.ts';
import type { PayoutRefusals } from './refusals.ts';

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
    case 'StartAttempt':
      return decideStart(seen, payout, context, environment);
    case 'SendAgain':
      return decideSendAgain(seen, payout, context, environment);
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
  const objects = payout.attempts.flatMap(({ attempt }) =>
    attempt.objects.map(({ object }) => `provider-object:${attempt.provider}:${attempt.account}:${object}`),
  );
  return {
    status,
    claims: [...held.map(({ obligation }) => `payout-of:${obligation}`), ...new Set(objects)],
    deadlines: deadlinesOf(payout),
    touches: isOpen(status) || status === 'due' ? accountsOf(payout) : [],
  };
}

function deadlinesOf(payout: Payout): readonly Deadline[] {
  const { plannedAt, retryAt = plannedAt, attempts } = payout;
  const deadlines: Deadline[] = [];
  if (payoutStatus(payout) === 'due')
    deadlines.push({ name: 'send', dueAt: laterOf(plannedAt, retryAt), command: SEND });
  if (leavingOf(payout).length > 0) deadlines.push({ name: 'hand-over', dueAt: plannedAt, command: SEND });
  for (const { attempt } of attempts) {
    const { state, sends, number } = attempt;
    const sentAt = sends.at(-1)?.at ?? attempt.intentAt;
    const dueAt: Instant | undefined = state.status === 'sending' ? addDuration(sentAt, PATIENCE) : nextLookup(attempt);
    if (dueAt !== undefined) deadlines.push({ name: `look-up-${number}`, dueAt, command: LOOK_UP });
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
function accountsOf({ payee, sender, currency, items, attempts }: Payout): readonly string[] {
  const [provider = '', account = ''] = splitSender(sender);
  const last = attempts.at(-1)?.attempt;
  const numbers = new Set([...attempts.map(({ attempt }) => attempt.number), (last?.number ?? 0) + 1]);
  const payout = last?.payout;
  const transits = payout === undefined ? [] : [...numbers].map((number) => transitAccount(payout, number));
  const owed = items.filter(({ place }) => place !== 'gone').map(({ obligation }) => owedAccount(obligation));
  const places = [debtsAccount(payee), worldAccount(provider, account), suspenseAccount(provider), FEES, COSTS];
  return keysIn(currency, ...owed, ...transits, ...places);
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

const MOVING: ReadonlySet<PayoutEvent['type']> = new Set(['AttemptStepped', 'PayoutSettled', 'SuspenseExplained']);
const SEND = { type: 'SendPayout' } as const;
const LOOK_UP = { type: 'LookUpPayout' } as const;
/** After this long without a report a send is presumed to have met silence, and is looked up. */
const PATIENCE = minutes(2);
