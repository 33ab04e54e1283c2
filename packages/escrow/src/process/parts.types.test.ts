import { defineFees } from '@holdfast/fees';
import { type CommandsOf, hours, type StateOf } from '@holdfast/kernel';
import { type Money, percent, usd } from '@holdfast/money';
import { expect, expectTypeOf, it } from 'vitest';
import type { Facts } from '../guards.ts';
import { booking } from '../presets/booking.ts';
import { defineProcess } from './define-process.ts';
import { amount, text } from './inputs.ts';
import { inside } from './places.ts';
import type { Part } from './thing.ts';

type Booking = CommandsOf<typeof booking>;

it('gives a command of a part its own shape: the part by its name, the amount, the input', () => {
  expectTypeOf<Booking['OpenDispute']['command']>().toEqualTypeOf<{
    readonly type: 'OpenDispute';
    readonly dispute: string;
    readonly amount: Money;
    readonly reason: string;
  }>();
  expectTypeOf<Booking['ResolveDispute']['command']>().toEqualTypeOf<{
    readonly type: 'ResolveDispute';
    readonly dispute: string;
    readonly award: Money;
  }>();
  expectTypeOf<Booking['ChargeBackTip']['command']>().toEqualTypeOf<{
    readonly type: 'ChargeBackTip';
    readonly debt: string;
    readonly tip: string;
    readonly amount: Money;
  }>();
  expectTypeOf<Booking['ForgiveDebt']['command']>().toEqualTypeOf<{
    readonly type: 'ForgiveDebt';
    readonly debt: string;
  }>();
});

it('gives it exactly the refusals that it lists when it runs', () => {
  expectTypeOf<Booking['OpenDispute']['refusal']['code']>().toEqualTypeOf<
    | 'not_found'
    | 'part_already_exists'
    | 'actor_not_allowed'
    | 'not_while'
    | 'overdue'
    | 'amount_not_positive'
    | 'currency_mismatch'
    | 'exceeds_held'
  >();
  expectTypeOf<Booking['GiveTip']['refusal']['code']>().toEqualTypeOf<
    | 'not_found'
    | 'part_already_exists'
    | 'actor_not_allowed'
    | 'not_while'
    | 'overdue'
    | 'too_late'
    | 'amount_not_positive'
    | 'currency_mismatch'
    | 'fee_exceeds_amount'
  >();
  expectTypeOf<Booking['ChargeBackTip']['refusal']['code']>().toEqualTypeOf<
    | 'not_found'
    | 'part_already_exists'
    | 'part_not_found'
    | 'actor_not_allowed'
    | 'not_while'
    | 'amount_not_positive'
    | 'currency_mismatch'
    | 'exceeds_held'
  >();
  expectTypeOf<Booking['LapseDispute']['refusal']['code']>().toEqualTypeOf<
    'not_found' | 'part_not_found' | 'actor_not_allowed' | 'wrong_status' | 'not_due'
  >();
  for (const command of ['OpenDispute', 'GiveTip', 'ChargeBackTip', 'LapseDispute'] as const) {
    const codes: readonly string[] = booking.refusalsOf(command).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(TYPED[command]);
  }
});

/** As the types above have them. */
const TYPED = {
  OpenDispute: [
    'not_found',
    'part_already_exists',
    'actor_not_allowed',
    'not_while',
    'overdue',
    'amount_not_positive',
    'currency_mismatch',
    'exceeds_held',
  ],
  GiveTip: [
    'not_found',
    'part_already_exists',
    'actor_not_allowed',
    'not_while',
    'overdue',
    'too_late',
    'amount_not_positive',
    'currency_mismatch',
    'fee_exceeds_amount',
  ],
  ChargeBackTip: [
    'not_found',
    'part_already_exists',
    'part_not_found',
    'actor_not_allowed',
    'not_while',
    'amount_not_positive',
    'currency_mismatch',
    'exceeds_held',
  ],
  LapseDispute: ['not_found', 'part_not_found', 'actor_not_allowed', 'wrong_status', 'not_due'],
} as const satisfies { readonly [Name in keyof Booking]?: readonly Booking[Name]['refusal']['code'][] };

it('knows who may, of which part, and while what', () => {
  type NotWhile = Extract<Booking['GiveTip']['refusal'], { code: 'not_while' }>;
  expectTypeOf<NotWhile['of']>().toEqualTypeOf<'booking'>();
  expectTypeOf<NotWhile['allowed']>().toEqualTypeOf<readonly 'completed'[]>();
  type NotFound = Extract<Booking['ChargeBackTip']['refusal'], { code: 'part_not_found' }>;
  expectTypeOf<NotFound['part']>().toEqualTypeOf<'tip'>();
  type NotAllowed = Extract<Booking['RecoverDebt']['refusal'], { code: 'actor_not_allowed' }>;
  expectTypeOf<NotAllowed['allowed']>().toEqualTypeOf<readonly ('operator' | 'gateway')[]>();
  // @ts-expect-error what happens with the release is no command
  expectTypeOf<Booking['ReleaseTip']>().toBeObject();
});

it('gives the state its parts, each with its own statuses', () => {
  type Parts = NonNullable<StateOf<typeof booking>['parts']>;
  expectTypeOf<keyof Parts>().toEqualTypeOf<'tip' | 'dispute' | 'debt'>();
  type Tip = NonNullable<Parts['tip']>[string];
  expectTypeOf<Tip>().toEqualTypeOf<Part<'given' | 'released' | 'refunded', 'payout'>>();
  type Dispute = NonNullable<Parts['dispute']>[string];
  expectTypeOf<Dispute['status']>().toEqualTypeOf<'open' | 'refunded' | 'rejected'>();
});

const frame = {
  kind: 'sale',
  version: 1,
  parties: ['buyer', 'seller'],
  staff: ['arbiter'],
  fees: defineFees('1', { platform: { payer: 'buyer', mode: 'additive', rate: percent('5') } }),
  places: { held: inside('sales:{id}:held'), debts: inside('payees:{seller}:debts'), earned: 'platform:earned' },
  ways: { pay: { payout: 'seller', platform: 'earned' }, refund: 'buyer' },
  states: { open: { waits: 'the buyer' }, ended: { done: true } },
  transitions: {
    Fund: { to: 'open', by: 'buyer', emits: 'Funded', funds: 'buyer -> held' },
    End: { from: 'open', to: 'ended', by: 'buyer', emits: 'Ended', settles: { pay: 'rest' } },
  },
} as const;
const states = { open: { waits: 'the arbiter' }, closed: { done: true } } as const;
const open = { to: 'open', by: 'buyer', while: 'sale.open', emits: 'Opened', cuts: 'sale.rest' } as const;
const close = { from: 'open', to: 'closed', by: 'arbiter', emits: 'Closed', settles: { pay: 'rest' } } as const;
const bear = { payout: 'debts', platform: 'earned' } as const;
const owed = { to: 'open', by: 'arbiter', emits: 'Owed', cuts: 'sale.pay', owes: 'bear -> buyer' } as const;
const restore = { ...close, settles: { refund: 'rest' } } as const;

const wrong = {
  whileOpened: { ...open, while: 'sale.opened' },
  whileOther: { ...open, while: 'order.open' },
  cutsNothing: { ...open, cuts: 'sale.return' },
  keepsNothing: { ...open, keeps: ['reason'] },
  toNowhere: { ...close, to: 'ended' },
  fromNowhere: { ...close, from: 'ended' },
  byJudge: { ...close, by: 'judge' },
  byNoWay: { ...close, settles: { return: 'rest' } },
  ofNoAmount: { ...close, settles: { pay: 'award' } },
  ofReason: { ...close, input: { reason: text }, settles: { pay: 'reason' } },
  ofNoLine: { ...close, shifts: { x: 'service: held -> held' } },
} as const;
const owing = { owed, restore } as const;
const noPlatform = { bear: { payout: 'debts' } } as const;
const noPlace = { bear: { ...bear, platform: 'losses' } } as const;
const carrying = { owed: { ...owed, owes: 'carry -> buyer' }, restore } as const;
const payingHeld = { owed: { ...owed, owes: 'bear -> held' }, restore } as const;
const byNobody = { from: 'open', to: 'closed', emits: 'Closed', settles: { pay: 'rest' } } as const;
const onFinish = { ...byNobody, on: 'Finish' } as const;
const lapsing = { ...states, open: { after: hours(1), fire: 'Lapse' } } as const;
const endUnless = { ...frame.transitions, End: { ...frame.transitions.End, unless: 'claim.opened' } } as const;

/** None of these is run: the compiler is what is tested. */
export const mistakes = [
  // @ts-expect-error the sale has no state opened
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open: wrong.whileOpened, close } } } }),
  // @ts-expect-error there is no part order
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open: wrong.whileOther, close } } } }),
  // @ts-expect-error nothing leaves by return
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open: wrong.cutsNothing, close } } } }),
  // @ts-expect-error nothing called reason was given
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open: wrong.keepsNothing, close } } } }),
  // @ts-expect-error a claim has no state ended
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open, close: wrong.toNowhere } } } }),
  // @ts-expect-error a claim has no state ended
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open, close: wrong.fromNowhere } } } }),
  // @ts-expect-error there is no staff called judge
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open, close: wrong.byJudge } } } }),
  // @ts-expect-error there is no way return
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open, close: wrong.byNoWay } } } }),
  // @ts-expect-error there is no amount award
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open, close: wrong.ofNoAmount } } } }),
  // @ts-expect-error the reason is no amount
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open, close: wrong.ofReason } } } }),
  // @ts-expect-error there is no line service
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open, close: wrong.ofNoLine } } } }),
  // @ts-expect-error the way says nothing of platform
  () => defineProcess({ ...frame, parts: { debt: { ways: noPlatform, states, transitions: owing } } }),
  // @ts-expect-error there is no place losses
  () => defineProcess({ ...frame, parts: { debt: { ways: noPlace, states, transitions: owing } } }),
  // @ts-expect-error there is no way carry
  () => defineProcess({ ...frame, parts: { debt: { ways: { bear }, states, transitions: carrying } } }),
  // @ts-expect-error held is inside
  () => defineProcess({ ...frame, parts: { debt: { ways: { bear }, states, transitions: payingHeld } } }),
  // @ts-expect-error nobody is said who may close it
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open, close: byNobody } } } }),
  // @ts-expect-error the sale has no command Finish
  () => defineProcess({ ...frame, parts: { claim: { states, transitions: { open, close: onFinish } } } }),
  // @ts-expect-error there is no command Lapse
  () => defineProcess({ ...frame, parts: { claim: { states: lapsing, transitions: { open, close } } } }),
  // @ts-expect-error a claim is never opened, only open
  () => defineProcess({ ...frame, transitions: endUnless, parts: { claim: { states, transitions: { open, close } } } }),
];

it('compiles what is right', () => {
  const all = ({ whole }: Facts): Money | undefined => whole?.amount;
  const right = defineProcess({
    ...frame,
    transitions: { ...frame.transitions, End: { ...frame.transitions.End, unless: 'claim.open' } },
    parts: {
      claim: {
        states,
        transitions: {
          Open: { ...open, amounts: { amount: all }, input: { reason: text }, keeps: ['reason'] },
          Close: { ...close, input: { award: amount }, settles: { refund: 'award', pay: 'rest' } },
        },
      },
      debt: { ways: { bear }, states, transitions: { Owe: owed, Restore: restore } },
    },
  });
  expect(right.commandNames).toEqual(['Fund', 'End', 'Open', 'Close', 'Owe', 'Restore']);
  type Opening = CommandsOf<typeof right>['Open']['command'];
  expectTypeOf<Opening>().toEqualTypeOf<{ readonly type: 'Open'; readonly claim: string; readonly reason: string }>();
  type Ending = CommandsOf<typeof right>['End']['refusal'];
  expectTypeOf<Extract<Ending, { code: 'blocked' }>['by']>().toEqualTypeOf<'claim.open'>();
  expect(usd('1').minor).toBe(100n);
  expect(mistakes).toHaveLength(19);
});
