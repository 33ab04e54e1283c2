import { Defect } from '@holdfast/kernel';
import { divideRounded, isSameCurrency, type Money, minimum, money, type Rounding, subtract } from '@holdfast/money';

/** Who bears a refund: both in proportion, or one before the other. */
export type RefundBearing = 'proportional' | 'payee_first' | 'platform_first';

/** A sale as it was split: what each side got. */
export interface SplitSale {
  readonly payee: Money;
  readonly platform: Money;
  /** Of all refunds before this one. */
  readonly refunded: Money;
}

/** Who gives how much of a refund; the two sum to it, and neither is below zero. */
export interface BorneRefund {
  readonly payee: Money;
  readonly platform: Money;
}

/**
 * Says who gives how much of a refund. Counted from the frozen split and cumulatively: in however many refunds a sale is given back, each side
 * has given exactly what it got, and no side ever gives more.
 *
 * @param back - At most what is left of the sale.
 * @param rounding - Of the platform's part, where the bearing is `proportional`; the payee's is the rest.
 * @throws Defect where more is given back than is left, or in another currency.
 * @source docs/rules/payouts.md, P-12
 */
export function bearRefund(
  sale: SplitSale,
  back: Money,
  bearing: RefundBearing,
  rounding: Rounding = 'halfUp',
): BorneRefund {
  const { payee, platform, refunded } = sale;
  const whole = payee.minor + platform.minor;
  const now = refunded.minor + back.minor;
  if (!isSameCurrency(back.currency, payee.currency) || back.minor < 0n || now > whole)
    throw new Defect(`${back} cannot be refunded of ${payee} and ${platform}, of which ${refunded} was refunded`);
  const upTo = (given: bigint): bigint => platformPart(sale, given, bearing, rounding);
  const fromPlatform = money(upTo(now) - upTo(refunded.minor), back.currency);
  return { platform: fromPlatform, payee: subtract(back, fromPlatform) };
}

function platformPart(
  { payee, platform }: SplitSale,
  given: bigint,
  bearing: RefundBearing,
  rounding: Rounding,
): bigint {
  const whole = payee.minor + platform.minor;
  const given_ = money(given, payee.currency);
  switch (bearing) {
    case 'platform_first':
      return minimum(given_, platform).minor;
    case 'payee_first':
      return subtract(given_, minimum(given_, payee)).minor;
    case 'proportional':
      return whole === 0n ? 0n : divideRounded(platform.minor * given, whole, rounding);
  }
}
