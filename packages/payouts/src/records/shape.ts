import { type Instant, isAccountName, isId, isInstant, isText, type ShapeInvalid, show } from '@holdfast/kernel';
import { isMoney, type Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';

/** Reads a command from outside by the shape of its type. Unknown fields are refused. */
export function readCommand<T>(
  shapes: { readonly [type: string]: z.ZodType<unknown> },
  command: unknown,
): Result<T, ShapeInvalid> {
  const given = typeof command === 'object' && command !== null ? command : {};
  const type = Object.getOwnPropertyDescriptor(given, 'type')?.value as unknown;
  const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (!shape) return err({ code: 'shape_invalid', field: 'type', given: show(type), allowed: namesOf(shapes) });
  const read = shape.safeParse(command);
  if (read.success) return ok(read.data as T);
  const [issue] = read.error.issues;
  const path = issue?.path ?? [];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...path, ...(unknown === undefined ? [] : [unknown])].join('.');
  return err({
    code: 'shape_invalid',
    field: field.slice(0, 64) || 'command',
    given: show(valueAt(command, path)),
    allowed: issue?.message.slice(0, 200) ?? '',
  });
}

/** An id: fits into an account's name and a URL. */
export const idField = field<string>(isId, '1 to 128 letters, digits and . _ ~ -, beginning with a letter or digit');

/** An id that other names are made of. */
export const shortIdField = field<string>(
  (value): value is string => isId(value) && value.length <= 64,
  '1 to 64 letters, digits and . _ ~ -, beginning with a letter or digit',
);

/** An account's name. */
export const accountField = field<string>(isAccountName, 'segments of letters, digits and . _ ~ - joined by colons');

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

/** An instant. */
export const instantField = field<Instant>(isInstant, 'an instant in UTC with milliseconds');

/** A free text. */
export const textField = field<string>(
  (value): value is string => isText(value) && value.length > 0 && value.length <= 2_000,
  'a text of 1 to 2,000 well-formed characters',
);

/** A name that a provider gave. */
export const nameField = field<string>(
  (value): value is string => typeof value === 'string' && NAME.test(value),
  '1 to 255 printable ASCII characters without spaces, quotes and backslashes',
);

/** The code of a currency. */
export const codeField = field<string>(
  (value): value is string => typeof value === 'string' && /^[A-Z][A-Z0-9_]{1,23}$/.test(value),
  'the code of a currency',
);

function field<T>(fits: (value: unknown) => value is T, allowed: string) {
  return z.custom<T>((value) => fits(value), allowed);
}

function namesOf(shapes: object): string {
  return Object.keys(shapes)
    .map((name) => `'${name}'`)
    .join(', ');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

const NAME = /^[!#-&(-[\]-~]{1,255}$/;
