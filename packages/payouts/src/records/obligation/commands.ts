import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { z } from 'zod';
import { type AddHold, holdShapes, type ReleaseHold } from '../holds.ts';
import { accountField, amountField, idField, instantField, nameField, shortIdField } from '../shape.ts';
import type { ObligationKind } from './obligation.ts';
import type { ObligationRefusals } from './refusals.ts';

/** Asks for a tip, before anybody is charged: the window is decided here. */
export interface PromiseTip {
  readonly type: 'PromiseTip';
  readonly payee: string;
  readonly amount: Money;
  /** What it is paid together with: the booking. */
  readonly group: string;
  /** When the booking was completed: the window of tips begins there. */
  readonly completedAt: Instant;
}

/** Tells that a payee has earned something. A fact: it is refused only where it contradicts what is known of the same obligation. */
export interface Earn {
  readonly type: 'Earn';
  readonly payee: string;
  /** In the currency in which it is paid out. */
  readonly amount: Money;
  /** `earning` where it is absent. */
  readonly kind?: ObligationKind;
  /** What it is paid together with; by itself where it is absent. */
  readonly group?: string;
  /** The delay of the policy begins here. One of `completedAt` and `eligibleAt` is given, unless the tip was promised. */
  readonly completedAt?: Instant;
  /** When it may be paid out, where that was computed elsewhere. */
  readonly eligibleAt?: Instant;
  /** When the provider has the money to give. */
  readonly fundsAvailableAt?: Instant;
  /** The account that gives the money. Where it is absent, the money is in the obligation's account already, by the same unit. */
  readonly from?: string;
  /** What was captured, and by which quote it became `amount`. Needs `from`. */
  readonly conversion?: { readonly captured: Money; readonly quote: string };
}

/** Gives back a part of what was earned. What is no longer in the obligation's account becomes a debt of the payee. */
export interface RefundObligation {
  readonly type: 'RefundObligation';
  /** Where it was converted: in the currency that was captured. */
  readonly amount: Money;
  /** The account that gets it. */
  readonly to: string;
}

/** Tells when the provider has the money to give. */
export interface ExpectFunds {
  readonly type: 'ExpectFunds';
  readonly at: Instant;
}

/** Asks for a payout now, whatever the schedule says. The delay still runs. */
export interface RequestPayout {
  readonly type: 'RequestPayout';
}

/** Notes that a payout has taken the obligation, in the unit that plans the payout. */
export interface TakeUp {
  readonly type: 'TakeUp';
  readonly payout: string;
}

/** Notes that a payout has given the obligation back, in the unit that hands it over. */
export interface Reopen {
  readonly type: 'Reopen';
}

/** What the clock asks for when the obligation is due: the work of a payout worker. */
export interface PlanObligation {
  readonly type: 'PlanObligation';
}

/** The commands about obligations, each with exactly what it may be refused for. */
export type ObligationCommands = {
  readonly PromiseTip: { readonly command: PromiseTip; readonly refusal: ObligationRefusals['PromiseTip'] };
  readonly Earn: { readonly command: Earn; readonly refusal: ObligationRefusals['Earn'] };
  readonly RefundObligation: {
    readonly command: RefundObligation;
    readonly refusal: ObligationRefusals['RefundObligation'];
  };
  readonly ExpectFunds: { readonly command: ExpectFunds; readonly refusal: ObligationRefusals['ExpectFunds'] };
  readonly RequestPayout: { readonly command: RequestPayout; readonly refusal: ObligationRefusals['RequestPayout'] };
  readonly AddHold: { readonly command: AddHold; readonly refusal: ObligationRefusals['AddHold'] };
  readonly ReleaseHold: { readonly command: ReleaseHold; readonly refusal: ObligationRefusals['ReleaseHold'] };
  readonly TakeUp: { readonly command: TakeUp; readonly refusal: ObligationRefusals['TakeUp'] };
  readonly Reopen: { readonly command: Reopen; readonly refusal: ObligationRefusals['Reopen'] };
  readonly PlanObligation: {
    readonly command: PlanObligation;
    readonly refusal: ObligationRefusals['PlanObligation'];
  };
};

/** Any of the commands about an obligation. */
export type AnyObligationCommand = ObligationCommands[keyof ObligationCommands]['command'];

/** The shapes of the commands about obligations. */
export const obligationShapes = {
  PromiseTip: z.strictObject({
    type: z.literal('PromiseTip'),
    payee: shortIdField,
    amount: amountField,
    group: shortIdField,
    completedAt: instantField,
  }),
  Earn: z
    .strictObject({
      type: z.literal('Earn'),
      payee: shortIdField,
      amount: amountField,
      kind: z.enum(['earning', 'tip', 'reserve', 'won']).optional(),
      group: shortIdField.optional(),
      completedAt: instantField.optional(),
      eligibleAt: instantField.optional(),
      fundsAvailableAt: instantField.optional(),
      from: accountField.optional(),
      conversion: z.strictObject({ captured: amountField, quote: nameField }).optional(),
    })
    .refine(
      ({ from, conversion, amount }) =>
        !conversion || (from !== undefined && conversion.captured.currency.code !== amount.currency.code),
      { path: ['conversion'], message: 'a conversion into another currency, with the account that gives' },
    ),
  RefundObligation: z.strictObject({ type: z.literal('RefundObligation'), amount: amountField, to: accountField }),
  ExpectFunds: z.strictObject({ type: z.literal('ExpectFunds'), at: instantField }),
  RequestPayout: z.strictObject({ type: z.literal('RequestPayout') }),
  ...holdShapes,
  TakeUp: z.strictObject({ type: z.literal('TakeUp'), payout: idField }),
  Reopen: z.strictObject({ type: z.literal('Reopen') }),
  PlanObligation: z.strictObject({ type: z.literal('PlanObligation') }),
};
