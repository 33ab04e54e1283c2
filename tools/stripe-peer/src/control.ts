import type { PeerRule } from './faults.ts';
import type {
  PeerBalanceTransaction,
  PeerDispute,
  PeerEvent,
  PeerPaymentIntent,
  PeerPayout,
  PeerRefund,
  PeerReversal,
  PeerTransfer,
} from './objects.ts';
import type { AccountStanding } from './state.ts';

/** A request as it came in. */
export interface RecordedRequest {
  readonly at: string;
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly key?: string;
  readonly account?: string;
  readonly version?: string;
  /** Byte for byte. */
  readonly body: string;
  /** The status that was answered, or why none was. */
  readonly answered: number | 'cut' | 'hang' | 'truncate' | 'open';
  readonly replayed: boolean;
}

/** The peer's own sums in one currency, in the API's smallest units. */
export interface PeerBookRow {
  readonly collected: bigint;
  readonly refunded: bigint;
  readonly transferred: bigint;
  readonly reversed: bigint;
  readonly paidOut: bigint;
  readonly fees: bigint;
  readonly funded: bigint;
  readonly available: bigint;
  readonly pending: bigint;
  /** What each connected account got, less what was reversed. */
  readonly accounts: { readonly [account: string]: bigint };
}

/** What a test can see of the peer and do to it; the same in this process and across the wire. */
export interface StripePeerControl {
  /** Adds rules; the first that matches a request is its fault. */
  script(...rules: readonly PeerRule[]): Promise<void>;
  /** Forgets all rules that are left. */
  clearScript(): Promise<void>;
  requests(): Promise<readonly RecordedRequest[]>;
  paymentIntents(): Promise<readonly PeerPaymentIntent[]>;
  transfers(): Promise<readonly PeerTransfer[]>;
  reversals(): Promise<readonly PeerReversal[]>;
  refunds(): Promise<readonly PeerRefund[]>;
  payouts(): Promise<readonly PeerPayout[]>;
  disputes(): Promise<readonly PeerDispute[]>;
  balanceTransactions(): Promise<readonly PeerBalanceTransaction[]>;
  events(): Promise<readonly PeerEvent[]>;
  /** The sums by currency, as its code in small letters. */
  book(): Promise<{ readonly [currency: string]: PeerBookRow }>;
  /** How a connected account stands; any `acct_…` is active where nothing was said. */
  setAccount(id: string, standing: Partial<AccountStanding>): Promise<void>;
  /** Puts money into the available balance, as a top-up would. */
  fund(currency: string, amount: bigint): Promise<void>;
  /** Reverses a transfer as somebody at the dashboard would; all that is left of it where no amount is given. */
  reverse(transfer: string, amount?: bigint): Promise<PeerReversal>;
  settlePayout(payout: string, status: 'in_transit' | 'paid' | 'failed' | 'canceled'): Promise<PeerPayout>;
  failRefund(refund: string): Promise<PeerRefund>;
  dispute(paymentIntent: string, status?: PeerDispute['status']): Promise<PeerDispute>;
  /** Forgets every key, whatever its age. */
  pruneKeys(): Promise<void>;
  /** Moves the peer's clock ahead. */
  advance(ms: number): Promise<void>;
  /** Sets the peer's clock. */
  setTime(at: string): Promise<void>;
  /** Posts the webhooks that are due and gives how many were taken. */
  deliver(): Promise<number>;
  /** How many webhooks wait. */
  waiting(): Promise<number>;
}
