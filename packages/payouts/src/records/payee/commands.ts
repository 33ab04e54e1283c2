import type { Money } from '@holdfast/money';
import { z } from 'zod';
import { type AddHold, holdShapes, type ReleaseHold } from '../holds.ts';
import { accountField, amountField, nameField, textField } from '../shape.ts';
import type { PayeeRefusals } from './refusals.ts';

/** Tells of a payee. */
export interface RegisterPayee {
  readonly type: 'RegisterPayee';
  /** The provider's own name of where the money goes. */
  readonly destination?: string;
  readonly onboarded?: boolean;
}

/** Tells whether the provider lets the payee receive. */
export interface SetOnboarded {
  readonly type: 'SetOnboarded';
  readonly onboarded: boolean;
}

/** Sends to another place from now on. Keeps money back for the quiet time of the policy. */
export interface ChangeDestination {
  readonly type: 'ChangeDestination';
  readonly destination: string;
}

/** Sends nothing to the payee; what is earned is still owed. */
export interface FreezePayee {
  readonly type: 'FreezePayee';
}

/** Sends to the payee again. */
export interface UnfreezePayee {
  readonly type: 'UnfreezePayee';
}

/** Opens a debt of the payee for what somebody else is given back: a chargeback, a cost. */
export interface OpenDebt {
  readonly type: 'OpenDebt';
  readonly amount: Money;
  /** The account that gets it. */
  readonly to: string;
  readonly why: string;
}

/** Gives a debt up: the platform bears it. */
export interface WriteOffDebt {
  readonly type: 'WriteOffDebt';
  readonly amount: Money;
  readonly why: string;
}

/** The commands about payees, each with exactly what it may be refused for. */
export type PayeeCommands = {
  readonly RegisterPayee: { readonly command: RegisterPayee; readonly refusal: PayeeRefusals['RegisterPayee'] };
  readonly SetOnboarded: { readonly command: SetOnboarded; readonly refusal: PayeeRefusals['SetOnboarded'] };
  readonly ChangeDestination: {
    readonly command: ChangeDestination;
    readonly refusal: PayeeRefusals['ChangeDestination'];
  };
  readonly FreezePayee: { readonly command: FreezePayee; readonly refusal: PayeeRefusals['FreezePayee'] };
  readonly UnfreezePayee: { readonly command: UnfreezePayee; readonly refusal: PayeeRefusals['UnfreezePayee'] };
  readonly AddHold: { readonly command: AddHold; readonly refusal: PayeeRefusals['AddHold'] };
  readonly ReleaseHold: { readonly command: ReleaseHold; readonly refusal: PayeeRefusals['ReleaseHold'] };
  readonly OpenDebt: { readonly command: OpenDebt; readonly refusal: PayeeRefusals['OpenDebt'] };
  readonly WriteOffDebt: { readonly command: WriteOffDebt; readonly refusal: PayeeRefusals['WriteOffDebt'] };
};

/** Any of the commands about a payee. */
export type AnyPayeeCommand = PayeeCommands[keyof PayeeCommands]['command'];

/** The shapes of the commands about payees. */
export const payeeShapes = {
  RegisterPayee: z.strictObject({
    type: z.literal('RegisterPayee'),
    destination: nameField.optional(),
    onboarded: z.boolean().optional(),
  }),
  SetOnboarded: z.strictObject({ type: z.literal('SetOnboarded'), onboarded: z.boolean() }),
  ChangeDestination: z.strictObject({ type: z.literal('ChangeDestination'), destination: nameField }),
  FreezePayee: z.strictObject({ type: z.literal('FreezePayee') }),
  UnfreezePayee: z.strictObject({ type: z.literal('UnfreezePayee') }),
  ...holdShapes,
  OpenDebt: z.strictObject({ type: z.literal('OpenDebt'), amount: amountField, to: accountField, why: textField }),
  WriteOffDebt: z.strictObject({ type: z.literal('WriteOffDebt'), amount: amountField, why: textField }),
};
