import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/** Money was set aside. */
export interface MoneyHeld {
  readonly type: 'MoneyHeld';
  readonly from: string;
  readonly held: string;
  readonly amount: Money;
  readonly expiresAt?: Instant;
}

/** Held money was taken. */
export interface HoldCaptured {
  readonly type: 'HoldCaptured';
  readonly held: string;
  readonly to: string;
  readonly amount: Money;
}

/** Held money went back. */
export interface HoldReleased {
  readonly type: 'HoldReleased';
  readonly held: string;
  readonly from: string;
  readonly amount: Money;
}

/** What was left went back since the hold's time was over. */
export interface HoldExpired {
  readonly type: 'HoldExpired';
  readonly held: string;
  readonly from: string;
  readonly amount: Money;
}

/** What happened to a hold. */
export type HoldEvent = MoneyHeld | HoldCaptured | HoldReleased | HoldExpired;
