import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Purse } from './shares.ts';

/** A booking as somebody would write it who knows nothing of declared processes. */
export interface Booking extends Purse {
  readonly status: 'paid' | 'completed' | 'released' | 'cancelled' | 'expired';
  readonly since: Instant;
  readonly currency: string;
  readonly customer: string;
  readonly provider: string;
  readonly otpHash: string;
  /** What was handed over at the release, and what a chargeback took back of it. */
  readonly paid: Purse;
  readonly tips: Readonly<Record<string, Tip>>;
  readonly disputes: Readonly<Record<string, Dispute>>;
  readonly debts: Readonly<Record<string, Debt>>;
}

export interface Tip {
  readonly status: 'given' | 'released' | 'refunded';
  readonly currency: string;
  readonly amount: bigint;
  readonly reclaimed: bigint;
}

export interface Dispute extends Purse {
  readonly status: 'open' | 'refunded' | 'rejected';
  readonly dueAt: Instant;
  readonly paid: Purse;
}

export interface Debt {
  readonly status: 'owed' | 'recovered' | 'forgiven' | 'won';
  readonly currency: string;
  readonly owed: bigint;
  readonly recovered: bigint;
  readonly borneByPlatform: bigint;
}

/** A command as it comes from outside, once its shape was checked. */
export interface Asked {
  readonly type: string;
  readonly parties: { readonly customer: string; readonly provider: string };
  readonly tip: string;
  readonly dispute: string;
  readonly debt: string;
  readonly amount: Money;
  readonly back: Money;
  readonly award: Money;
  readonly kept: Money;
  readonly otpHash: string;
}

/** Who asks, when, and for which booking. */
export interface Asker {
  readonly id: string;
  readonly at: Instant;
  readonly actor: { readonly id: string; readonly role: string };
}

/** Cents that go from one account to another. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly minor: bigint;
}

/** What comes of a command: the code of a refusal, or the booking after it and its moves. */
export type Answer = string | { readonly after: Booking; readonly moves: readonly Move[] };
