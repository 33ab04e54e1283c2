import type { Money } from '@holdfast/money';

/** The only way that money moves: from one account to another, so none is created and none is lost. */
export interface Transfer {
  /** The account that gives. */
  readonly from: string;
  /** The account that receives. Never the same as `from`. */
  readonly to: string;
  /** More than zero. */
  readonly amount: Money;
  /** What the movement is, in snake_case: `deposit`, `platform_fee` … */
  readonly kind: string;
}
