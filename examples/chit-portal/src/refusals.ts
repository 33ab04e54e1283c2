import type { Role } from './host/tables.ts';

/** Nobody is known to call, or the token is no longer good. */
export interface NotSignedIn {
  readonly code: 'not_signed_in';
}

/** The caller may not do this. */
export interface Forbidden {
  readonly code: 'forbidden';
  /** Who may. */
  readonly allowed: readonly (Role | 'OWNER')[];
}

/** There is no such thing, or it is not the caller's to see. */
export interface NothingThere {
  readonly code: 'nothing_there';
  readonly what: 'user' | 'document' | 'scheme' | 'subscription' | 'payment' | 'notification' | 'report' | 'draw';
}

/** Mail address or password is wrong: which of them is not said. */
export interface CredentialsWrong {
  readonly code: 'credentials_wrong';
}

/** The refresh token is unknown, was used before, or has expired. */
export interface RefreshTokenInvalid {
  readonly code: 'refresh_token_invalid';
}

/** The mailed token is unknown, was used before, or has expired. */
export interface MailedTokenInvalid {
  readonly code: 'mailed_token_invalid';
}

/** Somebody has this already. */
export interface Taken {
  readonly code: 'taken';
  readonly field: 'email' | 'phoneNumber' | 'documentNumber' | 'transactionId';
}

/** The account was suspended. */
export interface AccountSuspended {
  readonly code: 'account_suspended';
}

/** The mail address has to be proven first. */
export interface EmailNotVerified {
  readonly code: 'email_not_verified';
}

/** Identity or tax document has to be verified first. */
export interface KycIncomplete {
  readonly code: 'kyc_incomplete';
  readonly missing: readonly ('identity' | 'tax')[];
}

/** A file is no document that is taken in. */
export interface DocumentInvalid {
  readonly code: 'document_invalid';
  readonly field: 'document' | 'documentNumber';
  readonly allowed: string;
}

/** The document was decided already. */
export interface DocumentDecided {
  readonly code: 'document_decided';
  readonly status: string;
}

/** A user who has tickets in a scheme that is under way cannot go. */
export interface UserHasSubscriptions {
  readonly code: 'user_has_subscriptions';
  readonly open: number;
}

/** What was asked needs another phase of the scheme. */
export interface SchemeInPhase {
  readonly code: 'scheme_in_phase';
  readonly phase: string;
  readonly allowed: string;
}

/** All tickets of the scheme are taken. */
export interface SchemeFull {
  readonly code: 'scheme_full';
  readonly tickets: number;
}

/** A sealed bid is opened while others may still hand theirs in: they would see it. */
export interface BidsStillTaken {
  readonly code: 'bids_still_taken';
  readonly instalment: number;
  /** When bidding ends by itself; nothing where the foreman ends it. */
  readonly until: string | null;
}

/** The draw that a bid was meant for is not open. */
export interface DrawNotOpen {
  readonly code: 'draw_not_open';
  readonly instalment: number;
  /** The instalment whose draw is. */
  readonly open: number | null;
}

/** The payment is at its end already. */
export interface PaymentDecided {
  readonly code: 'payment_decided';
  readonly status: string;
}

/** A field is not of its shape. */
export interface RequestInvalid {
  readonly code: 'request_invalid';
  readonly field: string;
  readonly allowed: string;
}

/** A command that moves money came without its key. */
export interface KeyMissing {
  readonly code: 'key_missing';
}

/** The key was used for another request. */
export interface KeyReused {
  readonly code: 'key_conflict';
}

/** There is no such address. */
export interface NoSuchRoute {
  readonly code: 'no_such_route';
}

/** Too many requests came from there. */
export interface TooManyRequests {
  readonly code: 'too_many_requests';
}

/** What the portal itself says no to. */
export type PortalRefusal =
  | NotSignedIn
  | Forbidden
  | NothingThere
  | CredentialsWrong
  | RefreshTokenInvalid
  | MailedTokenInvalid
  | Taken
  | AccountSuspended
  | EmailNotVerified
  | KycIncomplete
  | DocumentInvalid
  | DocumentDecided
  | UserHasSubscriptions
  | SchemeInPhase
  | SchemeFull
  | DrawNotOpen
  | BidsStillTaken
  | PaymentDecided
  | RequestInvalid
  | KeyMissing
  | KeyReused
  | NoSuchRoute
  | TooManyRequests;
