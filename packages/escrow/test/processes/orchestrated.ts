import { defineFees } from '@holdfast/fees';
import { minutes, type Refusal } from '@holdfast/kernel';
import { percent } from '@holdfast/money';
import { defineGuard, defineProcess, type Facts, inside, type Part, text } from '../../src/index.ts';

const someLegFailed = defineGuard({
  code: 'no_leg_failed',
  says: 'no leg was rejected',
  refuses: (facts: Facts): Refusal<'no_leg_failed'> | undefined =>
    legs(facts).some(({ status }) => status === 'rejected') ? undefined : { code: 'no_leg_failed' },
});
const isConfirmed = defineGuard({
  code: 'legs_open',
  says: 'some leg is not confirmed',
  refuses: (facts: Facts): Refusal<'legs_open'> | undefined =>
    legs(facts).every(({ status }) => status === 'confirmed' || status === 'settled')
      ? undefined
      : { code: 'legs_open' },
});

/**
 * A transaction in several steps, as an orchestrator keeps it: what is reserved is cut into legs, a leg that was sent is a commitment, and
 * when one fails the others are undone.
 */
export const orchestrated = defineProcess({
  kind: 'transaction',
  version: 1,
  parties: ['customer'],
  staff: ['worker', 'operator'],
  fees: defineFees('components-1', {
    platform: { payer: 'customer', mode: 'additive', rate: percent('0.5') },
    provider: { payer: 'customer', mode: 'additive', rate: percent('0.3') },
    network: { payer: 'customer', mode: 'additive', rate: percent('0.1') },
  }),
  places: {
    reserved: inside('transactions:{id}:reserved'),
    sent: inside('transactions:{id}:sent'),
    earned: 'platform:fees:earned',
    costs: 'platform:fees:costs',
    provider: 'world:provider',
  },
  ways: {
    execute: { payout: 'provider', platform: 'earned', provider: 'costs', network: 'costs' },
    release: 'customer',
  },
  states: {
    initiated: { after: minutes(5), fire: 'ExpireQuote' },
    reserved: { after: minutes(30), fire: 'Expire' },
    executing: { waits: 'the worker', whenDone: 'completed' },
    compensating: { waits: 'the worker', whenDone: 'compensated' },
    completed: { done: true },
    expired: { done: true },
    compensated: { done: true },
  },
  transitions: {
    Initiate: { to: 'initiated', by: 'customer', emits: 'Initiated' },
    ExpireQuote: { from: 'initiated', to: 'expired', by: 'clock', emits: 'Expired' },
    Reserve: { from: 'initiated', to: 'reserved', by: 'worker', emits: 'Reserved', funds: 'customer -> reserved' },
    Expire: { from: 'reserved', to: 'expired', by: 'clock', emits: 'Expired', settles: { release: 'rest' } },
    Execute: { from: 'reserved', to: 'executing', by: 'worker', emits: 'Executing' },
    Compensate: {
      from: 'executing',
      to: 'compensating',
      by: 'worker',
      emits: 'Compensating',
      guards: [someLegFailed],
      settles: { release: 'rest' },
    },
  },
  parts: {
    leg: {
      states: {
        planned: { waits: 'its turn' },
        sent: { waits: 'the provider' },
        unknown: { after: minutes(1), fire: 'LookUp' },
        confirmed: { waits: 'the other legs' },
        rejected: { waits: 'the others to be undone' },
        undoing: { waits: 'the provider' },
        stuck: { waits: 'an operator' },
        settled: { done: true },
        undone: { done: true },
        written_off: { done: true },
      },
      transitions: {
        PlanLeg: {
          to: 'planned',
          by: 'worker',
          while: 'transaction.executing',
          emits: 'LegPlanned',
          cuts: 'transaction.rest',
        },
        SendLeg: {
          from: 'planned',
          to: 'sent',
          by: 'worker',
          while: 'transaction.executing',
          emits: 'LegSent',
          shifts: { send: 'payout: reserved -> sent' },
          asks: 'submit',
        },
        LoseLeg: { from: 'sent', to: 'unknown', by: 'worker', emits: 'LegUnknown' },
        LookUp: { from: 'unknown', to: 'sent', by: 'clock', emits: 'LegLookedUp', asks: 'lookup' },
        ConfirmLeg: { from: 'sent', to: 'confirmed', by: 'worker', emits: 'LegConfirmed', input: { reference: text } },
        RejectLeg: {
          from: 'sent',
          to: 'rejected',
          by: 'worker',
          emits: 'LegRejected',
          input: { reason: text },
          settles: { release: 'rest' },
        },
        SettleLeg: {
          from: 'confirmed',
          to: 'settled',
          by: 'worker',
          while: 'transaction.executing',
          emits: 'LegSettled',
          guards: [isConfirmed],
          settles: { execute: 'rest' },
        },
        DropLeg: {
          from: ['planned', 'rejected'],
          to: 'undone',
          on: 'Compensate',
          emits: 'LegDropped',
          settles: { release: 'rest' },
        },
        CloseRejected: {
          from: 'rejected',
          to: 'undone',
          by: 'worker',
          while: 'transaction.compensating',
          emits: 'LegDropped',
        },
        UndoLeg: {
          from: 'confirmed',
          to: 'undoing',
          by: 'worker',
          while: 'transaction.compensating',
          emits: 'LegUndoing',
          asks: 'compensate',
        },
        LegUndone: {
          from: 'undoing',
          to: 'undone',
          by: 'worker',
          emits: 'LegUndone',
          settles: { release: 'rest' },
        },
        FailToUndo: { from: 'undoing', to: 'stuck', by: 'worker', emits: 'LegUndoFailed', asks: ['alert', 'review'] },
        RetryUndo: { from: 'stuck', to: 'undoing', by: 'operator', emits: 'LegUndoing', asks: 'compensate' },
        WriteOff: {
          from: 'stuck',
          to: 'written_off',
          by: 'operator',
          emits: 'LegWrittenOff',
          settles: { execute: 'rest' },
        },
      },
    },
  },
});

function legs({ whole }: Facts): readonly Part[] {
  return Object.values(whole?.parts?.leg ?? {});
}
