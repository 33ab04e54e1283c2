import { defineFees } from '@holdfast/fees';
import { days, type Refusal } from '@holdfast/kernel';
import { compare, type Money, money, percent, usd } from '@holdfast/money';
import {
  amount,
  defineGuard,
  defineProcess,
  type Facts,
  heldBy,
  inside,
  leftBy,
  someoneElse,
  text,
} from '../../src/index.ts';

const LARGE = usd('1000');

const isSmall = defineGuard({
  code: 'needs_second_actor',
  says: '1,000 or more is held, so that a second actor has to confirm',
  refuses: (facts: Facts): Refusal<'needs_second_actor'> | undefined =>
    holdsMuch(facts) ? { code: 'needs_second_actor' } : undefined,
});
const isLarge = defineGuard({
  code: 'needs_no_second_actor',
  says: 'less than 1,000 is held',
  refuses: (facts: Facts): Refusal<'needs_no_second_actor'> | undefined =>
    holdsMuch(facts) ? undefined : { code: 'needs_no_second_actor' },
});
const awardFits = defineGuard({
  code: 'award_exceeds_disputed',
  says: 'the award is more than what is disputed, or in another currency',
  refuses: ({ input, thing }: Facts<{ readonly award: Money }>): Refusal<'award_exceeds_disputed'> | undefined => {
    const held = thing && heldBy(thing);
    const fits = held?.currency.code === input.award.currency.code && input.award.minor >= 0n;
    return fits && compare(input.award, held) <= 0 ? undefined : { code: 'award_exceeds_disputed' };
  },
});
const withinCap = defineGuard({
  code: 'above_recovery_cap',
  says: 'more than half of a payout would be kept back',
  refuses: ({
    input,
  }: Facts<{ readonly kept: Money; readonly payout: Money }>): Refusal<'above_recovery_cap'> | undefined =>
    input.kept.minor * 2n > input.payout.minor ? { code: 'above_recovery_cap' } : undefined,
});

/**
 * Escrow with all that a marketplace of projects asks for: counter-offers, milestones, inspection and silence, a second actor for large
 * releases, disputes with an appeal, split awards with the odd cent named, chargebacks with a capped debt, and a broker as a second payee.
 */
export const escrowInFull = defineProcess({
  kind: 'escrow',
  version: 1,
  parties: ['buyer', 'seller', 'broker'],
  staff: ['arbiter', 'treasurer', 'gateway'],
  fees: defineFees('2026-01', {
    platform: { payer: 'buyer', mode: 'additive', rate: percent('5') },
    service: { payer: 'seller', mode: 'deductive', rate: percent('20') },
    broker: { payer: 'seller', mode: 'deductive', rate: percent('10') },
  }),
  places: {
    held: inside('escrows:{id}:held'),
    owing: inside('payees:{seller}:debts'),
    earned: 'platform:fees:earned',
    world: 'world:stripe',
    losses: 'platform:losses',
  },
  ways: { pay: { payout: 'seller', broker: 'broker', service: 'earned', platform: 'earned' }, refund: 'buyer' },
  states: {
    offered: { after: days(7), fire: 'Lapse' },
    countered: { after: days(7), fire: 'Lapse' },
    agreed: { after: days(3), fire: 'Lapse' },
    active: { waits: 'the buyer, who plans the milestones', whenDone: 'closed' },
    closed: { done: true },
    lapsed: { done: true },
  },
  transitions: {
    Offer: { to: 'offered', by: 'buyer', emits: 'Offered', input: { price: amount }, keeps: ['price'] },
    Counter: {
      from: 'offered',
      to: 'countered',
      by: 'seller',
      emits: 'Countered',
      input: { price: amount },
      keeps: ['price'],
    },
    CounterBack: {
      from: 'countered',
      to: 'offered',
      by: 'buyer',
      emits: 'Countered',
      input: { price: amount },
      keeps: ['price'],
    },
    AcceptOffer: { from: 'offered', to: 'agreed', by: 'seller', emits: 'Agreed' },
    AcceptCounter: { from: 'countered', to: 'agreed', by: 'buyer', emits: 'Agreed' },
    Lapse: { from: ['offered', 'countered', 'agreed'], to: 'lapsed', by: 'clock', emits: 'Lapsed' },
    Fund: {
      from: 'agreed',
      to: 'active',
      by: 'buyer',
      emits: 'Funded',
      amounts: { amount: agreedPrice },
      funds: 'buyer -> held',
    },
    Cancel: { from: 'active', by: 'seller', emits: 'Cancelled', settles: { refund: 'rest' } },
  },
  parts: {
    milestone: {
      states: {
        funded: { after: days(90), fire: 'NotDelivered', whenDone: 'refunded' },
        inspecting: { after: days(3), fire: ['SilentApprove', 'SilentHold'], whenDone: 'refunded' },
        awaiting_second: { waits: 'a treasurer', whenDone: 'refunded' },
        paid: { done: true },
        refunded: { done: true },
      },
      transitions: {
        PlanMilestone: {
          to: 'funded',
          by: 'buyer',
          while: 'escrow.active',
          emits: 'MilestonePlanned',
          cuts: 'escrow.rest',
        },
        AddMilestone: {
          to: 'funded',
          by: 'buyer',
          while: 'escrow.active',
          emits: 'MilestoneAdded',
          funds: 'buyer -> held',
        },
        Deliver: { from: 'funded', to: 'inspecting', by: 'seller', emits: 'Delivered' },
        AskForChanges: {
          from: 'inspecting',
          to: 'funded',
          by: 'buyer',
          emits: 'ChangesAsked',
          input: { what: text },
        },
        Approve: {
          from: 'inspecting',
          to: 'paid',
          by: 'buyer',
          unless: 'dispute.open',
          emits: 'Approved',
          guards: [isSmall],
          settles: { pay: 'rest' },
        },
        ApprovePart: {
          from: 'inspecting',
          to: 'paid',
          by: 'buyer',
          emits: 'PartApproved',
          input: { approved: amount },
          guards: [isSmall],
          settles: { pay: 'approved', refund: 'rest' },
        },
        ApproveLarge: {
          from: 'inspecting',
          to: 'awaiting_second',
          by: 'buyer',
          emits: 'ApprovedOnce',
          guards: [isLarge],
        },
        SilentApprove: {
          from: 'inspecting',
          to: 'paid',
          by: 'clock',
          unless: ['dispute.open', 'dispute.answered'],
          emits: 'ApprovedBySilence',
          guards: [isSmall],
          settles: { pay: 'rest' },
        },
        SilentHold: {
          from: 'inspecting',
          to: 'awaiting_second',
          by: 'clock',
          unless: ['dispute.open', 'dispute.answered'],
          emits: 'HeldBySilence',
        },
        Confirm: {
          from: 'awaiting_second',
          to: 'paid',
          by: 'treasurer',
          emits: 'ReleaseConfirmed',
          guards: [someoneElse],
          settles: { pay: 'rest' },
        },
        GiveBack: {
          from: ['funded', 'inspecting', 'awaiting_second'],
          by: 'seller',
          emits: 'GivenBack',
          input: { back: amount },
          settles: { refund: 'back' },
        },
        NotDelivered: {
          from: 'funded',
          to: 'refunded',
          by: 'clock',
          emits: 'NotDelivered',
          settles: { refund: 'rest' },
        },
        Drop: {
          from: ['funded', 'inspecting', 'awaiting_second'],
          to: 'refunded',
          on: 'Cancel',
          emits: 'MilestoneDropped',
          settles: { refund: 'rest' },
        },
      },
    },
    dispute: {
      states: {
        open: { after: days(5), fire: 'SellerSilent' },
        answered: { after: days(30), fire: 'NoRuling' },
        ruled: { after: days(7), fire: 'Settle' },
        appealed: { waits: 'the arbiter' },
        settled: { done: true },
      },
      transitions: {
        Dispute: {
          to: 'open',
          by: 'buyer',
          while: ['milestone.funded', 'milestone.inspecting'],
          emits: 'Disputed',
          input: { reason: text },
          cuts: 'milestone.rest',
        },
        Answer: { from: 'open', to: 'answered', by: 'seller', emits: 'Answered', input: { reply: text } },
        SellerSilent: { from: 'open', to: 'settled', by: 'clock', emits: 'Settled', settles: { refund: 'rest' } },
        Concede: {
          from: ['open', 'answered'],
          to: 'settled',
          by: 'seller',
          emits: 'Settled',
          settles: { refund: 'rest' },
        },
        Withdraw: {
          from: ['open', 'answered'],
          to: 'settled',
          by: 'buyer',
          emits: 'Settled',
          settles: { pay: 'rest' },
        },
        NoRuling: {
          from: 'answered',
          to: 'settled',
          by: 'clock',
          emits: 'Settled',
          amounts: { half },
          settles: { refund: 'half', pay: 'rest' },
        },
        Rule: {
          from: 'answered',
          to: 'ruled',
          by: 'arbiter',
          emits: 'Ruled',
          input: { award: amount },
          keeps: ['award'],
          guards: [awardFits],
        },
        Appeal: { from: 'ruled', to: 'appealed', by: ['buyer', 'seller'], emits: 'Appealed' },
        Settle: {
          from: 'ruled',
          to: 'settled',
          by: 'clock',
          emits: 'Settled',
          amounts: { ruled },
          settles: { refund: 'ruled', pay: 'rest' },
        },
        RuleFinally: {
          from: 'appealed',
          to: 'settled',
          by: 'arbiter',
          emits: 'Settled',
          input: { award: amount },
          settles: { refund: 'award', pay: 'rest' },
        },
      },
    },
    debt: {
      ways: {
        bear: { payout: 'owing', broker: 'losses', service: 'earned', platform: 'earned' },
        recover: 'seller',
        forgive: 'losses',
        restore: 'world',
      },
      states: {
        owed: { waits: 'later payouts', whenDone: 'recovered' },
        recovered: { done: true },
        forgiven: { done: true },
        won: { done: true },
      },
      transitions: {
        ChargeBack: {
          to: 'owed',
          by: 'gateway',
          while: 'milestone.paid',
          emits: 'ChargedBack',
          cuts: 'milestone.pay',
          owes: 'bear -> world',
        },
        Recover: {
          from: 'owed',
          by: 'gateway',
          emits: 'Recovered',
          input: { kept: amount, payout: amount },
          guards: [withinCap],
          settles: { recover: 'kept' },
        },
        Forgive: {
          from: 'owed',
          to: 'forgiven',
          by: 'treasurer',
          emits: 'Forgiven',
          settles: { forgive: 'rest' },
        },
        Win: {
          from: 'owed',
          to: 'won',
          by: 'gateway',
          emits: 'ChargebackWon',
          amounts: { alreadyRecovered },
          passes: { restored: 'alreadyRecovered: world -> seller' },
          settles: { restore: 'rest' },
        },
      },
    },
  },
});

function agreedPrice({ thing }: Facts): Money {
  return thing?.facts.price as Money;
}

function holdsMuch({ thing }: Facts): boolean {
  const held = thing && heldBy(thing);
  return held !== undefined && held.minor >= LARGE.minor;
}

/** The odd cent goes to the buyer. */
function half({ thing }: Facts): Money | undefined {
  const held = thing && heldBy(thing);
  return held && money((held.minor + 1n) / 2n, held.currency);
}

function ruled({ thing }: Facts): Money {
  return thing?.facts.award as Money;
}

function alreadyRecovered({ thing }: Facts): Money | undefined {
  return thing && leftBy(thing, 'recover');
}
