import {
  type Context,
  Defect,
  type Instant,
  laterOf,
  type Needs,
  type RecordDecider,
  recordKey,
  type Seen,
  type Standing,
  type Transfer,
} from '@holdfast/kernel';
import { add, isZero, subtract } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { isSameHold } from '../../eligibility/hold.ts';
import type { PayoutPolicy } from '../../eligibility/policy.ts';
import { debtsAccount, FX, keysIn, owedAccount } from '../accounts.ts';
import { holdOf, withHold, withoutHold } from '../holds.ts';
import { payoutKeeper } from '../keepers.ts';
import { plainCodec } from '../plain-codec.ts';
import { readCommand } from '../shape.ts';
import { bundleOf } from './bundle.ts';
import { type AnyObligationCommand, type ObligationCommands, obligationShapes } from './commands.ts';
import { decideEarn, decidePromiseTip, planAtOf } from './decide-earn.ts';
import { decideRefund } from './decide-refund.ts';
import type { ObligationEvent } from './events.ts';
import type { EarnedObligation, Obligation } from './obligation.ts';
import type { ObligationRefusals } from './refusals.ts';

/** The records of obligations. */
export type ObligationDecider = RecordDecider<ObligationCommands, Obligation, ObligationEvent>;

/**
 * Makes the decider of obligations: what payees have earned, and when it is to be paid.
 *
 * @source docs/rules/payouts.md, P-13, P-14, P-15
 */
export function obligationDecider(policy: PayoutPolicy): ObligationDecider {
  return {
    kind: 'obligation',
    keeps: 'record',
    parse: (command) => readCommand(obligationShapes, command),
    needs: (command, context, seen) => needsOf(command as AnyObligationCommand, context, seen),
    decide: (seen, command, context) => decideObligation(seen, command as AnyObligationCommand, context, policy),
    evolve: evolveObligation,
    transfers: transfersOf,
    standing: (state) => standingOf(state, policy),
    codec: plainCodec(),
  };
}

type Decided = Result<readonly ObligationEvent[], ObligationRefusals[keyof ObligationRefusals]>;

function decideObligation(seen: Seen, command: AnyObligationCommand, context: Context, policy: PayoutPolicy): Decided {
  const { id, at } = context;
  if (command.type === 'Earn') return decideEarn(seen, command, context, policy);
  if (command.type === 'RefundObligation') return decideRefund(seen, command, context);
  if (command.type === 'PlanObligation') return err({ code: 'payout_worker_needed', command: command.type });
  const known = seen.record(id) as Obligation | undefined;
  if (command.type === 'PromiseTip') return decidePromiseTip(known, command, context, policy);
  if (!known) return err({ code: 'obligation_unknown', obligation: id });
  if (command.type === 'AddHold') return ok([{ type: 'ObligationHeld', hold: holdOf(command, at) }]);
  if (command.type === 'ReleaseHold') {
    const { type: _type, ...hold } = command;
    if (!known.holds.some((one) => isSameHold(one, hold)))
      return err({ code: 'payout_hold_unknown', reason: hold.reason, reference: hold.reference ?? null });
    return ok([{ type: 'ObligationReleased', hold, ...planAtOf(policy.schedule, known.eligibleAt, at) }]);
  }
  if (known.status === 'promised') return err({ code: 'obligation_not_open', obligation: id, status: known.status });
  if (command.type === 'ExpectFunds') return ok([{ type: 'FundsExpected', at: command.at }]);
  if (command.type === 'Reopen') return decideReopen(seen, known, context, policy);
  if (known.status === 'taken') return err({ code: 'obligation_not_open', obligation: id, status: known.status });
  if (command.type === 'RequestPayout') return ok([{ type: 'PayoutRequested', planAt: laterOf(known.eligibleAt, at) }]);
  const { payout } = command;
  const has = seen
    .recordOf(payoutKeeper, payout)
    ?.items.some((item) => item.obligation === id && item.place !== 'gone');
  if (!has) return err({ code: 'payout_disagrees', obligation: id, payout });
  return ok([{ type: 'ObligationTaken', payout }]);
}

function decideReopen(seen: Seen, known: EarnedObligation, { id, at }: Context, policy: PayoutPolicy): Decided {
  const { payout } = known;
  if (known.status === 'open' || payout === undefined)
    return err({ code: 'obligation_not_open', obligation: id, status: known.status });
  const still = seen
    .recordOf(payoutKeeper, payout)
    ?.items.some((item) => item.obligation === id && item.place !== 'gone');
  if (still) return err({ code: 'payout_disagrees', obligation: id, payout });
  return ok([{ type: 'ObligationReopened', ...planAtOf(policy.schedule, known.eligibleAt, at) }]);
}

function evolveObligation(state: Obligation | undefined, event: ObligationEvent): Obligation {
  if (event.type === 'TipPromised') return event.tip;
  if (event.type === 'ObligationEarned') return event.obligation;
  if (!state) throw new Defect(`${event.type} of an obligation that was never earned`);
  if (event.type === 'ObligationHeld') return { ...state, holds: withHold(state.holds, event.hold) };
  if (event.type === 'ObligationReleased') {
    const holds = withoutHold(state.holds, event.hold);
    return state.status === 'promised' ? { ...state, holds } : { ...replan(state, event.planAt), holds };
  }
  if (state.status === 'promised') throw new Defect(`${event.type} of a tip that was only promised`);
  switch (event.type) {
    case 'ObligationRefunded': {
      const { amount, fromOwed, conversion } = event;
      const refunded = add(state.refunded, amount);
      const lent = add(state.lent, subtract(amount, fromOwed));
      return { ...state, refunded, lent, ...(conversion ? { conversion } : {}) };
    }
    case 'FundsExpected':
      return { ...state, fundsAvailableAt: event.at };
    case 'PayoutRequested':
      return replan(state, event.planAt);
    case 'ObligationTaken':
      return { ...state, status: 'taken', payout: event.payout };
    case 'ObligationReopened': {
      const { payout: _payout, ...open } = state;
      return { ...replan(open, event.planAt), status: 'open' };
    }
  }
}

function replan(state: EarnedObligation, planAt: Instant | undefined): EarnedObligation {
  return planAt === undefined ? state : { ...state, planAt };
}

function transfersOf(event: ObligationEvent): readonly Transfer[] {
  if (event.type === 'ObligationEarned') {
    const { obligation, owed, from } = event;
    if (from === undefined) return [];
    const { earned: amount, conversion } = obligation;
    if (!conversion) return [{ from, to: owed, amount, kind: 'earning' }];
    return [
      { from, to: FX, amount: conversion.from, kind: 'conversion' },
      { from: FX, to: owed, amount, kind: 'earning' },
    ];
  }
  if (event.type !== 'ObligationRefunded') return [];
  const { amount, fromOwed, owed, debts, to, original } = event;
  const receiver = original ? FX : to;
  return [
    { from: owed, to: receiver, amount: fromOwed, kind: 'refund' },
    { from: debts, to: receiver, amount: subtract(amount, fromOwed), kind: 'debt' },
    ...(original ? [{ from: FX, to, amount: original, kind: 'refund' }] : []),
  ].filter((transfer) => !isZero(transfer.amount));
}

function standingOf(state: Obligation, policy: PayoutPolicy): Standing {
  const status = `${state.status}.${bundleOf(state, policy)}`;
  const dueAt = dueAtOf(state);
  return {
    status,
    claims: [],
    deadlines: dueAt === undefined ? [] : [{ name: 'plan', dueAt, command: { type: 'PlanObligation' } }],
    touches: [],
  };
}

/** When a worker is to look at it: not while a hold without an end keeps it, or somebody has to ask. */
function dueAtOf(state: Obligation): Instant | undefined {
  if (state.status !== 'open' || state.planAt === undefined) return undefined;
  let dueAt = laterOf(state.planAt, state.fundsAvailableAt ?? state.planAt);
  for (const { until } of state.holds) {
    if (until === undefined) return undefined;
    dueAt = laterOf(dueAt, until);
  }
  return dueAt;
}

function needsOf(command: AnyObligationCommand, { id }: Context, seen: Seen): Partial<Needs> {
  switch (command.type) {
    case 'Earn': {
      const { amount, from, conversion } = command;
      const giving = from === undefined ? [] : keysIn((conversion?.captured ?? amount).currency, from);
      const fx = conversion ? [...keysIn(amount.currency, FX), ...keysIn(conversion.captured.currency, FX)] : [];
      return { accounts: [...keysIn(amount.currency, owedAccount(id)), ...giving, ...fx] };
    }
    case 'RefundObligation': {
      const known = seen.record(id) as Obligation | undefined;
      if (!known) return {};
      const { currency, payee } = known;
      const fx = known.status !== 'promised' && known.conversion ? FX : command.to;
      const own = keysIn(currency, owedAccount(id), debtsAccount(payee), fx);
      return { accounts: fx === FX ? [...own, ...keysIn(command.amount.currency, FX, command.to)] : own };
    }
    case 'TakeUp':
      return { records: [recordKey('payout', command.payout)] };
    case 'Reopen': {
      const known = seen.record(id) as Obligation | undefined;
      const payout = known && 'payout' in known ? known.payout : undefined;
      return payout === undefined ? {} : { records: [recordKey('payout', payout)] };
    }
    default:
      return {};
  }
}
