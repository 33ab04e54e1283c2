import { isId, isText, type ShapeInvalid, show } from '@holdfast/kernel';
import { isMoney, type Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';
import { isDay } from '../terms/calendar.ts';

/** The shapes of some commands, by their type. */
export interface CommandShapes {
  readonly [type: string]: z.ZodType<unknown>;
}

/** Reads a command from outside by the shape of its type. Unknown fields are refused. */
export function readCommand<Command>(shapes: CommandShapes, command: unknown): Result<Command, ShapeInvalid> {
  const type = fieldOf(command, 'type');
  const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (!shape) return err({ code: 'shape_invalid', field: 'type', given: show(type), allowed: 'a command of a scheme' });
  const read = shape.safeParse(command);
  if (read.success) return ok(read.data as Command);
  const [issue] = read.error.issues;
  const path = issue?.path ?? [];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...path, ...unknown].join('.').slice(0, 64) || 'command';
  const given = show(path.reduce<unknown>(fieldOf, command));
  return err({ code: 'shape_invalid', field, given, allowed: issue?.message.slice(0, 200) ?? '' });
}

/** An id that accounts are named after, or a person's. */
export const idField = field<string>(
  (value): value is string => isId(value) && value.length <= 64,
  '1 to 64 letters, digits and . _ ~ -, beginning with a letter or digit',
);

/** A ticket's or an instalment's number. */
export const numberField = z.int().min(1).max(100_000);

/** An amount of more than zero. */
export const amountField = field<Money>(
  (value): value is Money => isMoney(value) && value.minor > 0n,
  'an amount of money of more than zero',
);

/** An amount of zero or more. */
export const anyAmountField = field<Money>(
  (value): value is Money => isMoney(value) && value.minor >= 0n,
  'an amount of money',
);

/** A text for people. */
export const textField = field<string>(
  (value): value is string => isText(value) && value.length > 0 && value.length <= 2_000,
  'a text of 1 to 2,000 well-formed characters',
);

/** A number or name that an office, a bank or an archive gave. */
export const referenceField = field<string>(
  (value): value is string => typeof value === 'string' && /^[ -~]{1,200}$/.test(value),
  '1 to 200 printable ASCII characters',
);

/** SHA-256 in hex. */
export const digestField = field<string>(
  (value): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  '64 lower-case hexadecimal digits',
);

/** A day. */
export const dayField = field<string>(isDay, 'a day as YYYY-MM-DD');

/** Persons. */
export const personsField = z.array(idField).max(10_000);

/** Who shall hold a ticket. */
export const holdersField = z
  .array(z.strictObject({ person: idField, parts: z.int().min(1).max(1_000).optional() }))
  .min(1)
  .max(100);

/** Plain data whose own reader says what it has to be. */
export const plainField = field<object>(
  (value): value is object => typeof value === 'object' && value !== null && !Array.isArray(value),
  'an object',
);

function field<T>(fits: (value: unknown) => value is T, allowed: string) {
  return z.custom<T>((value) => fits(value), allowed);
}

function fieldOf(value: unknown, name: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
