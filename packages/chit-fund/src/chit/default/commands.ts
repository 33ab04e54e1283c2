import type { Money } from '@holdfast/money';
import type { HolderGiven } from '../founding/commands.ts';

/** Treats a ticket's holder as defaulting, by the agreement: he may not bid from now on. */
export interface DeclareDefault {
  readonly type: 'DeclareDefault';
  readonly ticket: number;
}

/** Removes a defaulter who has not won. He may come back within seven days. */
export interface RemoveSubscriber {
  readonly type: 'RemoveSubscriber';
  readonly ticket: number;
  /** How the written notice is found. */
  readonly notice: string;
}

/** Takes a removed subscriber back who has paid what he owed with interest, in time. */
export interface ReinstateSubscriber {
  readonly type: 'ReinstateSubscriber';
  readonly ticket: number;
}

/** Puts another person in a removed subscriber's place: he pays all instalments so far; out of that the defaulter's contributions are deposited. */
export interface SubstituteSubscriber {
  readonly type: 'SubstituteSubscriber';
  readonly ticket: number;
  readonly holders: readonly HolderGiven[];
  /** Kept from the defaulter's contributions, as the agreement says. */
  readonly deduction: Money;
  readonly channel: string;
}

/** The foreman takes a removed ticket that nobody took over. */
export interface HoldVacantTicket {
  readonly type: 'HoldVacantTicket';
  readonly ticket: number;
}

/** Pays a removed subscriber what lies for him. */
export interface RefundDefaulter {
  readonly type: 'RefundDefaulter';
  readonly ticket: number;
  readonly channel: string;
}

/** Demands all instalments to come from a prized defaulter, in writing. */
export interface DemandFuture {
  readonly type: 'DemandFuture';
  readonly ticket: number;
  readonly notice: string;
}

/** Makes all instalments to come of a prized defaulter due at once: the demand was not met. */
export interface AccelerateLiability {
  readonly type: 'AccelerateLiability';
  readonly ticket: number;
}

/** Lets a prized defaulter pay by instalments again: he has paid arrears, interest and costs before the hearing. */
export interface CureDefault {
  readonly type: 'CureDefault';
  readonly ticket: number;
}

/** Takes a dispute over a ticket to the registrar. */
export interface OpenDispute {
  readonly type: 'OpenDispute';
  readonly ticket: number;
  readonly reference: string;
}

/** Notes what the registrar has decided of a dispute. */
export interface CloseDispute {
  readonly type: 'CloseDispute';
  readonly ticket: number;
  readonly award: 'recover' | 'reinstate' | 'write_off';
}

/** The commands about defaults. */
export type DefaultCommand =
  | DeclareDefault
  | RemoveSubscriber
  | ReinstateSubscriber
  | SubstituteSubscriber
  | HoldVacantTicket
  | RefundDefaulter
  | DemandFuture
  | AccelerateLiability
  | CureDefault
  | OpenDispute
  | CloseDispute;
