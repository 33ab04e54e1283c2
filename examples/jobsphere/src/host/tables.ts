import type { Application, FeedCursor, Job, Notification, OfferText, Transaction, User, WalletTotals } from './rows.ts';

/** What a column can hold here. */
export type Cell = string | null;

/** The host's tables by name. */
export interface Rows {
  readonly users: User;
  readonly jobs: Job;
  readonly applications: Application;
  readonly offers: OfferText;
  readonly transactions: Transaction;
  readonly notifications: Notification;
  readonly totals: WalletTotals;
  readonly cursors: FeedCursor;
}

/** Which rows of a table: all pairs must hold, and of `either` at least one column must hold the value. */
export interface Where<Row> {
  readonly equal?: Partial<Row>;
  readonly either?: { readonly columns: readonly (keyof Row & string)[]; readonly value: string };
}

/** In which order, and which part. */
export interface Part<Row> {
  readonly order: keyof Row & string;
  readonly newestFirst?: boolean;
  readonly limit?: number;
  readonly offset?: number;
}

/** The host's own data, inside one transaction. */
export interface Tables {
  find<Name extends keyof Rows>(table: Name, id: string): Promise<Rows[Name] | undefined>;
  /** Finds a row and keeps others from changing it until the transaction ends. */
  lock<Name extends keyof Rows>(table: Name, id: string): Promise<Rows[Name] | undefined>;
  /** Writes a row, in place of the one with its id. */
  put<Name extends keyof Rows>(table: Name, row: Rows[Name]): Promise<void>;
  list<Name extends keyof Rows>(
    table: Name,
    where: Where<Rows[Name]>,
    part: Part<Rows[Name]>,
  ): Promise<readonly Rows[Name][]>;
  count<Name extends keyof Rows>(table: Name, where: Where<Rows[Name]>): Promise<number>;
}

/** The columns of each table; `id` is the primary key of each. */
export const COLUMNS: { readonly [Name in keyof Rows]: readonly (keyof Rows[Name] & string)[] } = {
  users: ['id', 'role'],
  jobs: ['id', 'customer', 'title', 'status', 'contractor', 'offer'],
  applications: ['id', 'job', 'contractor', 'status'],
  offers: ['id', 'job', 'application', 'customer', 'contractor', 'timeline', 'description', 'reason'],
  transactions: [
    'id',
    'position',
    'type',
    'amount',
    'currency',
    'sender',
    'receiver',
    'offer',
    'job',
    'description',
    'completed_at',
  ],
  notifications: ['id', 'position', 'receiver', 'title', 'body', 'type', 'data', 'created_at', 'delivered'],
  totals: ['id', 'held', 'earned', 'spent', 'withdrawn'],
  cursors: ['id', 'book', 'sequence', 'digest'],
};
