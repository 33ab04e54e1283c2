import { err, ok, type Result } from 'neverthrow';
import { isText } from '../free-text.ts';
import { NEWEST_FORMAT } from '../head.ts';
import { type Instant, isInstant } from '../instant.ts';
import { type ShapeInvalid, show } from '../refusals.ts';
import type { KeepingRefusals } from './refusals.ts';

/** Closes everything before an instant: from then on no entry may take effect there. */
export interface ClosePeriod {
  readonly type: 'ClosePeriod';
  /** Exclusive: what takes effect at this very instant is in the next period. */
  readonly before: Instant;
}

/** Says that the book goes on after it was restored or repaired. */
export interface BeginEpoch {
  readonly type: 'BeginEpoch';
  /** The newest unit, as whoever restored the book believes it to be: from `book.head()` and compared with what should be there. */
  readonly continues: { readonly sequence: number; readonly digest: string };
  /** Why, in words for people: 1 to 10,000 characters. A free text, which can be erased. */
  readonly reason: string;
}

/** Raises the format in which the book is written. Processes that do not know it write no more. */
export interface RaiseFormat {
  readonly type: 'RaiseFormat';
  readonly format: number;
}

/** The commands of a book itself, each with exactly what it may be refused for. */
export type KeepingCommands = {
  readonly ClosePeriod: { readonly command: ClosePeriod; readonly refusal: KeepingRefusals['ClosePeriod'] };
  readonly BeginEpoch: { readonly command: BeginEpoch; readonly refusal: KeepingRefusals['BeginEpoch'] };
  readonly RaiseFormat: { readonly command: RaiseFormat; readonly refusal: KeepingRefusals['RaiseFormat'] };
};

/** Any of the commands of a book itself. */
export type AnyKeepingCommand = ClosePeriod | BeginEpoch | RaiseFormat;

/** Reads a command from outside. */
export function parseKeepingCommand(command: unknown): Result<AnyKeepingCommand, ShapeInvalid> {
  const given = command as Readonly<Record<string, unknown>>;
  switch (given.type) {
    case 'ClosePeriod':
      return readFields(given, CLOSE_PERIOD);
    case 'BeginEpoch':
      return readFields<BeginEpoch>(given, BEGIN_EPOCH).andThen((read) =>
        readFields(read.continues, CONTINUES, 'continues.').map(() => read),
      );
    case 'RaiseFormat':
      return readFields(given, RAISE_FORMAT);
    default:
      return err(invalid('type', given.type, `'ClosePeriod', 'BeginEpoch' or 'RaiseFormat'`));
  }
}

interface Field {
  readonly allowed: string;
  fits(value: unknown): boolean;
}

/** What came here is a plain copy already: no getter, no class, no hole. */
function readFields<T>(given: object, fields: { readonly [name: string]: Field }, path = ''): Result<T, ShapeInvalid> {
  for (const name of Object.keys(given)) {
    if (name !== 'type' && !Object.hasOwn(fields, name)) return err(invalid(path + name, name, 'no such field'));
  }
  for (const [name, { allowed, fits }] of Object.entries(fields)) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    if (!fits(value)) return err(invalid(path + name, value, allowed));
  }
  return ok(given as T);
}

function invalid(field: string, given: unknown, allowed: string): ShapeInvalid {
  return { code: 'shape_invalid', field, given: show(given), allowed };
}

const CLOSE_PERIOD = {
  before: { allowed: 'an instant in UTC with milliseconds, such as 2026-03-07T10:00:00.000Z', fits: isInstant },
};
const BEGIN_EPOCH = {
  continues: {
    allowed: 'the newest unit: { sequence, digest }',
    fits: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
  reason: { allowed: '1 to 10,000 well-formed characters', fits: (value: unknown) => isText(value) && value !== '' },
};
const CONTINUES = {
  sequence: {
    allowed: 'a whole number from 0',
    fits: (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0,
  },
  digest: {
    allowed: '64 hexadecimal digits',
    fits: (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  },
};
const RAISE_FORMAT = {
  format: {
    allowed: `a format from 1 to ${NEWEST_FORMAT}`,
    fits: (value: unknown) =>
      Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= NEWEST_FORMAT,
  },
};
