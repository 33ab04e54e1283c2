import type { Generated } from 'kysely';

/** Who a user is to the portal. */
export type Role = 'USER' | 'FOREMAN' | 'ADMIN';

/** Whether a user may act: `PENDING` until the mail address is proven. */
export type UserStatus = 'PENDING' | 'ACTIVE' | 'SUSPENDED';

/** What a document is. */
export type DocumentType = 'AADHAR' | 'PAN' | 'DRIVING_LICENSE';

/** How far a document is. */
export type VerificationStatus = 'PENDING' | 'VERIFIED' | 'REJECTED';

/** The seed's statuses of a scheme, which follow from its phase in the book. */
export type SchemeStatus = 'DRAFT' | 'PENDING_APPROVAL' | 'ACTIVE' | 'COMPLETED';

/** The seed's statuses of a subscription, which follow from its ticket in the book. */
export type SubscriptionStatus = 'ACTIVE' | 'DEFAULTED' | 'COMPLETED';

/** What a payment was for. The seed knows the first two; dividends of chits are set off, and paid in cash at the end alone. */
export type PaymentType = 'INSTALLMENT' | 'DIVIDEND' | 'PRIZE' | 'REFUND';

/** How far a payment is. `REVERSED` is the seed's missing fourth: a cheque that bounced. */
export type PaymentStatus = 'PENDING' | 'COMPLETED' | 'FAILED' | 'REVERSED';

/** What the portal tells its users of. The first five are the seed's. */
export type NotificationEvent =
  | 'PAYMENT_DUE'
  | 'PAYMENT_RECEIVED'
  | 'KYC_VERIFIED'
  | 'SCHEME_APPROVED'
  | 'AUCTION_REMINDER'
  | 'KYC_REJECTED'
  | 'KYC_PENDING'
  | 'PAYMENT_FAILED'
  | 'AUCTION_OPENED'
  | 'PRIZE_WON'
  | 'PRIZE_PAID';

/** The host's tables, in the schema `portal`. Instants are texts of one form as in the book, days are `YYYY-MM-DD`, amounts are decimal texts. */
export interface PortalTables {
  readonly users: {
    readonly id: string;
    readonly ucfsin: string;
    readonly role: Role;
    readonly email: string;
    readonly phone_number: string;
    readonly password_hash: string;
    readonly full_name: string;
    readonly date_of_birth: string;
    readonly status: UserStatus;
    readonly email_verified_at: string | null;
    readonly phone_verified_at: string | null;
    readonly address: string | null;
    readonly bank_account: string | null;
    readonly nominee: string | null;
    readonly chit_score: number | null;
    readonly deleted_at: string | null;
    readonly created_at: string;
    readonly updated_at: string;
  };
  readonly ucfsin_sequences: { readonly year: string; readonly last: number };
  readonly refresh_tokens: {
    /** SHA-256 of the token: the token itself is the user's alone. */
    readonly hash: string;
    /** All tokens that came of one login. */
    readonly family: string;
    readonly user_id: string;
    readonly expires_at: string;
    readonly used_at: string | null;
    readonly revoked_at: string | null;
    readonly created_at: string;
  };
  readonly mailed_tokens: {
    readonly hash: string;
    readonly user_id: string;
    readonly purpose: 'verify_email' | 'reset_password';
    readonly expires_at: string;
    readonly used_at: string | null;
  };
  readonly user_kyc: {
    readonly id: string;
    readonly user_id: string;
    readonly document_type: DocumentType;
    /** Masked but for its last four characters. */
    readonly document_number: string;
    /** Keyed digest of the whole number: finds a document that two users hand in. */
    readonly number_digest: string;
    /** Names the document in the storage; never given out. */
    readonly storage_key: string;
    readonly content_type: string;
    readonly verification_status: VerificationStatus;
    readonly reason: string | null;
    readonly checked_at: string | null;
    readonly verified_at: string | null;
    readonly verified_by: string | null;
    readonly created_at: string;
  };
  readonly schemes: {
    readonly id: string;
    readonly foreman_id: string;
    readonly name: string;
    readonly duration_months: number;
    readonly total_amount: string;
    readonly monthly_installment: string;
    readonly max_subscribers: number;
    readonly current_subscribers: number;
    readonly status: SchemeStatus;
    /** The phase in the book, of which `status` is the seed's view; `draft` before there is a record. */
    readonly phase: string;
    readonly start_date: string;
    readonly end_date: string;
    /** The terms as JSON, as the foreman drafted them. */
    readonly terms: string;
    readonly created_at: string;
  };
  readonly subscriptions: {
    readonly id: string;
    readonly scheme_id: string;
    readonly subscriber_id: string;
    readonly ticket: number;
    readonly status: SubscriptionStatus;
    readonly join_date: string;
    readonly created_at: string;
    /** The key of the request that enrolled it, where the portal was asked for it. */
    readonly enrolled_by: string | null;
  };
  /** What each ticket owed for each settled instalment, as the journal says. */
  readonly ticket_dues: {
    readonly scheme_id: string;
    readonly ticket: number;
    readonly instalment: number;
    readonly due_on: string;
    readonly settled_on: string;
    /** After the dividend that was set off. */
    readonly amount: string;
    readonly dividend: string;
    readonly paid: string;
    /** The day on which the last of it was paid. */
    readonly paid_on: string | null;
  };
  /** The secret of each draw's lots, until it is made known when the draw closes. */
  readonly draw_seeds: {
    /** Of who opened it and the key: a retry has the same secret. */
    readonly id: string;
    readonly scheme_id: string;
    readonly instalment: number;
    readonly commitment: string;
    readonly seed: string;
    /** Of who closed the draw and the key. */
    readonly closed_by: string | null;
    /** What the draw came to, as JSON: who could win, who was tied, and the lot with all that its replay needs. */
    readonly result: string | null;
    readonly created_at: string;
  };
  readonly payments: {
    readonly id: string;
    readonly subscription_id: string;
    readonly scheme_id: string;
    readonly ticket: number;
    readonly user_id: string;
    readonly amount: string;
    readonly currency: string;
    readonly payment_type: PaymentType;
    readonly status: PaymentStatus;
    readonly channel: string;
    /** The bank's or gateway's own name of the payment: credited once. */
    readonly transaction_id: string | null;
    readonly reason: string | null;
    readonly payment_date: string | null;
    readonly created_at: string;
  };
  readonly notifications: {
    readonly id: string;
    readonly user_id: string;
    readonly event: NotificationEvent;
    readonly title: string;
    readonly body: string;
    readonly data: string;
    readonly created_at: string;
    readonly read_at: string | null;
  };
  readonly outbox: {
    readonly id: string;
    readonly channel: 'MAIL' | 'SMS';
    readonly address: string;
    readonly subject: string;
    /** Emptied once it was sent: it may hold a token. */
    readonly body: string;
    readonly created_at: string;
    readonly sent_at: string | null;
    readonly attempts: number;
    readonly next_at: string;
    readonly trouble: string | null;
  };
  readonly score_events: {
    readonly position: Generated<string>;
    readonly id: string;
    readonly user_id: string;
    /** A score event as JSON. */
    readonly event: string;
  };
  readonly chit_scores: {
    readonly user_id: string;
    readonly as_of: string;
    readonly score: number;
    readonly provisional: boolean;
    /** The canonical text of the score, from which it can be replayed. */
    readonly text: string;
  };
  readonly reports: {
    readonly id: string;
    readonly scheme_id: string;
    readonly month: string;
    readonly storage_key: string;
    readonly created_at: string;
  };
  readonly job_runs: {
    readonly job: string;
    /** The day or month that a run is for: one run each. */
    readonly period: string;
    readonly leased_until: string;
    readonly finished_at: string | null;
    readonly outcome: string | null;
  };
  readonly cursors: { readonly id: string; readonly sequence: number; readonly digest: string };
}
