/**
 * Reads the listed fields of an object, each once, and nothing else of it: what is not listed cannot change a score.
 *
 * @param value - Anything.
 * @param names - The fields to read; one that is not there is `undefined`.
 * @returns The fields, or nothing for what is no object, for a getter and for a proxy that throws.
 * @source docs/rules/chit-score.md, CS-9
 */
export function listedFields<const Name extends string>(
  value: unknown,
  names: readonly Name[],
): Record<Name, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const read: [Name, unknown][] = [];
  try {
    for (const name of names) {
      const descriptor = Object.getOwnPropertyDescriptor(value, name);
      if (descriptor?.get !== undefined) return undefined;
      read.push([name, descriptor?.value]);
    }
  } catch {
    // A proxy threw: what it threw is not ours to show.
    return undefined;
  }
  return Object.fromEntries(read) as Record<Name, unknown>;
}
