import { defineFees } from '@holdfast/fees';
import { days, minutes, type Refusal } from '@holdfast/kernel';
import { type Money, percent } from '@holdfast/money';
import {
  amount,
  defineGuard,
  defineProcess,
  type Facts,
  fundedOf,
  inside,
  instant,
  text,
  word,
} from '../../src/index.ts';

const noFees = defineFees('none', {});

const isPaidEnough = defineGuard({
  code: 'underpaid',
  says: 'less than what is due has come in for good',
  refuses: ({ whole }: Facts): Refusal<'underpaid'> | undefined => {
    let minor = 0n;
    for (const receipt of Object.values(whole?.parts?.receipt ?? {})) {
      if (receipt.status === 'final') minor += fundedOf(receipt)?.minor ?? 0n;
    }
    const due = whole?.facts.due as Money | undefined;
    return due && minor < due.minor ? { code: 'underpaid' } : undefined;
  },
});

/** An invoice that is paid on a chain: each receipt is a part, so that it can be under-paid, over-paid and undone. */
export const payIn = defineProcess({
  kind: 'payin',
  version: 1,
  parties: ['buyer'],
  staff: ['watcher'],
  fees: noFees,
  places: { clearing: inside('payins:{id}:clearing'), chain: 'world:chain' },
  ways: { credit: 'buyer', undo: 'chain' },
  states: {
    pending: { after: minutes(30), fire: 'Expire' },
    expired: { after: days(7), fire: 'Close' },
    completed: { done: true },
    cancelled: { done: true },
    closed: { done: true },
  },
  transitions: {
    Invoice: { to: 'pending', by: 'buyer', emits: 'Invoiced', input: { due: amount }, keeps: ['due'] },
    Settle: {
      from: ['pending', 'expired'],
      to: 'completed',
      by: 'watcher',
      emits: 'PaidIn',
      guards: [isPaidEnough],
    },
    Abort: { from: 'pending', to: 'cancelled', by: 'buyer', emits: 'Aborted' },
    Expire: { from: 'pending', to: 'expired', by: 'clock', emits: 'Expired' },
    Close: { from: 'expired', to: 'closed', by: 'clock', emits: 'Closed' },
  },
  parts: {
    receipt: {
      states: {
        processing: { waits: 'the chain' },
        confirmed: { waits: 'finality' },
        final: { done: true },
        reorganised: { done: true },
      },
      transitions: {
        See: {
          to: 'processing',
          by: 'watcher',
          emits: 'ReceiptSeen',
          input: { hash: word },
          keeps: ['hash'],
          funds: 'chain -> clearing',
        },
        Confirm: { from: 'processing', to: 'confirmed', by: 'watcher', emits: 'ReceiptConfirmed' },
        Reorganise: {
          from: ['processing', 'confirmed'],
          to: 'reorganised',
          by: 'watcher',
          emits: 'ReceiptReorganised',
          settles: { undo: 'rest' },
        },
        Finalise: { from: 'confirmed', to: 'final', by: 'watcher', emits: 'ReceiptFinal', settles: { credit: 'rest' } },
      },
    },
  },
});

/** A sale that is released on a chain: what is under way lies in a place of its own, and a failure brings it back. */
export const chainSale = defineProcess({
  kind: 'chain-sale',
  version: 1,
  parties: ['buyer', 'seller'],
  staff: ['worker', 'arbiter'],
  fees: defineFees('2026-01', { platform: { payer: 'seller', mode: 'deductive', rate: percent('2.5') } }),
  places: {
    held: inside('escrows:{id}:held'),
    transit: inside('escrows:{id}:transit'),
    earned: 'platform:fees:earned',
    chain: 'world:chain',
  },
  ways: { pay: { payout: 'chain', platform: 'earned' }, refund: 'buyer' },
  states: {
    funded: { after: days(30), fire: 'GiveUp', whenDone: 'refunded' },
    releasable: { after: days(3), fire: 'Release', whenDone: 'refunded' },
    releasing: { waits: 'proof from the chain' },
    released: { done: true },
    refunded: { done: true },
  },
  transitions: {
    Fund: { to: 'funded', by: 'buyer', emits: 'Funded', funds: 'buyer -> held' },
    Deliver: { from: 'funded', to: 'releasable', by: 'seller', emits: 'Delivered' },
    Release: {
      from: 'releasable',
      to: 'releasing',
      by: ['buyer', 'clock'],
      emits: 'Releasing',
      shifts: { send: 'payout: held -> transit' },
      asks: 'submit',
    },
    ConfirmRelease: {
      from: 'releasing',
      to: 'released',
      by: 'worker',
      emits: 'Released',
      input: { hash: word },
      settles: { pay: 'rest' },
    },
    FailRelease: {
      from: 'releasing',
      to: 'releasable',
      by: 'worker',
      emits: 'ReleaseFailed',
      input: { reason: text },
      shifts: { back: 'payout: transit -> held' },
    },
    Refund: {
      from: ['funded', 'releasable'],
      by: ['seller', 'arbiter'],
      emits: 'Refunded',
      input: { back: amount },
      settles: { refund: 'back' },
    },
    GiveUp: { from: 'funded', to: 'refunded', by: 'clock', emits: 'Refunded', settles: { refund: 'rest' } },
  },
});

/** A payout to a chain: what was not sent is tried again, what is unknown is looked up, and nothing is ever sent twice on a guess. */
export const chainPayout = defineProcess({
  kind: 'chain-payout',
  version: 1,
  parties: ['payee'],
  staff: ['worker', 'operator'],
  fees: noFees,
  places: { transit: inside('payouts:{id}:transit'), chain: 'world:chain' },
  ways: { sent: 'chain', back: 'payee' },
  states: {
    processing: { waits: 'the worker' },
    waiting: { after: 'retryAt', fire: 'Retry' },
    unknown: { after: minutes(5), fire: 'LookUp' },
    needs_attention: { waits: 'an operator' },
    completed: { done: true },
    failed: { done: true },
  },
  transitions: {
    Request: { to: 'processing', by: 'payee', emits: 'PayoutRequested', funds: 'payee -> transit', asks: 'submit' },
    Confirmed: {
      from: ['processing', 'unknown', 'needs_attention'],
      to: 'completed',
      by: 'worker',
      emits: 'PaidOut',
      input: { hash: word },
      settles: { sent: 'rest' },
    },
    Rejected: {
      from: ['processing', 'unknown'],
      to: 'failed',
      by: 'worker',
      emits: 'PayoutFailed',
      input: { reason: text },
      settles: { back: 'rest' },
    },
    NotSent: {
      from: ['processing', 'unknown'],
      to: 'waiting',
      by: 'worker',
      emits: 'NotSent',
      input: { retryAt: instant },
      keeps: ['retryAt'],
    },
    GiveUp: { from: ['processing', 'unknown', 'waiting'], to: 'needs_attention', by: 'worker', emits: 'GaveUp' },
    Retry: { from: 'waiting', to: 'processing', by: 'clock', emits: 'Retried', asks: 'submit' },
    Lose: { from: 'processing', to: 'unknown', by: 'worker', emits: 'OutcomeUnknown' },
    LookUp: { from: 'unknown', to: 'processing', by: 'clock', emits: 'LookedUp', asks: 'lookup' },
    Redrive: { from: 'needs_attention', to: 'processing', by: 'operator', emits: 'Redriven', asks: 'lookup' },
    Return: {
      from: 'needs_attention',
      to: 'failed',
      by: 'operator',
      emits: 'PayoutFailed',
      input: { proof: text },
      settles: { back: 'rest' },
    },
  },
});
