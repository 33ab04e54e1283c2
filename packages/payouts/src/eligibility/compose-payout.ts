import { add, type Currency, type Money, minimum, share, subtract, sum, toStep, zero } from '@holdfast/money';
import type { ObligationFacts } from './facts.ts';
import { feeIn, payoutFee } from './payout-fee.ts';
import type { AmountPolicy } from './policy.ts';

/** What a payout takes of one obligation. What it leaves stays owed. */
export interface DraftItem {
  readonly obligation: string;
  /** Sent to the payee. */
  readonly sent: Money;
  /** Taken for debts of the payee. */
  readonly netted: Money;
}

/** A payout as it would be sent: `owed = send + fee + netted + left`, in sum. */
export interface PayoutDraft {
  readonly items: readonly DraftItem[];
  /** What the payee gets; zero where everything went for debts, or nothing is owed. */
  readonly send: Money;
  /** What the payout costs the payee. */
  readonly fee: Money;
  readonly netted: Money;
  /** What stays owed, below the step. */
  readonly left: Money;
}

/** What a payout is composed of. */
export interface Composition {
  readonly currency: Currency;
  readonly items: readonly ObligationFacts[];
  readonly debts: Money;
  readonly nettedBefore: Money;
}

/**
 * Computes what is sent: what is owed, less debts (first those of the very obligations, then others up to the cap), less the payout's fee, down to
 * the step of the currency. Total: nothing is created, and nothing is lost.
 *
 * @source docs/rules/payouts.md, P-8, P-9, P-10
 */
export function composePayout(composition: Composition, policy: AmountPolicy): PayoutDraft {
  const { currency, items } = composition;
  const netted = nettedOf(composition, policy);
  const rest = items.map((item, index) => subtract(item.owed, netted[index] ?? zero(currency)));
  const total = sum(rest, currency);
  const fee = payoutFee(total, feeIn(policy.fees, currency));
  const step = amountIn(policy.step, currency);
  const payable = subtract(total, fee);
  const send = step ? toStep(payable, step, 'floor') : payable;
  // A fee for nothing is no fee.
  const charged = send.minor === 0n ? zero(currency) : fee;
  const parts = takeInOrder(rest, send);
  return {
    items: items.map(({ obligation }, index) => ({
      obligation,
      sent: parts[index] ?? zero(currency),
      netted: netted[index] ?? zero(currency),
    })),
    send,
    fee: charged,
    netted: sum(netted, currency),
    left: subtract(total, add(send, charged)),
  };
}

/** Finds the amount of a currency in a list that has one for each. */
export function amountIn(amounts: readonly Money[] | undefined, { code }: Currency): Money | undefined {
  return amounts?.find(({ currency }) => currency.code === code);
}

/** Says what goes for debts, item by item: what was given back of the item itself in full, and of the others up to the cap. */
function nettedOf(
  { currency, items, debts, nettedBefore }: Composition,
  { recoveryCap }: AmountPolicy,
): readonly Money[] {
  let open = debts;
  const own = items.map(({ owed, lent }) => {
    const part = minimum(minimum(owed, lent), open);
    open = subtract(open, part);
    return part;
  });
  const rest = items.map(({ owed }, index) => subtract(owed, own[index] ?? zero(currency)));
  const whole = add(sum(rest, currency), nettedBefore);
  const cap = recoveryCap ? share(whole, recoveryCap, 'floor') : whole;
  const room = cap.minor > nettedBefore.minor ? subtract(cap, nettedBefore) : zero(currency);
  const others = takeInOrder(rest, minimum(room, open));
  return own.map((part, index) => add(part, others[index] ?? zero(currency)));
}

/** Takes an amount from several, the first first. */
function takeInOrder(from: readonly Money[], amount: Money): readonly Money[] {
  let left = amount;
  return from.map((there) => {
    const part = minimum(there, left);
    left = subtract(left, part);
    return part;
  });
}
