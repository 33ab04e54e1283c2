import { equals, isSameRate } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { type FeeRule, type FeeSchedule, feeLines } from './fee-schedule.ts';
import { type Quote, quote } from './quote.ts';
import type { QuoteDiffers, ScheduleMismatch } from './refusals.ts';

/**
 * Checks that a kept quote is what its schedule says for its amount: the auditor's question, years later.
 *
 * @param kept - The quote.
 * @param schedule - The schedule of the version that the quote names; the quote's own rules unless given.
 * @returns The same quote.
 *
 * @errors
 * - `schedule_mismatch`: the schedule is of another version.
 * - `quote_differs`: the first line that is not what the schedule says.
 * @source docs/rules/fees.md, F-7
 */
export function replayQuote<Line extends string, Code extends string>(
  kept: Quote<Line, Code>,
  schedule: FeeSchedule = { version: kept.schedule, rules: kept.rules },
): Result<Quote<Line, Code>, ScheduleMismatch | QuoteDiffers> {
  if (schedule.version !== kept.schedule) {
    return err({ code: 'schedule_mismatch', quoted: kept.schedule, schedule: schedule.version });
  }
  const rules = differingRules(kept.rules, schedule.rules);
  if (rules !== undefined) return err({ code: 'quote_differs', line: 'rules', ...rules });
  const replayed = quote(schedule, kept.amount);
  if (replayed.isErr()) {
    return err({ code: 'quote_differs', line: 'payout', quoted: `${kept.payout}`, replayed: replayed.error.code });
  }
  const there = replayed.value;
  const lines = feeLines(schedule);
  const missing = feeLines({ rules: kept.lines as never }).find((line) => !lines.includes(line));
  if (missing !== undefined) return err(differs(missing, `${kept.lines[missing as Line]}`, 'no such fee'));
  for (const line of lines) {
    const quoted = kept.lines[line as Line];
    const fee = there.lines[line];
    if (quoted === undefined || fee === undefined || !equals(quoted, fee))
      return err(differs(line, `${quoted}`, `${fee}`));
  }
  for (const line of ['charge', 'payout'] as const) {
    if (!equals(kept[line], there[line])) return err(differs(line, `${kept[line]}`, `${there[line]}`));
  }
  return ok(kept);
}

function differs(line: string, quoted: string, replayed: string): QuoteDiffers {
  return { code: 'quote_differs', line, quoted, replayed };
}

/** The names of the fees on both sides where the rules are not the same ones in the same order. */
function differingRules(
  quoted: Readonly<Record<string, FeeRule>>,
  scheduled: Readonly<Record<string, FeeRule>>,
): { readonly quoted: string; readonly replayed: string } | undefined {
  const names = Object.keys(quoted);
  const others = Object.keys(scheduled);
  if (names.join() !== others.join()) return { quoted: names.join(), replayed: others.join() };
  const differing = names.find((name) => !isSameRule(quoted[name], scheduled[name]));
  return differing === undefined ? undefined : { quoted: differing, replayed: `another rule for ${differing}` };
}

function isSameRule(left: FeeRule | undefined, right: FeeRule | undefined): boolean {
  if (left === undefined || right === undefined || !isSameRate(left.rate, right.rate)) return false;
  const amounts = ['fixed', 'minimum', 'maximum'] as const;
  return (
    left.payer === right.payer &&
    left.mode === right.mode &&
    left.rounding === right.rounding &&
    amounts.every((name) => `${left[name]}` === `${right[name]}`)
  );
}
