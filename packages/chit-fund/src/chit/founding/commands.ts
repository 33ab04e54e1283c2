import type { RunningScheme } from '../../law/agreement.ts';
import type { Day } from '../../terms/terms.ts';

/** Drafts a scheme. Whoever asks is its foreman. */
export interface DraftScheme {
  readonly type: 'DraftScheme';
  /** What {@link termsToJson} gives for {@link SchemeTerms}. */
  readonly terms: unknown;
  /** What the agreement says for the law, as {@link parseAgreement} reads it. Needed once the scheme is submitted under the Act. */
  readonly agreement?: unknown;
}

/** Changes the terms or the agreement of a draft, or of a scheme that was rejected, which is a draft again. */
export interface ReviseDraft {
  readonly type: 'ReviseDraft';
  readonly terms?: unknown;
  readonly agreement?: unknown;
}

/** Asks for the previous sanction: every field of the agreement has to be there, and every limit kept. */
export interface SubmitScheme {
  readonly type: 'SubmitScheme';
  /** The foreman's other schemes, for the limit on all of them together. */
  readonly others?: readonly RunningScheme[];
}

/** The registrar says no; the foreman may revise it and submit it again. */
export interface RejectScheme {
  readonly type: 'RejectScheme';
  readonly why: string;
}

/** The registrar gives the previous sanction. It lapses in twelve months where the scheme is not registered by then. */
export interface SanctionScheme {
  readonly type: 'SanctionScheme';
  /** The number of the order. */
  readonly order: string;
}

/** The registrar prolongs a sanction, once, by six months at most. */
export interface ExtendSanction {
  readonly type: 'ExtendSanction';
  readonly months: number;
}

/** What the clock asks for when a sanction's time is over. */
export interface LapseSanction {
  readonly type: 'LapseSanction';
}

/** The registrar registers the agreement: tickets may be enrolled from now on. */
export interface RegisterScheme {
  readonly type: 'RegisterScheme';
  /** The number under which it is registered. */
  readonly number: string;
}

/** One person's part of a ticket. */
export interface HolderGiven {
  readonly person: string;
  /** Of the ticket's parts; 1 where absent. A ticket of two halves has two holders of one part each. */
  readonly parts?: number;
}

/** Enrols the holder of a ticket, or the holders of its parts. */
export interface EnrolTicket {
  readonly type: 'EnrolTicket';
  readonly ticket: number;
  readonly holders: readonly HolderGiven[];
}

/** Takes an enrolment back, before the scheme is declared fully subscribed. */
export interface WithdrawEnrolment {
  readonly type: 'WithdrawEnrolment';
  readonly ticket: number;
}

/** The foreman declares that every ticket is subscribed. */
export interface DeclareSubscribed {
  readonly type: 'DeclareSubscribed';
}

/** The registrar gives the certificate of commencement: payments and draws may begin. */
export interface CommenceScheme {
  readonly type: 'CommenceScheme';
  /** The number of the certificate. */
  readonly certificate: string;
  /** The day on which the last subscriber was given a copy of the agreement. */
  readonly copiesDelivered?: Day;
}

/** The commands that lead from a draft to a scheme that runs. */
export type FoundingCommand =
  | DraftScheme
  | ReviseDraft
  | SubmitScheme
  | RejectScheme
  | SanctionScheme
  | ExtendSanction
  | LapseSanction
  | RegisterScheme
  | EnrolTicket
  | WithdrawEnrolment
  | DeclareSubscribed
  | CommenceScheme;
