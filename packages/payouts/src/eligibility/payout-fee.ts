import {
  add,
  type Currency,
  type Money,
  maximum,
  minimum,
  type Rate,
  type Rounding,
  share,
  zero,
} from '@holdfast/money';

/** What a payout costs its payee, in one currency: a fixed part and a share, within bounds. */
export interface PayoutFee {
  readonly fixed?: Money;
  readonly rate?: Rate;
  readonly least?: Money;
  readonly most?: Money;
  /** Of the share; `halfUp` where it is absent. */
  readonly rounding?: Rounding;
}

/**
 * Computes what a payout costs, rounded once. Never more than there is.
 *
 * @param amount - What is owed to the payee.
 * @source docs/rules/payouts.md, P-10
 */
export function payoutFee(amount: Money, fee: PayoutFee | undefined): Money {
  if (!fee || amount.minor === 0n) return zero(amount.currency);
  const { fixed = zero(amount.currency), rate, least, most, rounding = 'halfUp' } = fee;
  const whole = rate ? add(fixed, share(amount, rate, rounding)) : fixed;
  const atLeast = least ? maximum(whole, least) : whole;
  return minimum(most ? minimum(atLeast, most) : atLeast, amount);
}

/** Finds the fee of a currency. */
export function feeIn(fees: readonly PayoutFee[] | undefined, currency: Currency): PayoutFee | undefined {
  return fees?.find(({ fixed, least, most }) => (fixed ?? least ?? most)?.currency.code === currency.code);
}
