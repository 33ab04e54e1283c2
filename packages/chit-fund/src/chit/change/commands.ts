import type { Money } from '@holdfast/money';
import type { HolderGiven } from '../founding/commands.ts';

/** Transfers a ticket that has not won to another holder, with its arrears and liens. */
export interface TransferTicket {
  readonly type: 'TransferTicket';
  readonly ticket: number;
  readonly holders: readonly HolderGiven[];
  /** How the written transfer is found. */
  readonly deed: string;
}

/** Puts a subscriber's nominee in his place: he has died. */
export interface RecordDeath {
  readonly type: 'RecordDeath';
  readonly person: string;
  readonly nominee: string;
}

/** Lays a lien on a ticket for what another one owes: it may not bid. */
export interface LayLien {
  readonly type: 'LayLien';
  readonly ticket: number;
  /** What it secures, as `scheme/ticket`. */
  readonly secures: string;
}

/** Lifts a lien. */
export interface LiftLien {
  readonly type: 'LiftLien';
  readonly ticket: number;
  readonly secures: string;
}

/** Stops a scheme for a time: by special resolution, or by an order of the registrar. */
export interface SuspendScheme {
  readonly type: 'SuspendScheme';
  readonly why: string;
}

/** Lets a suspended scheme go on. */
export interface ResumeScheme {
  readonly type: 'ResumeScheme';
}

/** Lets another person be the foreman: the old one has died or is incapable, and the agreement provides for it. */
export interface SucceedForeman {
  readonly type: 'SucceedForeman';
  readonly foreman: string;
}

/** A subscriber who has not won wants out: he is paid what he has paid in, less a deduction; the foreman holds the ticket. */
export interface LeaveScheme {
  readonly type: 'LeaveScheme';
  readonly ticket: number;
  readonly deduction: Money;
}

/** Ends a scheme early by the written consent of all who have not won, of winners who are not paid, and of the foreman. */
export interface TerminateByConsent {
  readonly type: 'TerminateByConsent';
  /** Those who have consented. */
  readonly consents: readonly string[];
}

/** Ends a scheme early because the foreman has died or is incapable and nobody continues it. */
export interface TerminateForIncapacity {
  readonly type: 'TerminateForIncapacity';
  readonly why: string;
}

/** The commands that change a running scheme. */
export type ChangeCommand =
  | TransferTicket
  | RecordDeath
  | LayLien
  | LiftLien
  | SuspendScheme
  | ResumeScheme
  | SucceedForeman
  | LeaveScheme
  | TerminateByConsent
  | TerminateForIncapacity;
