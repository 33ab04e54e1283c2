import { type CurrencyRegistry, isMoney, moneyFromJson } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';
import { termsInvalid } from './define-scheme.ts';
import type { TermsInvalid } from './refusals.ts';
import type { TermsProblem } from './terms-problems.ts';

/**
 * Reads data of outside by a shape.
 *
 * @param shape - The shape.
 * @param value - Anything.
 * @returns What was read; fields that are there with `undefined` are left out.
 *
 * @errors
 * - `config_invalid`: not of the shape; carries every problem as a sentence.
 */
export function readJson<Shape extends z.ZodType>(shape: Shape, value: unknown): Result<z.output<Shape>, TermsInvalid> {
  try {
    const read = shape.safeParse(value);
    if (read.success) return ok(withoutAbsent(read.data) as z.output<Shape>);
    const problems = read.error.issues.map(({ path, message }): TermsProblem => {
      const given = valueAt(value, path);
      return { field: path.map(String).join('.'), given, allowed: message };
    });
    const [first = unreadable(value), ...others] = problems;
    return err(termsInvalid([first, ...others]));
  } catch {
    // A getter or a proxy threw: what it threw is not ours to show.
    return err(termsInvalid([unreadable(value)]));
  }
}

/**
 * Gives the shape of an amount: its JSON, or the amount itself, and never a number.
 *
 * @param registry - The currencies that are accepted.
 * @returns The shape.
 */
export function amountOf(registry: CurrencyRegistry) {
  return z.unknown().transform((value, context) => {
    const read = isMoney(value) ? ok(value) : moneyFromJson(value, registry);
    if (read.isOk()) return read.value;
    const { field, allowed } = read.error;
    context.addIssue({ code: 'custom', message: allowed, path: field.split('.').slice(1) });
    return z.NEVER;
  });
}

function unreadable(value: unknown): TermsProblem {
  return { field: '', given: value, allowed: 'plain data' };
}

/** What stands at a path; nothing where reading it is not safe. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    const property = Object.getOwnPropertyDescriptor(found, name);
    found = property !== undefined && 'value' in property ? (property.value as unknown) : undefined;
  }
  return found;
}

/** Leaves out fields that are there with `undefined`. */
function withoutAbsent(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || isMoney(part)) return part;
  if (Array.isArray(part)) return part.map(withoutAbsent);
  const fields = Object.entries(part).filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields.map(([name, value]) => [name, withoutAbsent(value)]));
}
