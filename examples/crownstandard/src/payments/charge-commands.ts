import { type Instant, isId, isInstant, type Refusal, type ShapeInvalid, show } from '@holdfast/kernel';
import { isMoney, type Money } from '@holdfast/money';
import type { Lookup, Observation, ObservedDispute, SendOutcome, StartAttemptRefusal } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';
import type { ChargeFor } from './charge.ts';

/** Stores the intent of a payment or a refund. Only a receipt that says `committed` entitles to send it. */
export interface StartCharge {
  readonly type: 'StartCharge';
  readonly for: ChargeFor;
  readonly amount: Money;
  /** The provider's object that a refund is of. */
  readonly object?: string;
  /** Of a refund of all that an account has: the account. Where it has another balance by then, the amount is of yesterday and nothing happens. */
  readonly allOf?: string;
}

/** Stores the intent of one more send of a charge that is not settled. */
export interface SendChargeAgain {
  readonly type: 'SendChargeAgain';
}

/** Tells how a send of an attempt ended. A fact. */
export interface ReportChargeOutcome extends SendOutcome {
  readonly type: 'ReportChargeOutcome';
  /** The number of the attempt. */
  readonly attempt: number;
}

/** Tells what the provider says of its object, in a webhook or its list: the object names its attempt. A fact. */
export interface ReportChargeObservation {
  readonly type: 'ReportChargeObservation';
  readonly observation: Observation;
}

/** Tells what a look-up by the charge's reference found, of whichever attempt. A fact. */
export interface ReportChargeLookup {
  readonly type: 'ReportChargeLookup';
  readonly lookup: Lookup;
  /** When the look-up began. */
  readonly lookedAt: Instant;
}

/** Tells that nobody will report how sends of an attempt ended that were stored earlier than an instant. */
export interface PresumeChargeSilence {
  readonly type: 'PresumeChargeSilence';
  readonly attempt: number;
  readonly sentBefore: Instant;
}

/** Notes which refund gives back what moved once too often, in the unit that stores the intent of that. */
export interface GiveBackSurplus {
  readonly type: 'GiveBackSurplus';
  readonly object: string;
  readonly refund: string;
}

/** Notes that a booking was told how a dispute at the bank stands, in the unit that does what follows from that. */
export interface NoteBankDispute {
  readonly type: 'NoteBankDispute';
  readonly dispute: string;
  readonly standing: ObservedDispute['standing'];
}

/** The charge exists already. */
export interface ChargeExists extends Refusal<'charge_exists'> {
  readonly charge: string;
}

/** The account that was to be given back whole has another balance by now: look again. */
export interface AmountMoved extends Refusal<'amount_moved'> {
  readonly account: string;
  readonly amount: Money;
}

/** There is no such charge. */
export interface ChargeUnknown extends Refusal<'charge_unknown'> {
  readonly charge: string;
}

/** Nothing is to be sent now: it is settled, under way, or in doubt in a way that another send would make worse. */
export interface ChargeNotSendable extends Refusal<'charge_not_sendable'> {
  readonly charge: string;
  readonly why: string;
}

/** Nothing of this object is to be given back, or somebody does. */
export interface SurplusUnknown extends Refusal<'surplus_unknown'> {
  readonly charge: string;
  readonly object: string;
}

/** The dispute at the bank does not stand so, or that was told before. */
export interface BankDisputeMoved extends Refusal<'bank_dispute_moved'> {
  readonly charge: string;
  readonly dispute: string;
}

/** The commands about charges, each with what it may be refused for. */
export type ChargeCommands = {
  readonly StartCharge: {
    readonly command: StartCharge;
    readonly refusal: ChargeExists | AmountMoved | StartAttemptRefusal;
  };
  readonly SendChargeAgain: {
    readonly command: SendChargeAgain;
    readonly refusal: ChargeUnknown | ChargeNotSendable | StartAttemptRefusal;
  };
  readonly ReportChargeOutcome: { readonly command: ReportChargeOutcome; readonly refusal: ChargeUnknown };
  readonly ReportChargeObservation: { readonly command: ReportChargeObservation; readonly refusal: ChargeUnknown };
  readonly ReportChargeLookup: { readonly command: ReportChargeLookup; readonly refusal: ChargeUnknown };
  readonly PresumeChargeSilence: { readonly command: PresumeChargeSilence; readonly refusal: ChargeUnknown };
  readonly NoteBankDispute: { readonly command: NoteBankDispute; readonly refusal: ChargeUnknown | BankDisputeMoved };
  readonly GiveBackSurplus: { readonly command: GiveBackSurplus; readonly refusal: ChargeUnknown | SurplusUnknown };
};

/** What is told of a charge. */
export type ChargeReport = ReportChargeOutcome | ReportChargeObservation | ReportChargeLookup;

/** Any of the commands about a charge. */
export type AnyChargeCommand = ChargeCommands[keyof ChargeCommands]['command'];

const id = z.custom<string>((value) => isId(value), 'an id');
const word = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'a word');
const object = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'the provider’s name of an object');
const positive = z.custom<Money>((value) => isMoney(value) && value.minor > 0n, 'an amount of more than zero');
const instant = z.custom<Instant>((value) => isInstant(value), 'an instant');
const heard = z.custom<object>((value) => typeof value === 'object' && value !== null, 'what was heard');
const shapes: Readonly<Record<string, z.ZodType>> = {
  StartCharge: z.strictObject({
    type: z.literal('StartCharge'),
    for: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('booking'), booking: id, customer: id, provider: id, otpHash: word }),
      z.strictObject({
        what: z.literal('tip'),
        booking: id,
        tip: id,
        converted: z.strictObject({ amount: positive, quote: word }).optional(),
      }),
      z.strictObject({ what: z.literal('refund'), booking: id, of: id }),
      z.strictObject({ what: z.literal('surplus'), charge: id }),
    ]),
    amount: positive,
    object: object.optional(),
    allOf: word.optional(),
  }),
  SendChargeAgain: z.strictObject({ type: z.literal('SendChargeAgain') }),
  ReportChargeOutcome: z.strictObject({
    type: z.literal('ReportChargeOutcome'),
    attempt: z.int().positive(),
    send: z.int().positive(),
    outcome: heard,
  }),
  ReportChargeObservation: z.strictObject({ type: z.literal('ReportChargeObservation'), observation: heard }),
  ReportChargeLookup: z.strictObject({
    type: z.literal('ReportChargeLookup'),
    lookup: heard,
    lookedAt: instant,
  }),
  PresumeChargeSilence: z.strictObject({
    type: z.literal('PresumeChargeSilence'),
    attempt: z.int().positive(),
    sentBefore: instant,
  }),
  NoteBankDispute: z.strictObject({
    type: z.literal('NoteBankDispute'),
    dispute: object,
    standing: z.enum(['open', 'lost', 'ended']),
  }),
  GiveBackSurplus: z.strictObject({ type: z.literal('GiveBackSurplus'), object, refund: id }),
};

/** Reads a command from outside. Unknown fields are refused. */
export function parseChargeCommand(command: unknown): Result<AnyChargeCommand, ShapeInvalid> {
  const type = (command as { readonly type?: unknown } | null)?.type;
  const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (!shape) {
    const allowed = Object.keys(shapes).join(', ');
    return err({ code: 'shape_invalid', field: 'type', given: show(type), allowed });
  }
  const read = shape.safeParse(command);
  if (read.success) return ok(read.data as AnyChargeCommand);
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') || 'command';
  return err({ code: 'shape_invalid', field, given: show(command), allowed: issue?.message ?? '' });
}
