import { defineFees } from '@holdfast/fees';
import { type CommandsOf, days, hours, type Refusal } from '@holdfast/kernel';
import { type Money, percent } from '@holdfast/money';
import { leftBy } from '../amounts.ts';
import { defineGuard, type Facts } from '../guards.ts';
import { defineProcess } from '../process/define-process.ts';
import { amount, optional, text, word } from '../process/inputs.ts';
import { inside } from '../process/places.ts';

/**
 * The code that the provider gave is not the customer's.
 *
 * @severity answer
 * @retry with the right code
 */
export interface OtpWrong extends Refusal<'otp_wrong'> {}

const otpMatches = defineGuard({
  code: 'otp_wrong',
  says: 'the hash is not that of the code which the customer was given',
  refuses: ({ input, thing }: Facts<{ readonly otpHash: string }>): OtpWrong | undefined =>
    thing?.facts.otpHash === input.otpHash ? undefined : { code: 'otp_wrong' },
});

/**
 * A booking of a service that is paid by card: the provider completes it with the customer's code, and what the provider has earned, 75 %
 * and all of the tips, is handed over to payouts 48 hours later. Until then it can be refunded, in part or whole, and disputed; what the
 * bank takes back later is a debt.
 *
 * Accounts of the chart: `bookings:{id}:held`; `payouts:booking.{id}:owed` and `payouts:tip.{id}.{tip}:owed`, in which each earning waits
 * for its payout; `payees:{provider}:debts`, which goes below zero by what the provider owes, and which payouts alone recover; `payees:{provider}:recovered`,
 * with a floor of zero, through which a booking notes what payouts have kept back; `platform:fees:earned`, `platform:losses` and `world:cards`.
 *
 * @source docs/rules/escrow.md, E-40 to E-49
 */
export const booking = defineProcess({
  kind: 'booking',
  version: 1,
  parties: ['customer', 'provider'],
  staff: ['operator', 'gateway'],
  fees: defineFees('booking-1', { platform: { payer: 'provider', mode: 'deductive', rate: percent('25') } }),
  places: {
    held: inside('bookings:{id}:held'),
    debts: inside('payees:{provider}:debts'),
    owed: 'payouts:booking.{id}:owed',
    tipOwed: 'payouts:tip.{id}.{part}:owed',
    recovered: 'payees:{provider}:recovered',
    earned: 'platform:fees:earned',
    losses: 'platform:losses',
    card: 'world:cards',
  },
  ways: {
    pay: { payout: 'owed', platform: 'earned' },
    refund: 'card',
  },
  states: {
    paid: { after: days(30), fire: 'ExpireBooking' },
    completed: { after: hours(48), fire: 'ReleaseBooking' },
    released: { done: true },
    cancelled: { done: true },
    expired: { done: true },
  },
  transitions: {
    CaptureBooking: {
      to: 'paid',
      by: 'gateway',
      emits: 'BookingCaptured',
      input: { otpHash: word },
      keeps: ['otpHash'],
      funds: 'card -> held',
    },
    CompleteBooking: {
      from: 'paid',
      to: 'completed',
      by: 'provider',
      emits: 'BookingCompleted',
      input: { otpHash: word },
      guards: [otpMatches],
    },
    CancelBooking: {
      from: 'paid',
      to: 'cancelled',
      by: ['customer', 'operator'],
      emits: 'BookingCancelled',
      input: { reason: optional(text) },
      settles: { refund: 'rest' },
    },
    ExpireBooking: { from: 'paid', to: 'expired', by: 'clock', emits: 'BookingExpired', settles: { refund: 'rest' } },
    RefundBooking: {
      from: ['paid', 'completed'],
      by: 'operator',
      emits: 'BookingRefunded',
      input: { back: amount, reason: optional(text) },
      settles: { refund: 'back' },
    },
    ReleaseBooking: {
      from: 'completed',
      to: 'released',
      by: 'clock',
      emits: 'BookingReleased',
      settles: { pay: 'rest' },
      asks: 'payout',
    },
  },
  parts: {
    tip: {
      fees: defineFees('tips-1', {}),
      ways: { pay: { payout: 'tipOwed' } },
      kinds: { fund: 'tip', pay: 'tip_payout', refund: 'tip_refund' },
      states: { given: {}, released: { done: true }, refunded: { done: true } },
      transitions: {
        GiveTip: {
          to: 'given',
          by: 'customer',
          while: 'booking.completed',
          within: hours(24),
          emits: 'TipGiven',
          funds: 'card -> held',
        },
        RefundTip: { from: 'given', to: 'refunded', by: 'operator', emits: 'TipRefunded', settles: { refund: 'rest' } },
        ReleaseTip: {
          from: 'given',
          to: 'released',
          on: 'ReleaseBooking',
          emits: 'TipReleased',
          settles: { pay: 'rest' },
          asks: 'payout',
        },
      },
    },
    dispute: {
      states: {
        open: { after: days(30), fire: 'LapseDispute' },
        refunded: { done: true },
        rejected: { done: true },
      },
      transitions: {
        OpenDispute: {
          to: 'open',
          by: 'customer',
          while: 'booking.completed',
          emits: 'DisputeOpened',
          input: { reason: text },
          cuts: 'booking.rest',
        },
        ResolveDispute: {
          from: 'open',
          to: 'refunded',
          by: 'operator',
          emits: 'DisputeResolved',
          input: { award: amount },
          settles: { refund: 'award', pay: 'rest' },
          asks: 'payout',
        },
        RejectDispute: {
          from: 'open',
          to: 'rejected',
          by: 'operator',
          emits: 'DisputeRejected',
          settles: { pay: 'rest' },
          asks: 'payout',
        },
        LapseDispute: {
          from: 'open',
          to: 'rejected',
          by: 'clock',
          emits: 'DisputeLapsed',
          settles: { pay: 'rest' },
          asks: 'payout',
        },
      },
    },
    debt: {
      ways: {
        // Each bears what it had: the provider owes it, the platform gives it back at once.
        bear: { payout: 'debts', platform: 'earned' },
        recover: 'recovered',
        forgive: 'losses',
        restore: 'card',
      },
      kinds: { bear: 'chargeback', recover: 'debt_recovered', forgive: 'debt_forgiven', restore: 'chargeback_won' },
      states: {
        owed: { waits: 'what payouts keep back of later earnings', whenDone: 'recovered' },
        recovered: { done: true },
        forgiven: { done: true },
        won: { done: true },
      },
      transitions: {
        ChargeBackBooking: {
          to: 'owed',
          by: 'gateway',
          while: 'booking.released',
          emits: 'BookingChargedBack',
          cuts: 'booking.pay',
          owes: 'bear -> card',
        },
        ChargeBackTip: {
          to: 'owed',
          by: 'gateway',
          while: 'tip.released',
          emits: 'TipChargedBack',
          cuts: 'tip.pay',
          owes: 'bear -> card',
        },
        ChargeBackDisputed: {
          to: 'owed',
          by: 'gateway',
          while: ['dispute.refunded', 'dispute.rejected'],
          emits: 'DisputedChargedBack',
          cuts: 'dispute.pay',
          owes: 'bear -> card',
        },
        RecoverDebt: {
          from: 'owed',
          by: ['operator', 'gateway'],
          emits: 'DebtRecovered',
          input: { kept: amount },
          settles: { recover: 'kept' },
        },
        ForgiveDebt: {
          from: 'owed',
          to: 'forgiven',
          by: 'operator',
          emits: 'DebtForgiven',
          settles: { forgive: 'rest' },
        },
        WinChargeback: {
          from: 'owed',
          to: 'won',
          by: 'gateway',
          emits: 'ChargebackWon',
          amounts: {
            /** What payouts have kept back for the debt. */
            alreadyRecovered,
            /** What the platform has borne of it. */
            borneByPlatform,
          },
          passes: {
            chargeback_won: 'alreadyRecovered: card -> recovered',
            fee_restored: 'borneByPlatform: card -> earned',
          },
          settles: { restore: 'rest' },
        },
      },
    },
  },
});

/** The commands of {@link booking}: what each carries, and what it may be refused for. */
export interface BookingCommands extends CommandsOf<typeof booking> {}

function alreadyRecovered({ thing }: Facts): Money | undefined {
  return thing && leftBy(thing, 'recover');
}

function borneByPlatform({ thing }: Facts): Money | undefined {
  return thing && leftBy(thing, 'bear');
}
