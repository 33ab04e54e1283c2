import { show } from '@holdfast/kernel';
import { type AmountRefusal, type Money, parsePositive, usd } from '@holdfast/money';
import type { Request, Response } from 'express';
import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';
import type { KeyMissing, RequestInvalid } from '../service/refusals.ts';
import type { Asked } from '../service/service.ts';
import { callerOf } from './caller.ts';

/** Reads a body that must have exactly these fields. Amounts are read as what they are given and parsed afterwards. */
export function readBody<Shape extends z.ZodRawShape>(
  request: Request,
  shape: Shape,
): Result<z.infer<z.ZodObject<Shape>>, RequestInvalid> {
  return read(z.strictObject(shape), request.body ?? {}, 'body');
}

/** Reads the query of a list. Texts become numbers only where they are plain digits. */
export function readQuery<Shape extends z.ZodRawShape>(
  request: Request,
  shape: Shape,
): Result<z.infer<z.ZodObject<Shape>>, RequestInvalid> {
  return read(z.strictObject(shape), { ...request.query }, 'query');
}

/**
 * Reads an amount in dollars, which is a decimal text such as `"100.00"`. A JSON number is refused whatever its value: most of its readers round it.
 */
export function readAmount(given: unknown): Result<Money<'USD'>, AmountRefusal> {
  return parsePositive(given, usd);
}

/** Reads who asks, and the key from the `Idempotency-Key` header (J24). What a key may look like is for the book to say. */
export function readAsked(request: Request, response: Response): Result<Asked, KeyMissing> {
  const key = request.get('idempotency-key');
  return key === undefined || key === '' ? err({ code: 'key_missing' }) : ok({ caller: callerOf(response), key });
}

/** A whole number of 1 to `most`, as a query gives it. */
export function count(usual: number, most: number) {
  const plain = z.string().regex(/^[1-9][0-9]{0,8}$/);
  const within = plain.transform(Number).refine((number) => number <= most);
  return within.default(usual).describe(`a whole number from 1 to ${most}`);
}

/** A text of 1 to `most` characters that can be stored. */
export function words(most: number) {
  const stored = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
  return z.string().min(1).max(most).refine(stored).describe(`a text of 1 to ${most} characters`);
}

function read<Shape extends z.ZodRawShape>(
  shape: z.ZodObject<Shape>,
  given: unknown,
  whole: string,
): Result<z.infer<z.ZodObject<Shape>>, RequestInvalid> {
  const parsed = shape.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const field = issue.keys[0] ?? whole;
    return err({ code: 'request_invalid', field: cut(field), given: show(at(given, field)), allowed: fieldsOf(shape) });
  }
  const field = issue?.path.join('.') ?? '';
  if (field === '') return err({ code: 'request_invalid', field: whole, given: show(given), allowed: fieldsOf(shape) });
  const described = shape.shape[field] as z.ZodType | undefined;
  const allowed = described?.description ?? issue?.message ?? '';
  return err({ code: 'request_invalid', field, given: show(at(given, field)), allowed });
}

function fieldsOf(shape: z.ZodObject): string {
  const names = Object.keys(shape.shape);
  return names.length === 0 ? 'no fields' : `an object of ${names.join(', ')}`;
}

function at(given: unknown, field: string): unknown {
  return typeof given === 'object' && given !== null ? Object.getOwnPropertyDescriptor(given, field)?.value : undefined;
}

function cut(text: string): string {
  return text.length > 64 ? `${text.slice(0, 63)}…` : text;
}
