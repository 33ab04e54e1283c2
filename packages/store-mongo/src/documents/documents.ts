import type { AccountState } from '@holdfast/kernel';

/** The newest batch of a book: what every append moves, and what the book's lock is. `_id` is the book's name. */
export interface HeadDocument {
  readonly _id: string;
  readonly number: number;
  readonly sequence: number;
  readonly digest: string;
  readonly at: string;
  /** Absent, as the epoch, in what was written before there was format 2: nothing was closed then. */
  readonly closedBefore?: string;
  readonly epoch?: number;
  readonly format: number;
  /** Changed by whoever takes the book's lock, so that two of them meet. Nothing reads it. */
  readonly lock?: string;
}

/** An append. Never changed. `_id` is the book and the number. */
export interface BatchDocument {
  readonly _id: string;
  readonly book: string;
  readonly number: number;
  readonly sequence: number;
  readonly digest: string;
  readonly at: string;
  /** Absent, as the epoch, in what was written before there was format 2: nothing was closed then. */
  readonly closedBefore?: string;
  readonly epoch?: number;
  readonly format: number;
}

/** What one request changed, with all rows that follow from it. Never changed. `_id` is the book and the sequence. */
export interface UnitDocument {
  readonly _id: string;
  readonly book: string;
  readonly sequence: number;
  readonly key: string;
  readonly digest: string;
  readonly bytes: string;
  /** Absent where there are none, as the four below. */
  readonly lines?: readonly LineFields[];
  readonly accounts?: readonly AccountFields[];
  readonly records?: readonly RecordFields[];
  /** `kind/id version` of each of its records, for the index that keeps a version from coming twice. Nothing reads it. */
  readonly revisions?: readonly string[];
  readonly claims?: readonly ClaimFields[];
}

/** A line in its unit. Amounts are decimal texts of minor units: a number would lose digits after 2⁵³, Decimal128 after 34. */
export interface LineFields {
  readonly account: string;
  readonly ordinal: number;
  readonly amount: string;
  readonly balance: string;
}

/** How an account stands. The currency's code is part of the account's key. */
export interface StandingFields {
  readonly type: AccountState['type'];
  readonly floor: string | null;
  readonly breach: AccountState['breach'];
  readonly owner?: string;
  readonly scale: number;
  readonly frozen: AccountState['frozen'];
  readonly closed: boolean;
}

/** How an account stands from its unit on. */
export interface AccountFields extends StandingFields {
  readonly account: string;
}

/** How a record stands from its unit on. */
export interface RecordFields {
  readonly record: string;
  readonly version: number;
  readonly status: string;
  /** The canonical text of the state. */
  readonly state: string;
  readonly touches: readonly string[];
}

/** Who holds a claim from its unit on. */
export interface ClaimFields {
  readonly claim: string;
  readonly holder: string | null;
}

/** An account as it stands: what rounds read. `_id` is the book and the account. */
export interface AccountDocument {
  readonly _id: string;
  readonly book: string;
  readonly account: string;
  /** With the sequence of the unit since which it stands so. */
  readonly standing?: StandingFields & { readonly sequence: number };
  /** The newest line, with the account's balance; absent before the first. */
  readonly line?: Omit<LineFields, 'account'> & { readonly sequence: number };
}

/** A record as it stands: what rounds read. `_id` is the book and the record. */
export interface RecordDocument extends RecordFields {
  readonly _id: string;
  readonly book: string;
  readonly sequence: number;
}

/** A claim as it stands: what rounds read. `_id` is the book and the claim. */
export interface ClaimDocument extends ClaimFields {
  readonly _id: string;
  readonly book: string;
  readonly sequence: number;
}

/** A task that is still to be done. `_id` is the book and the task. */
export interface TaskDocument {
  readonly _id: string;
  readonly book: string;
  readonly id: string;
  readonly dueAt: string;
  readonly record: string;
  /** JSON. */
  readonly command: string;
  readonly attempts: number;
  readonly lease: string | null;
  /** Until when nobody else gets it, by the server's clock. */
  readonly freeAt: Date | null;
  /** Why it is parked; absent where it is not. */
  readonly parked?: string;
}

/** A free text, which can be erased. `_id` is the book and the hash. */
export interface TextDocument {
  readonly _id: string;
  readonly book: string;
  readonly hash: string;
  readonly salt: string;
  readonly text: string;
  readonly sequence: number;
}

/** A step that was taken to make the collections what they are. `_id` is its number. */
export interface MigrationDocument {
  readonly _id: number;
  readonly name: string;
  /** Whether code that does not know the step must not run on these collections. */
  readonly breaking: boolean;
}
