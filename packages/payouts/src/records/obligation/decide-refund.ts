import { type Context, type Seen, show } from '@holdfast/kernel';
import { add, isSameCurrency, type Money, minimum, reverseConversion, subtract } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { balanceOf, debtsAccount, owedAccount } from '../accounts.ts';
import type { RefundObligation } from './commands.ts';
import type { ObligationEvent } from './events.ts';
import type { EarnedObligation, FrozenConversion, Obligation } from './obligation.ts';
import type { ObligationRefusals } from './refusals.ts';

/**
 * Decides how a part of an earning is given back: from its account as far as that goes, and the rest as a debt of the payee. Whoever is refunded never waits
 * for a payout that is under way: what was sent is recovered from the payee.
 *
 * @source docs/rules/payouts.md, P-15
 */
export function decideRefund(
  seen: Seen,
  { amount, to }: RefundObligation,
  { id }: Context,
): Result<readonly ObligationEvent[], ObligationRefusals['RefundObligation']> {
  const known = seen.record(id) as Obligation | undefined;
  if (!known) return err({ code: 'obligation_unknown', obligation: id });
  if (known.status === 'promised') return err({ code: 'obligation_not_open', obligation: id, status: 'promised' });
  const { conversion, payee, currency } = known;
  const expected = conversion?.from.currency ?? currency;
  if (!isSameCurrency(amount.currency, expected)) {
    const allowed = `an amount of ${expected.code}`;
    return err({ code: 'shape_invalid', field: 'amount', given: show(`${amount}`), allowed });
  }
  const left = leftToRefund(known);
  if (amount.minor > left.minor) return err({ code: 'refund_exceeds_earning', obligation: id, amount, left });
  // Nothing below refuses.
  const own = conversion ? reverseConversion(conversion, { already: conversion.back, back: amount }) : amount;
  const owed = owedAccount(id);
  const fromOwed = minimum(balanceOf(seen, owed, currency), own);
  const event = { type: 'ObligationRefunded', amount: own, owed, debts: debtsAccount(payee), to, fromOwed } as const;
  return ok([conversion ? { ...event, original: amount, conversion: withBack(conversion, amount) } : event]);
}

function leftToRefund({ conversion, earned, refunded }: EarnedObligation): Money {
  return conversion ? subtract(conversion.from, conversion.back) : subtract(earned, refunded);
}

function withBack(conversion: FrozenConversion, back: Money): FrozenConversion {
  return { ...conversion, back: add(conversion.back, back) };
}
