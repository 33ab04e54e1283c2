import type { Duration } from '@holdfast/kernel';
import type { Money, Rate } from '@holdfast/money';
import type { RetryPolicy } from './back-off.ts';
import type { Delay } from './delay.ts';
import type { PayoutFee } from './payout-fee.ts';
import type { Schedule } from './schedule.ts';

/** What may be paid, how much at a time, and what is taken of it: amounts in each currency that is named. */
export interface AmountPolicy {
  /** Less is carried to the next run. */
  readonly minimum?: readonly Money[];
  /** Amounts are multiples of it; what is left over stays owed. */
  readonly step?: readonly Money[];
  /** What a payout costs its payee. */
  readonly fees?: readonly PayoutFee[];
  /** The most of one payout that recovers debts of its payee; all of it where it is absent. */
  readonly recoveryCap?: Rate;
}

/** How tips are taken and paid. */
export interface TipPolicy {
  /** From the completion on; over at its end. */
  readonly window: Duration;
  /** What becomes of a tip whose money comes when its booking's payout is already due: a payout of its own (by payee: the next run), or a hold. */
  readonly late: 'supplementary' | 'hold';
  /** How long a payout waits for a promised tip, from the payout's due instant on; not at all where it is absent. */
  readonly wait?: Duration;
}

/** How a platform pays out. */
export interface PayoutPolicy extends AmountPolicy {
  /** One payout for each group of obligations (a booking with its tips), or for all of a payee and a currency. */
  /** How long what was earned waits, from the completion on. */
  readonly delay: Delay;
  readonly grouping: 'per_group' | 'per_payee';
  readonly schedule: Schedule;
  readonly retry: RetryPolicy;
  /** How long a changed destination keeps money back. */
  readonly destinationQuiet: Duration;
  readonly tips: TipPolicy;
}
