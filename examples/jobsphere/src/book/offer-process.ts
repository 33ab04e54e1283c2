import { amountBetween, defineProcess, inside, optional, text } from '@holdfast/escrow';
import { defineFees } from '@holdfast/fees';
import { days } from '@holdfast/kernel';
import { percent, usd } from '@holdfast/money';

/** The seed's 5 % on top and 20 % off: two rules, from which everything else follows (J8, J26). */
const fees = defineFees('jobsphere-1', {
  platform: { payer: 'customer', mode: 'additive', rate: percent('5') },
  service: { payer: 'contractor', mode: 'deductive', rate: percent('20') },
});

const budgetInRange = amountBetween('budget_out_of_range', { minimum: usd('10'), maximum: usd('10000') });

/**
 * The life of an offer. It is the preset `jobOffer` of `@holdfast/escrow` with one step more: a contractor who has begun says so (`StartJob`, J4),
 * and from then on the customer cannot take everything back without him (J3).
 */
export const offerProcess = defineProcess({
  kind: 'offer',
  version: 1,
  parties: ['customer', 'contractor'],
  staff: ['operator'],
  fees,
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
  // One live offer for each job (J1, J19): an offer that has ended gives the job free again.
  claims: ['offer:job:{reference}'],
  states: {
    pending: { after: days(7), fire: 'ExpireOffer' },
    accepted: { waits: 'the customer, who completes the job or cancels it' },
    started: { waits: 'the customer, who completes the job, or the contractor, who gives it up' },
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
    ExpireOffer: { from: 'pending', to: 'expired', by: 'clock', emits: 'OfferExpired', settles: { refund: 'rest' } },
    StartJob: { from: 'accepted', to: 'started', by: 'contractor', emits: 'JobStarted' },
    CancelOffer: {
      from: ['pending', 'accepted'],
      to: 'cancelled',
      by: ['customer', 'operator'],
      emits: 'OfferCancelled',
      input: { reason: optional(text) },
      keeps: ['reason'],
      settles: { refund: 'rest' },
    },
    GiveUpJob: {
      from: 'started',
      to: 'cancelled',
      by: ['contractor', 'operator'],
      emits: 'JobGivenUp',
      input: { reason: optional(text) },
      keeps: ['reason'],
      settles: { refund: 'rest' },
    },
    CompleteJob: {
      from: ['accepted', 'started'],
      to: 'completed',
      by: 'customer',
      emits: 'JobCompleted',
      settles: { pay: 'rest' },
    },
  },
});
