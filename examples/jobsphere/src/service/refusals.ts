import type { Role } from '../host/rows.ts';

/** There is no such thing, or it is not the caller's to see. */
export interface NothingThere {
  readonly code: 'nothing_there';
  readonly what: 'job' | 'application' | 'offer' | 'user';
}

/** Only the customer whose job it is may do this. */
export interface NotTheOwner {
  readonly code: 'not_the_owner';
}

/** The caller's role may not do this. */
export interface RoleNotAllowed {
  readonly code: 'role_not_allowed';
  /** What it may not, as the end of a sentence: `withdraw funds`. */
  readonly action: string;
  readonly allowed: readonly Role[];
}

/** Offers are sent for open jobs alone. */
export interface JobNotOpen {
  readonly code: 'job_not_open';
  readonly status: string;
}

/** The job has no accepted offer, so there is nothing to start or to complete. */
export interface JobNotInProgress {
  readonly code: 'job_not_in_progress';
  readonly status: string;
}

/** The job has come to its end. */
export interface JobFinished {
  readonly code: 'job_finished';
  readonly status: 'completed' | 'cancelled';
}

/** The contractor has begun, so the customer cannot take everything back without him (J3). */
export interface JobBegun {
  readonly code: 'job_begun';
}

/** The contractor has applied for this job already. */
export interface AppliedAlready {
  readonly code: 'applied_already';
}

/** Nobody is known to call. */
export interface NotSignedIn {
  readonly code: 'not_signed_in';
}

/** A request is not of its shape. */
export interface RequestInvalid {
  readonly code: 'request_invalid';
  /** Where, such as `amount` or `limit`. */
  readonly field: string;
  /** What was given, cut to 64 characters. */
  readonly given: string;
  readonly allowed: string;
}

/** A command that moves money came without its key (J24). */
export interface KeyMissing {
  readonly code: 'key_missing';
}

/** There is no such address. */
export interface NoSuchRoute {
  readonly code: 'no_such_route';
}

/** What the host itself says no to. */
export type HostRefusal =
  | NothingThere
  | NotTheOwner
  | RoleNotAllowed
  | JobNotOpen
  | JobNotInProgress
  | JobFinished
  | JobBegun
  | AppliedAlready
  | NotSignedIn
  | RequestInvalid
  | KeyMissing
  | NoSuchRoute;
