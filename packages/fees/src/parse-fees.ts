import { type CurrencyRegistry, currencies } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { feeProblems } from './check-fees.ts';
import { frozenSchedule } from './define-fees.ts';
import type { FeeSchedule } from './fee-schedule.ts';
import { type JsonProblem, type Reading, readRules, readShape, scheduleShape } from './json.ts';
import type { FeesInvalid } from './refusals.ts';

/**
 * Reads a schedule from data of outside, such as a configuration file or JSON of a schedule.
 *
 * @param value - Anything. A rule's rate is `percent: '5'` or `rate: { num: '1', den: '20' }`, an amount is
 * `{ amount: '1.00', currency: 'USD' }`.
 * @param registry - The currencies that are accepted; the ready-made ones unless given.
 * @returns The schedule, as `defineFees` gives it.
 *
 * @errors
 * - `config_invalid`: not of that form, or fees that cannot be; carries every problem as a sentence.
 * @source docs/rules/fees.md, F-1, F-2
 */
export function parseFees(value: unknown, registry: CurrencyRegistry = currencies): Result<FeeSchedule, FeesInvalid> {
  const reading: Reading = { registry, problems: [] };
  const read = readShape(scheduleShape, value, reading);
  const rules = readRules(read?.rules ?? {}, reading);
  const [first] = reading.problems;
  if (read === undefined || first !== undefined) return err(invalid(reading.problems));
  const problems = feeProblems(read.version, rules);
  const [sentence] = problems;
  if (sentence === undefined) return ok(frozenSchedule(read.version, rules));
  return err({ code: 'config_invalid', field: 'rules', given: 'fees that cannot be', allowed: sentence, problems });
}

function invalid(problems: readonly JsonProblem[]): FeesInvalid {
  const { field, given, allowed } = problems[0] ?? { field: '', given: '', allowed: '' };
  const sentences = problems.map(
    (problem) => `${problem.field || 'The whole'} is ${problem.given}: ${problem.allowed}.`,
  );
  return { code: 'config_invalid', field, given, allowed, problems: sentences };
}
