/**
 * Marks a provider that only simulates. The mark is an own symbol of the object, so it goes along where the object is spread or wrapped by a guard, and
 * it is the same in every copy of this package.
 *
 * @source docs/rules/providers.md, G-1
 */
export function markSimulated<P extends object>(provider: P): P {
  return Object.defineProperty(provider, SIMULATED, { value: true, enumerable: true });
}

/** Says whether a provider carries the mark of a simulation. */
export function isSimulated(provider: object): boolean {
  return SIMULATED in provider;
}

const SIMULATED: unique symbol = Symbol.for('holdfast.simulated') as never;
