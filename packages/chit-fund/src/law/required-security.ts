import { divideRounded, type Money, money } from '@holdfast/money';
import type { Result } from 'neverthrow';
import type { Day, Scheme } from '../terms/terms.ts';
import { type LawOptions, parameterAt } from './parameter-at.ts';
import type { ParameterUnknown } from './refusals.ts';

/** What kind of security, as of when, and rounded up to what. */
export interface SecurityAsked extends LawOptions {
  readonly kind: 'movable' | 'immovable';
  readonly asOf: Day;
  /** The value is rounded up to a whole multiple of this; to the minor unit unless given. */
  readonly unit?: Money;
}

/**
 * Gives the least value of a security that is sufficient for what a prized subscriber still owes.
 *
 * @param due - What is still due, such as {@link futureSubscriptions}.
 * @param asked - The kind of security and the day.
 * @returns The least value, rounded up.
 *
 * @errors
 * - `parameter_unknown`: the law says nothing about the day.
 * @source docs/rules/chit-fund.md, CF-16
 */
export function requiredSecurity(due: Money, asked: SecurityAsked): Result<Money, ParameterUnknown> {
  const unit = asked.unit?.minor ?? 1n;
  return parameterAt(`in.securityFactor.${asked.kind}`, asked.asOf, asked).map(({ value: { num, den } }) =>
    money(divideRounded(due.minor * num, den * unit, 'ceiling') * unit, due.currency),
  );
}

/**
 * Gives what a ticket still has to pay after an instalment, before dividends.
 *
 * @param scheme - The scheme.
 * @param instalment - The instalment that is paid, from 0.
 * @returns Subscriptions of all later instalments.
 * @source docs/rules/chit-fund.md, CF-16
 */
export function futureSubscriptions(scheme: Scheme, instalment: number): Money {
  return money(scheme.subscription * BigInt(scheme.terms.instalments - instalment), scheme.currency);
}
