import { defineFees } from '@holdfast/fees';
import { type CommandsOf, days } from '@holdfast/kernel';
import { percent, usd } from '@holdfast/money';
import { amountBetween } from '../guards.ts';
import { defineProcess } from '../process/define-process.ts';
import { optional, text } from '../process/inputs.ts';
import { inside } from '../process/places.ts';

const budgetInRange = amountBetween('budget_out_of_range', { minimum: usd('10'), maximum: usd('10000') });

/**
 * A job offer with escrow: the customer pays the budget and 5 % more when the offer is sent, the contractor gets the budget less 20 %
 * when the job is completed, and whatever ends earlier gives everything back.
 *
 * Accounts of the chart: `users:{user}:available`, `escrows:{id}:held`, `platform:fees:unearned` (where the 5 % lies from acceptance to
 * completion, so that a cancellation can always give it back) and `platform:fees:earned`.
 *
 * @source docs/rules/escrow.md, E-20 to E-25
 */
export const jobOffer = defineProcess({
  kind: 'offer',
  version: 1,
  parties: ['customer', 'contractor'],
  staff: ['operator'],
  fees: defineFees('jobsphere-1', {
    platform: { payer: 'customer', mode: 'additive', rate: percent('5') },
    service: { payer: 'contractor', mode: 'deductive', rate: percent('20') },
  }),
  places: {
    held: inside('escrows:{id}:held'),
    unearned: inside('platform:fees:unearned'),
    earned: 'platform:fees:earned',
  },
  ways: {
    refund: 'customer',
    pay: { payout: 'contractor', platform: 'earned', service: 'earned' },
  },
  kinds: {
    fund: 'escrow_hold',
    refund: 'refund',
    'pay.payout': 'contractor_payout',
    'pay.service': 'service_fee',
    'pay.platform': 'platform_fee_earned',
  },
  // One live offer for each job. An offer that ended gives the job free again.
  claims: ['offer:job:{reference}'],
  states: {
    pending: { after: days(7), fire: 'ExpireOffer' },
    accepted: { waits: 'the customer, who completes the job or cancels it' },
    completed: { done: true },
    rejected: { done: true },
    cancelled: { done: true },
    expired: { done: true },
  },
  transitions: {
    SendOffer: {
      to: 'pending',
      by: 'customer',
      emits: 'OfferSent',
      guards: [budgetInRange],
      funds: 'customer -> held',
    },
    AcceptOffer: {
      from: 'pending',
      to: 'accepted',
      by: 'contractor',
      emits: 'OfferAccepted',
      shifts: { platform_fee: 'platform: held -> unearned' },
    },
    RejectOffer: {
      from: 'pending',
      to: 'rejected',
      by: 'contractor',
      emits: 'OfferRejected',
      input: { reason: optional(text) },
      keeps: ['reason'],
      settles: { refund: 'rest' },
    },
    ExpireOffer: {
      from: 'pending',
      to: 'expired',
      by: 'clock',
      emits: 'OfferExpired',
      settles: { refund: 'rest' },
    },
    CancelOffer: {
      from: ['pending', 'accepted'],
      to: 'cancelled',
      by: ['customer', 'operator'],
      emits: 'OfferCancelled',
      input: { reason: optional(text) },
      keeps: ['reason'],
      settles: { refund: 'rest' },
    },
    CompleteJob: {
      from: 'accepted',
      to: 'completed',
      by: 'customer',
      emits: 'JobCompleted',
      settles: { pay: 'rest' },
    },
  },
});

/** The commands of {@link jobOffer}: what each carries, and what it may be refused for. */
export interface JobOfferCommands extends CommandsOf<typeof jobOffer> {}
