import { type ShapeInvalid, show } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';

/** What one field of a command may be. */
export interface Field<T> {
  /** What is allowed, for the refusal. */
  readonly allowed: string;
  fits(value: unknown): value is T;
  /** The field may be absent. */
  readonly optional?: true;
}

/** The fields of a command, in the order in which they are checked. */
export interface Shape {
  readonly [name: string]: Field<unknown>;
}

/** What a command of a shape is. */
export type Shaped<S extends Shape> = {
  readonly [Name in keyof S as S[Name] extends { readonly optional: true } ? never : Name]: FieldType<S[Name]>;
} & {
  readonly [Name in keyof S as S[Name] extends { readonly optional: true } ? Name : never]?: FieldType<S[Name]>;
};

type FieldType<F> = F extends Field<infer T> ? T : never;

/**
 * Reads a plain object of outside as a shape: every field once, no field more. The copy is independent of what was given.
 *
 * @param path - Where the object stands, for the refusal; empty for the command itself.
 *
 * @errors
 * - `shape_invalid`: names the first field, in the shape's order, that is not of its kind, or one that the shape does not have.
 */
export function readShape<S extends Shape>(value: unknown, shape: S, path = ''): Result<Shaped<S>, ShapeInvalid> {
  try {
    return readFields(value, shape, path);
  } catch {
    return err(shapeInvalid(path || 'command', value, PLAIN)); // A proxy may throw at anything.
  }
}

function readFields<S extends Shape>(value: unknown, shape: S, path: string): Result<Shaped<S>, ShapeInvalid> {
  if (!isPlain(value)) return err(shapeInvalid(path || 'command', value, PLAIN));
  const copy: Record<string, unknown> = {};
  let met = 0;
  for (const name in shape) {
    const field = shape[name] as Field<unknown>;
    const property = Object.getOwnPropertyDescriptor(value, name);
    // A getter could answer differently the next time, so it is not asked at all.
    if (property && !('value' in property)) return err(shapeInvalid(join(path, name), undefined, PLAIN));
    if (property) met += 1;
    const given: unknown = property?.value;
    if (given === undefined && field.optional) continue;
    if (!field.fits(given)) return err(shapeInvalid(join(path, name), given, field.allowed));
    copy[name] = given;
  }
  const keys = Reflect.ownKeys(value);
  if (keys.length === met) return ok(copy as Shaped<S>);
  const extra = keys.find((key) => typeof key === 'symbol' || !Object.hasOwn(shape, key));
  const allowed = `no other field than ${Object.keys(shape).join(', ')}`;
  return err(shapeInvalid(join(path, String(extra).slice(0, 64)), extra, allowed));
}

/** Makes the refusal of a field. */
export function shapeInvalid(field: string, given: unknown, allowed: string): ShapeInvalid {
  return { code: 'shape_invalid', field, given: show(given), allowed };
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

const PLAIN = 'a plain object without getters';
