import type { Instant, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Lookup, Observation, ObservedDispute, SendOutcome, StartAttemptRefusal } from '@holdfast/providers';
import type { ChargeFor, TakenByBank } from './charge.ts';

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
  /** Of an operator, who decides so where nobody can place it. */
  readonly why?: string;
}

/** Notes that a booking was told how a dispute at the bank stands, in the unit that does what follows from that. */
export interface NoteBankDispute {
  readonly type: 'NoteBankDispute';
  readonly dispute: string;
  readonly standing: ObservedDispute['standing'];
  /** Of one that was lost: what it has taken, and from whom. */
  readonly took?: TakenByBank;
  /** The balance that was looked at for what follows from it. Where the account has another one by then, nothing happens: look again. */
  readonly expects?: { readonly account: string; readonly balance: Money };
}

/** An operator says that a charge which waited was made, and as what. What follows from that is booked next, by {@link ApplyAssertion}. */
export interface AssertChargeMade {
  readonly type: 'AssertChargeMade';
  /** The number of the attempt that it is said of. */
  readonly attempt: number;
  /** The provider's name of what it was made as. */
  readonly object: string;
  readonly why: string;
}

/** An operator says that a charge which waited was certainly not made. A payment is over by that; a refund is sent under its next key. */
export interface AssertChargeAbsent {
  readonly type: 'AssertChargeAbsent';
  readonly attempt: number;
  /** What it rests on, by name, such as the number of the provider's written answer. */
  readonly evidence: string;
  readonly why: string;
}

/** An operator has a refund tried again that the provider would not make, once what was wrong is mended and somebody has looked. */
export interface DriveChargeAgain {
  readonly type: 'DriveChargeAgain';
  readonly why: string;
}

/** Notes which charge sends a refund once more that came back, in the unit that stores the intent of that. */
export interface ReplaceRefund {
  readonly type: 'ReplaceRefund';
  readonly again: string;
  readonly why: string;
}

/** Books what an operator has said a charge was made as. */
export interface ApplyAssertion {
  readonly type: 'ApplyAssertion';
  /** When it was said. */
  readonly saidAt: Instant;
}

/** Makes the charge that the provider's list tells of and a restored book has forgotten. A fact. */
export interface AdoptCharge {
  readonly type: 'AdoptCharge';
  readonly observation: Observation;
  /** As far as its name tells. */
  readonly for: ChargeFor;
  /** Whether what it was for happens in the same unit. Where not, what it has moved lies in suspense. */
  readonly isPlaced: boolean;
}

/** Says what an adopted charge was for, instead of charging once more: what was taken counts. */
export interface ClaimAdopted {
  readonly type: 'ClaimAdopted';
  readonly for: ChargeFor;
  readonly amount: Money;
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

/** Only an operator may say this. */
export interface ActorNotAllowed extends Refusal<'actor_not_allowed'> {}

/** Nothing about the charge waits for this word of an operator. */
export interface ChargeNotWaiting extends Refusal<'charge_not_waiting'> {
  readonly charge: string;
  readonly status: string;
}

/** What the provider has under this name is not what was asked for, or something has moved that is said not to have. */
export interface ObjectDiffers extends Refusal<'object_differs'> {
  readonly charge: string;
  readonly object: string;
  readonly field: string;
}

/** What was met at the provider is of another amount than is asked for now. */
export interface ChargeNotAdopted extends Refusal<'charge_not_adopted'> {
  readonly charge: string;
  /** What was taken. */
  readonly amount: Money;
}

/** Nobody has looked at the provider since it said no. */
export interface LookFirst extends Refusal<'look_up_first'> {
  readonly charge: string;
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
  readonly NoteBankDispute: {
    readonly command: NoteBankDispute;
    readonly refusal: ChargeUnknown | BankDisputeMoved | AmountMoved;
  };
  readonly GiveBackSurplus: { readonly command: GiveBackSurplus; readonly refusal: ChargeUnknown | SurplusUnknown };
  readonly AssertChargeMade: {
    readonly command: AssertChargeMade;
    readonly refusal: ChargeUnknown | ActorNotAllowed | ChargeNotWaiting | ObjectDiffers;
  };
  readonly AssertChargeAbsent: {
    readonly command: AssertChargeAbsent;
    readonly refusal: ChargeUnknown | ActorNotAllowed | ChargeNotWaiting | ObjectDiffers;
  };
  readonly DriveChargeAgain: {
    readonly command: DriveChargeAgain;
    readonly refusal: ChargeUnknown | ActorNotAllowed | ChargeNotWaiting | LookFirst;
  };
  readonly ReplaceRefund: {
    readonly command: ReplaceRefund;
    readonly refusal: ChargeUnknown | ActorNotAllowed | ChargeNotWaiting;
  };
  readonly AdoptCharge: { readonly command: AdoptCharge; readonly refusal: ChargeExists | ChargeUnknown };
  readonly ClaimAdopted: {
    readonly command: ClaimAdopted;
    readonly refusal: ChargeUnknown | ChargeExists | ChargeNotAdopted;
  };
  readonly ApplyAssertion: { readonly command: ApplyAssertion; readonly refusal: ChargeUnknown };
};

/** What is told of a charge, by whatever success of it may follow. */
export type ChargeReport = ReportChargeOutcome | ReportChargeObservation | ReportChargeLookup | ApplyAssertion;

/** Any of the commands about a charge. */
export type AnyChargeCommand = ChargeCommands[keyof ChargeCommands]['command'];
