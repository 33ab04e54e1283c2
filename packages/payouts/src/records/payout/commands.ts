import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Lookup, Observation, SubmitOutcome } from '@holdfast/providers';
import { z } from 'zod';
import { amountField, idField, instantField, nameField, shortIdField, textField } from '../shape.ts';
import { observationShape, outcomeShape } from './provider-shapes.ts';
import type { PayoutRefusals } from './refusals.ts';

/** Plans a payout: it claims its obligations. In the same unit each of them notes that it is taken up. */
export interface PlanPayout {
  readonly type: 'PlanPayout';
  /** Our account at a provider that sends. */
  readonly sender: string;
  /** 1 to 100 obligations of one payee, currency and bundle. */
  readonly obligations: readonly string[];
  /** Promised tips of the bundle, for which the policy may wait. */
  readonly awaits?: readonly string[];
}

/** Stores the intent to send, if nothing says no. Only a receipt that says `committed` entitles to send. */
export interface StartAttempt {
  readonly type: 'StartAttempt';
  /** The reversal that is meant; the payout's own sending where it is absent. */
  readonly reversal?: number;
}

/** Stores the intent to send the same key and bytes once more, after silence. Only a receipt that says `committed` entitles to send. */
export interface SendAgain {
  readonly type: 'SendAgain';
  /** The reversal that is meant; the payout's own sending where it is absent. */
  readonly reversal?: number;
}

/** Tells how a send ended. A fact. */
export interface ReportOutcome {
  readonly type: 'ReportOutcome';
  /** The reversal that is meant; the payout's own sending where it is absent. */
  readonly reversal?: number;
  readonly attempt: number;
  readonly send: number;
  readonly outcome: SubmitOutcome;
}

/** Tells what a provider says of one of its objects: by a webhook, a look-up or its list. A fact. */
export interface ReportObservation {
  readonly type: 'ReportObservation';
  readonly observation: Observation;
}

/** Tells what a look-up by the payout's reference found. A fact. */
export interface ReportLookup {
  readonly type: 'ReportLookup';
  /** The reversal that is meant; the payout's own sending where it is absent. */
  readonly reversal?: number;
  readonly attempt: number;
  /** When the look-up began. */
  readonly lookedAt: Instant;
  readonly lookup: Lookup;
}

/** Tells that nobody will report how sends ended that were stored earlier than an instant. */
export interface PresumeSilence {
  readonly type: 'PresumeSilence';
  /** The reversal that is meant; the payout's own sending where it is absent. */
  readonly reversal?: number;
  readonly attempt: number;
  readonly sentBefore: Instant;
}

/** An operator says that an attempt was paid, and under which name the provider has it. */
export interface AssertPaid {
  readonly type: 'AssertPaid';
  /** The reversal that is meant; the payout's own sending where it is absent. */
  readonly reversal?: number;
  readonly attempt: number;
  readonly reference: string;
  readonly why: string;
}

/** An operator says that nothing of an attempt moved, and what that rests on. */
export interface AssertAbsent {
  readonly type: 'AssertAbsent';
  /** The reversal that is meant; the payout's own sending where it is absent. */
  readonly reversal?: number;
  readonly attempt: number;
  readonly evidence: string;
}

/** An operator has a failed payout tried again. */
export interface Redrive {
  readonly type: 'Redrive';
  /** The reversal that is meant; the payout's own sending where it is absent. */
  readonly reversal?: number;
  readonly attempt: number;
  readonly why: string;
}

/** An operator asks that money of a paid payout be taken back from its payee through the provider, for what the payee owes us. */
export interface ReversePayout {
  readonly type: 'ReversePayout';
  readonly amount: Money;
  readonly why: string;
}

/** Gives up a reversal that is not under way; what the payee owes is left to later payouts. */
export interface CancelReversal {
  readonly type: 'CancelReversal';
  readonly reversal: number;
}

/** Gives up a payout that is not under way; what it owes is planned anew. */
export interface CancelPayout {
  readonly type: 'CancelPayout';
}

/** Lets go of obligations that are to be handed over. In the same unit each of them opens again. */
export interface HandOver {
  readonly type: 'HandOver';
}

/** Looks whether obligations that a payout has done with are owed something again: another payout's money came back. */
export interface Recheck {
  readonly type: 'Recheck';
}

/** What the clock asks for when a payout is due: the work of a payout worker. */
export interface SendPayout {
  readonly type: 'SendPayout';
}

/** What the clock asks for when a payout is to be looked up: the work of a payout worker. */
export interface LookUpPayout {
  readonly type: 'LookUpPayout';
}

/** The commands about payouts, each with exactly what it may be refused for. */
export type PayoutCommands = {
  readonly PlanPayout: { readonly command: PlanPayout; readonly refusal: PayoutRefusals['PlanPayout'] };
  readonly StartAttempt: { readonly command: StartAttempt; readonly refusal: PayoutRefusals['StartAttempt'] };
  readonly SendAgain: { readonly command: SendAgain; readonly refusal: PayoutRefusals['SendAgain'] };
  readonly ReportOutcome: { readonly command: ReportOutcome; readonly refusal: PayoutRefusals['ReportOutcome'] };
  readonly ReportObservation: {
    readonly command: ReportObservation;
    readonly refusal: PayoutRefusals['ReportObservation'];
  };
  readonly ReportLookup: { readonly command: ReportLookup; readonly refusal: PayoutRefusals['ReportLookup'] };
  readonly PresumeSilence: { readonly command: PresumeSilence; readonly refusal: PayoutRefusals['PresumeSilence'] };
  readonly AssertPaid: { readonly command: AssertPaid; readonly refusal: PayoutRefusals['AssertPaid'] };
  readonly AssertAbsent: { readonly command: AssertAbsent; readonly refusal: PayoutRefusals['AssertAbsent'] };
  readonly Redrive: { readonly command: Redrive; readonly refusal: PayoutRefusals['Redrive'] };
  readonly ReversePayout: { readonly command: ReversePayout; readonly refusal: PayoutRefusals['ReversePayout'] };
  readonly CancelReversal: { readonly command: CancelReversal; readonly refusal: PayoutRefusals['CancelReversal'] };
  readonly CancelPayout: { readonly command: CancelPayout; readonly refusal: PayoutRefusals['CancelPayout'] };
  readonly HandOver: { readonly command: HandOver; readonly refusal: PayoutRefusals['HandOver'] };
  readonly Recheck: { readonly command: Recheck; readonly refusal: PayoutRefusals['Recheck'] };
  readonly SendPayout: { readonly command: SendPayout; readonly refusal: PayoutRefusals['SendPayout'] };
  readonly LookUpPayout: { readonly command: LookUpPayout; readonly refusal: PayoutRefusals['LookUpPayout'] };
};

/** Any of the commands about a payout. */
export type AnyPayoutCommand = PayoutCommands[keyof PayoutCommands]['command'];

const attempt = z.int().min(1).max(999_999_999);
const reversal = attempt.optional();

/** The shapes of the commands about payouts. */
export const payoutShapes = {
  PlanPayout: z.strictObject({
    type: z.literal('PlanPayout'),
    sender: idField,
    obligations: z.array(shortIdField).min(1).max(100),
    awaits: z.array(shortIdField).max(100).optional(),
  }),
  StartAttempt: z.strictObject({ type: z.literal('StartAttempt'), reversal }),
  SendAgain: z.strictObject({ type: z.literal('SendAgain'), reversal }),
  ReportOutcome: z.strictObject({
    type: z.literal('ReportOutcome'),
    reversal,
    attempt,
    send: attempt,
    outcome: outcomeShape,
  }),
  ReportObservation: z.strictObject({ type: z.literal('ReportObservation'), observation: observationShape }),
  ReportLookup: z.strictObject({
    type: z.literal('ReportLookup'),
    reversal,
    attempt,
    lookedAt: instantField,
    lookup: z.union([
      z.strictObject({ found: z.array(observationShape).max(1_000) }),
      z.strictObject({ found: z.tuple([]), conclusive: z.boolean(), why: z.string().max(500) }),
    ]),
  }),
  PresumeSilence: z.strictObject({ type: z.literal('PresumeSilence'), reversal, attempt, sentBefore: instantField }),
  AssertPaid: z.strictObject({
    type: z.literal('AssertPaid'),
    reversal,
    attempt,
    reference: nameField,
    why: textField,
  }),
  AssertAbsent: z.strictObject({ type: z.literal('AssertAbsent'), reversal, attempt, evidence: nameField }),
  Redrive: z.strictObject({ type: z.literal('Redrive'), reversal, attempt, why: textField }),
  ReversePayout: z.strictObject({ type: z.literal('ReversePayout'), amount: amountField, why: textField }),
  CancelReversal: z.strictObject({ type: z.literal('CancelReversal'), reversal: attempt }),
  CancelPayout: z.strictObject({ type: z.literal('CancelPayout') }),
  HandOver: z.strictObject({ type: z.literal('HandOver') }),
  Recheck: z.strictObject({ type: z.literal('Recheck') }),
  SendPayout: z.strictObject({ type: z.literal('SendPayout') }),
  LookUpPayout: z.strictObject({ type: z.literal('LookUpPayout') }),
};
