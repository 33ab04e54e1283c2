/**
 * Reads the fields of a plain object of outside, each of them once, without running code of the object.
 *
 * @param value - Anything.
 * @param names - The fields that it must have, and no others.
 * @returns Their values; nothing for anything but a plain object of exactly these data fields.
 */
export function readFields<Name extends string>(
  value: unknown,
  names: readonly Name[],
): Readonly<Record<Name, unknown>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return undefined;
    if (Reflect.ownKeys(value).length !== names.length) return undefined;
    const fields = {} as Record<Name, unknown>;
    for (const name of names) {
      const property = Object.getOwnPropertyDescriptor(value, name);
      if (property === undefined || !('value' in property) || !property.enumerable) return undefined;
      fields[name] = property.value;
    }
    return fields;
  } catch {
    return undefined; // A proxy may throw at any of these.
  }
}
