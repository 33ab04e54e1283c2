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
  const fields = readOnce(value);
  if (!fields) return err(shapeInvalid(path || 'command', value, 'a plain object without getters'));
  const copy: Record<string, unknown> = {};
  for (const name in shape) {
    const field = shape[name] as Field<unknown>;
    const given = fields[name];
    if (given === undefined && field.optional) continue;
    if (!field.fits(given)) return err(shapeInvalid(join(path, name), given, field.allowed));
    copy[name] = given;
  }
  for (const name in fields) {
    if (!Object.hasOwn(shape, name)) {
      return err(
        shapeInvalid(
          join(path, name.slice(0, 64)),
          fields[name],
          `no other field than ${Object.keys(shape).join(', ')}`,
        ),
      );
    }
  }
  return ok(copy as Shaped<S>);
}

/** Makes the refusal of a field. */
export function shapeInvalid(field: string, given: unknown, allowed: string): ShapeInvalid {
  return { code: 'shape_invalid', field, given: show(given), allowed };
}

/** Copies the own fields of a plain object without running code of it; nothing for everything else. */
function readOnce(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return undefined;
    const fields: Record<string, unknown> = Object.create(null);
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      if (typeof key === 'symbol' || !property || !('value' in property)) return undefined;
      fields[key] = property.value;
    }
    return fields;
  } catch {
    return undefined; // A proxy may throw at any of these.
  }
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
