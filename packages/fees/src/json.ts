import {
  type CurrencyRegistry,
  type Money,
  moneyFromJson,
  parsePercent,
  printGiven,
  type Rate,
  rateFromJson,
  roundings,
} from '@holdfast/money';
import { z } from 'zod';
import type { FeeRuleInput } from './fee-schedule.ts';

/** Where JSON is not what it should be. */
export interface JsonProblem {
  /** Such as `rules.platform.rate`; empty for the whole. */
  readonly field: string;
  /** What was given there, printed safely. */
  readonly given: string;
  /** What would have been accepted. */
  readonly allowed: string;
}

/** Collects problems while JSON is read, so that all of them are told at once. */
export interface Reading {
  readonly registry: CurrencyRegistry;
  readonly problems: JsonProblem[];
}

/** A rule as JSON: a `rate` as a fraction, or a `percent`. */
export const ruleShape = z.strictObject({
  payer: z.string().min(1).max(64),
  mode: z.enum(['additive', 'deductive']),
  rate: z.unknown().optional(),
  percent: z.unknown().optional(),
  rounding: z.enum(roundings).default('halfUp'),
  fixed: z.unknown().optional(),
  minimum: z.unknown().optional(),
  maximum: z.unknown().optional(),
});

/** A schedule as JSON. */
export const scheduleShape = z.strictObject({ version: z.string(), rules: z.record(z.string(), ruleShape) });

/** A quote as JSON. */
export const quoteShape = z.strictObject({
  schedule: z.string(),
  amount: z.unknown(),
  charge: z.unknown(),
  payout: z.unknown(),
  lines: z.record(z.string(), z.unknown()),
  rules: z.record(z.string(), ruleShape),
});

/**
 * Reads JSON of a shape, and notes each problem.
 *
 * @param shape - The shape.
 * @param value - Anything.
 * @param reading - Where problems are noted.
 * @returns The value, or nothing where there were problems.
 */
export function readShape<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
  reading: Reading,
): z.output<Shape> | undefined {
  try {
    const read = shape.safeParse(value);
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) {
      reading.problems.push({
        field: path.map(String).join('.'),
        given: printGiven(valueAt(value, path)),
        allowed: message,
      });
    }
  } catch {
    // A getter or a proxy threw: what it threw is not ours to show.
    reading.problems.push({ field: '', given: printGiven(value), allowed: 'plain data' });
  }
  return undefined;
}

/**
 * Reads rules, and notes each problem.
 *
 * @param shapes - Their shapes by the fees' names, read before.
 * @param reading - Where problems are noted.
 * @returns The rules that had no problem.
 */
export function readRules(
  shapes: Readonly<Record<string, z.output<typeof ruleShape>>>,
  reading: Reading,
): Readonly<Record<string, FeeRuleInput>> {
  const rules: [string, FeeRuleInput][] = [];
  for (const [line, shape] of Object.entries(shapes)) {
    const rule = readRule(line, shape, reading);
    if (rule !== undefined) rules.push([line, rule]);
  }
  return Object.fromEntries(rules);
}

function readRule(line: string, rule: z.output<typeof ruleShape>, reading: Reading): FeeRuleInput | undefined {
  const field = `rules.${line}`;
  const rate = readRate(rule, field, reading);
  const amounts: { fixed?: Money; minimum?: Money; maximum?: Money } = {};
  for (const name of ['fixed', 'minimum', 'maximum'] as const) {
    if (rule[name] === undefined) continue;
    const amount = readAmount(rule[name], `${field}.${name}`, reading);
    if (amount === undefined) return undefined;
    amounts[name] = amount;
  }
  if (rate === undefined) return undefined;
  const { payer, mode, rounding } = rule;
  return { payer, mode, rate, rounding, ...amounts };
}

/**
 * Reads an amount, and notes the problem.
 *
 * @param value - Anything.
 * @param field - Its name.
 * @param reading - Where problems are noted.
 * @returns The amount, or nothing where there was a problem.
 */
export function readAmount(value: unknown, field: string, reading: Reading): Money | undefined {
  const amount = moneyFromJson(value, reading.registry, field);
  if (amount.isOk()) return amount.value;
  reading.problems.push(amount.error);
  return undefined;
}

function readRate(rule: z.output<typeof ruleShape>, field: string, reading: Reading): Rate | undefined {
  if ((rule.rate === undefined) === (rule.percent === undefined)) {
    const given = rule.rate === undefined ? 'neither' : 'both';
    reading.problems.push({ field, given, allowed: "one of 'rate' and 'percent'" });
    return undefined;
  }
  const rate =
    rule.rate === undefined ? parsePercent(rule.percent, `${field}.percent`) : rateFromJson(rule.rate, `${field}.rate`);
  if (rate.isOk()) return rate.value;
  reading.problems.push(rate.error);
  return undefined;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.getOwnPropertyDescriptor(found, key)?.value;
  }
  return found;
}
