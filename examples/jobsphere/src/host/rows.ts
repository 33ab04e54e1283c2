/** In which capacity a user acts. */
export type Role = 'customer' | 'contractor' | 'admin';

/** A user as the host knows it. */
export interface User {
  readonly id: string;
  readonly role: Role;
}

/** Where a job stands. */
export type JobStatus = 'open' | 'assigned' | 'in_progress' | 'completed' | 'cancelled';

/** A job that a customer wants done. */
export interface Job {
  readonly id: string;
  readonly customer: string;
  readonly title: string;
  readonly status: JobStatus;
  /** Who does it, once an offer was accepted. */
  readonly contractor: string | null;
  /** The offer that was sent last. Whether it still lives is for the book to say. */
  readonly offer: string | null;
}

/** Where an application stands. */
export type ApplicationStatus = 'pending' | 'offer_sent' | 'accepted' | 'rejected';

/** A contractor's wish to do a job. */
export interface Application {
  readonly id: string;
  readonly job: string;
  readonly contractor: string;
  readonly status: ApplicationStatus;
}

/** What an offer says beside its money: the book keeps the money, the host the words. */
export interface OfferText {
  /** The same id as the offer's record in the book. */
  readonly id: string;
  readonly job: string;
  readonly application: string;
  readonly customer: string;
  readonly contractor: string;
  readonly timeline: string;
  readonly description: string;
  readonly reason: string | null;
}

/** One movement of money as the seed lists it, projected from the journal. */
export interface Transaction {
  /** `sequence.index` of the journal: the same movement never comes twice. */
  readonly id: string;
  /** The unit's sequence, padded with zeros so that it sorts as text. */
  readonly position: string;
  readonly type: TransactionType;
  /** All decimals, such as `105.00`. */
  readonly amount: string;
  readonly currency: string;
  /** A user, or `null` for the platform and the world outside. */
  readonly sender: string | null;
  readonly receiver: string | null;
  readonly offer: string | null;
  readonly job: string | null;
  readonly description: string;
  /** ISO instant of the unit. */
  readonly completed_at: string;
}

/** The seed's types of transactions, less `escrow_release`, which it never writes (J7). */
export const TRANSACTION_TYPES = [
  'deposit',
  'withdrawal',
  'escrow_hold',
  'platform_fee',
  'service_fee',
  'contractor_payout',
  'refund',
] as const;

/** One of {@link TRANSACTION_TYPES}. */
export type TransactionType = (typeof TRANSACTION_TYPES)[number];

/** A message to a user, written in the same transaction as the feed's cursor. */
export interface Notification {
  /** `sequence.index` of the journal and of the message: what a receiver drops doubles by. */
  readonly id: string;
  readonly position: string;
  readonly receiver: string;
  readonly title: string;
  readonly body: string;
  readonly type: 'booking_confirmed' | 'booking_declined' | 'payment_received' | 'general';
  /** JSON of the seed's `data`. */
  readonly data: string;
  /** ISO instant of the unit that it tells of. */
  readonly created_at: string;
  /** Whether it was handed to the channel; `no` until that is certain. */
  readonly delivered: 'yes' | 'no';
}

/** What a user's wallet shows beside its balance, projected from the journal (J13): texts of cents. */
export interface WalletTotals {
  /** The user. */
  readonly id: string;
  readonly held: string;
  readonly earned: string;
  readonly spent: string;
  readonly withdrawn: string;
}

/** How far a reader of the journal has come. */
export interface FeedCursor {
  /** The reader's name. */
  readonly id: string;
  readonly book: string;
  /** Of the newest unit read, as text. */
  readonly sequence: string;
  /** Of that unit, so that a journal that was put back to an older state is noticed. */
  readonly digest: string;
}
