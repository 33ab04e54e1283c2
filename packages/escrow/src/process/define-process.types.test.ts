import { defineFees } from '@holdfast/fees';
import { type CommandsOf, days, type Refusal } from '@holdfast/kernel';
import { type Money, percent, usd } from '@holdfast/money';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { rental } from '../../test/rental.ts';
import { amountBetween, defineGuard, type Facts } from '../guards.ts';
import type { jobOffer } from '../presets/job-offer.ts';
import { simpleSale } from '../presets/simple-sale.ts';
import { defineProcess } from './define-process.ts';
import { amount, text } from './inputs.ts';
import { inside } from './places.ts';

type Offer = CommandsOf<typeof jobOffer>;
type Sale = CommandsOf<typeof simpleSale>;
type Rental = CommandsOf<typeof rental>;

describe('the type of a command', () => {
  it('is exactly what it carries', () => {
    expectTypeOf<Offer['SendOffer']['command']>().toEqualTypeOf<{
      readonly type: 'SendOffer';
      readonly amount: Money;
      readonly parties: Readonly<Record<'customer' | 'contractor', string>>;
      readonly reference: string;
    }>();
    expectTypeOf<Offer['RejectOffer']['command']>().toEqualTypeOf<{
      readonly type: 'RejectOffer';
      readonly reason?: string;
    }>();
    expectTypeOf<Sale['Fund']['command']>().toHaveProperty('reference').toEqualTypeOf<string | undefined>();
  });

  it('has exactly the refusals that it may be given', () => {
    expectTypeOf<Offer['SendOffer']['refusal']['code']>().toEqualTypeOf<
      | 'already_started'
      | 'actor_not_allowed'
      | 'budget_out_of_range'
      | 'amount_not_positive'
      | 'currency_mismatch'
      | 'fee_exceeds_amount'
    >();
    expectTypeOf<Offer['AcceptOffer']['refusal']['code']>().toEqualTypeOf<
      'not_found' | 'actor_not_allowed' | 'wrong_status' | 'overdue'
    >();
    expectTypeOf<Offer['ExpireOffer']['refusal']['code']>().toEqualTypeOf<
      'not_found' | 'actor_not_allowed' | 'wrong_status' | 'not_due'
    >();
    expectTypeOf<Sale['Refund']['refusal']['code']>().toEqualTypeOf<
      'not_found' | 'actor_not_allowed' | 'wrong_status' | 'not_due'
    >();
    expectTypeOf<Rental['MoveIn']['refusal']['code']>().toEqualTypeOf<
      'not_found' | 'actor_not_allowed' | 'wrong_status' | 'overdue' | 'too_late'
    >();
    expectTypeOf<Rental['Rule']['refusal']['code']>().toEqualTypeOf<
      | 'not_found'
      | 'actor_not_allowed'
      | 'wrong_status'
      | 'same_actor'
      | 'amount_not_positive'
      | 'currency_mismatch'
      | 'exceeds_held'
    >();
  });

  it('lists in its type what it lists when it runs', () => {
    const codes = (command: 'Refund' | 'Fund' | 'Release') => simpleSale.refusalsOf(command).map(({ code }) => code);
    expect(codes('Refund')).toEqual(['not_found', 'actor_not_allowed', 'wrong_status', 'not_due']);
    expect(codes('Release')).toEqual(['not_found', 'actor_not_allowed', 'wrong_status', 'overdue']);
  });

  it('knows who may, and where it starts', () => {
    type NotAllowed = Extract<Offer['CancelOffer']['refusal'], { code: 'actor_not_allowed' }>;
    expectTypeOf<NotAllowed['allowed']>().toEqualTypeOf<readonly ('customer' | 'operator')[]>();
    type WrongStatus = Extract<Offer['CancelOffer']['refusal'], { code: 'wrong_status' }>;
    expectTypeOf<WrongStatus['status']>().toEqualTypeOf<'completed' | 'rejected' | 'cancelled' | 'expired'>();
  });
});

const frame = {
  kind: 'sale',
  version: 1,
  parties: ['buyer', 'seller'],
  fees: defineFees('1', { platform: { payer: 'buyer', mode: 'additive', rate: percent('5') } }),
  places: { held: inside('sales:{id}:held'), earned: 'platform:earned' },
  ways: { pay: { payout: 'seller', platform: 'earned' }, refund: 'buyer' },
  states: { open: { waits: 'the buyer' }, ended: { done: true } },
} as const;
const fund = { to: 'open', by: 'buyer', emits: 'Funded', funds: 'buyer -> held' } as const;
const end = { from: 'open', to: 'ended', by: 'buyer', emits: 'Ended', settles: { pay: 'rest' } } as const;
const reasoned = { ...end, input: { reason: text } } as const;
const ended = { done: true } as const;
const expiring = { after: days(1), fire: 'Expire' } as const;
const needsReason = defineGuard({
  code: 'too_short',
  says: 'the reason is short',
  refuses: ({ input }: Facts<{ readonly reason: string }>): Refusal<'too_short'> | undefined =>
    input.reason.length < 3 ? { code: 'too_short' } : undefined,
});
const inRange = amountBetween('out_of_range', { minimum: usd('1'), maximum: usd('2') });

/** None of these is run: the compiler is what is tested. */
export const mistakes = [
  // @ts-expect-error there is no state opened
  () => defineProcess({ ...frame, transitions: { fund: { ...fund, to: 'opened' }, end } }),
  // @ts-expect-error there is no state opened
  () => defineProcess({ ...frame, transitions: { fund, end: { ...end, from: 'opened' } } }),
  // @ts-expect-error there is no party broker
  () => defineProcess({ ...frame, transitions: { fund, end: { ...end, by: 'broker' } } }),
  // @ts-expect-error there is no way payout
  () => defineProcess({ ...frame, transitions: { fund, end: { ...end, settles: { payout: 'rest' } } } }),
  // @ts-expect-error there is no amount half
  () => defineProcess({ ...frame, transitions: { fund, end: { ...end, settles: { pay: 'half' } } } }),
  // @ts-expect-error the reason is no amount
  () => defineProcess({ ...frame, transitions: { fund, end: { ...reasoned, settles: { pay: 'reason' } } } }),
  // @ts-expect-error nothing called reason was given
  () => defineProcess({ ...frame, transitions: { fund, end: { ...end, keeps: ['reason'] } } }),
  // @ts-expect-error earned is not inside
  () => defineProcess({ ...frame, transitions: { fund: { ...fund, funds: 'buyer -> earned' }, end } }),
  // @ts-expect-error there is no line service
  () => defineProcess({ ...frame, transitions: { fund, end: { ...end, shifts: { x: 'service: held -> held' } } } }),
  // @ts-expect-error the way says nothing of platform
  () => defineProcess({ ...frame, ways: { pay: { payout: 'seller' }, refund: 'buyer' }, transitions: { fund, end } }),
  // @ts-expect-error held is inside
  () => defineProcess({ ...frame, ways: { pay: 'held', refund: 'buyer' }, transitions: { fund, end } }),
  // @ts-expect-error there is no command Expire
  () => defineProcess({ ...frame, states: { ended, open: expiring }, transitions: { fund, end } }),
  // @ts-expect-error there is no state live
  () => defineProcess({ ...frame, claims: [{ name: 'x:{id}', while: 'live' }], transitions: { fund, end } }),
  // @ts-expect-error the guard looks at a reason that is not given
  () => defineProcess({ ...frame, transitions: { fund, end: { ...end, guards: [needsReason] } } }),
  // @ts-expect-error the guard looks at an amount that is not given
  () => defineProcess({ ...frame, transitions: { fund, end: { ...end, guards: [inRange] } } }),
  // @ts-expect-error there is no way tip
  () => defineProcess({ ...frame, kinds: { tip: 'tip' }, transitions: { fund, end } }),
  // @ts-expect-error there is no line service
  () => defineProcess({ ...frame, cutBy: { refund: ['service'] }, transitions: { fund, end } }),
];

it('compiles what is right', () => {
  const right = defineProcess({
    ...frame,
    transitions: {
      Fund: { ...fund, guards: [inRange] },
      End: { ...end, input: { reason: text, part: amount }, keeps: ['reason'], guards: [needsReason] },
    },
  });
  expect(right.commandNames).toEqual(['Fund', 'End']);
  expect(mistakes).toHaveLength(17);
});
