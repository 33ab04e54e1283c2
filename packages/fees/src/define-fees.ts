import { ratio } from '@holdfast/money';
import { feeProblems } from './check-fees.ts';
import type { FeeRule, FeeRuleInput, FeeSchedule } from './fee-schedule.ts';

/** What {@link defineFees} throws: a bug in a definition, with every problem as a sentence. */
export interface FeesDefect extends TypeError {
  readonly code: 'config_invalid';
  /** Every problem that was found, each a sentence. */
  readonly problems: readonly string[];
}

/**
 * Defines the fees of a kind of sale, and checks them at once.
 *
 * @param version - Names these rules for ever, such as `2026-01`: 1 to 64 visible characters.
 * @param rules - The fees by name.
 * @returns The schedule: plain, frozen, with every rounding said.
 * @throws A {@link FeesDefect} that says everything that is wrong. Rules from outside go through `parseFees`.
 * @source docs/rules/fees.md, F-1, F-2
 */
export function defineFees<const Rules extends Readonly<Record<string, FeeRuleInput>>>(
  version: string,
  rules: Rules,
): FeeSchedule<keyof Rules & string, Rules[keyof Rules]['payer']> {
  const problems = feeProblems(version, rules);
  if (problems.length > 0) {
    const message = `The fees ${String(version).slice(0, 64)} cannot be. ${problems.join(' ')}`;
    throw Object.assign(new TypeError(message), { code: 'config_invalid', problems });
  }
  return frozenSchedule(version, rules) as FeeSchedule<keyof Rules & string, Rules[keyof Rules]['payer']>;
}

/**
 * Freezes rules that were checked, each with its rounding said.
 *
 * @param version - The version.
 * @param rules - The fees by name.
 * @returns The schedule.
 */
export function frozenSchedule(version: string, rules: Readonly<Record<string, FeeRuleInput>>): FeeSchedule {
  const frozen = Object.entries(rules).map(([line, rule]): [string, FeeRule] => [line, frozenRule(rule)]);
  return Object.freeze({ version, rules: Object.freeze(Object.fromEntries(frozen)) });
}

function frozenRule(rule: FeeRuleInput): FeeRule {
  const { payer, mode, rate, rounding = 'halfUp', fixed, minimum, maximum } = rule;
  return Object.freeze({
    payer,
    mode,
    rate: ratio(rate.num, rate.den),
    rounding,
    ...(fixed && { fixed }),
    ...(minimum && { minimum }),
    ...(maximum && { maximum }),
  });
}
