import type { ObservedReturn } from '../port/observation.ts';
import type { Attempt, AttemptObject, Mismatch } from './attempt.ts';

/** Says whether money ever left with an object. One that was returned had left. */
export function hasMoved({ succeeded, returns }: AttemptObject): boolean {
  return succeeded || returns.length > 0;
}

/** Gives what came back of an object. A success that failed later, where the provider may take it back, is one return of the whole. */
export function returnsOf({ power }: Attempt, object: AttemptObject): readonly ObservedReturn[] {
  const { succeeded, failed, returns, amount, createdAt } = object;
  if (!(succeeded && failed) || power.revocableFor === undefined) return returns;
  return [...returns, { id: `${object.object}:taken-back`, amount, at: createdAt }];
}

/** Tells why what was seen at the provider is not what was asked for; `undefined` where it is, or where nothing was seen. */
export function conflictOf(attempt: Attempt): Mismatch | undefined {
  const { objects, power, resolution } = attempt;
  const [first, second] = objects.filter(hasMoved);
  if (first && second) return { field: 'object', expected: first.object, got: second.object };
  const accepted = resolution?.says === 'paid' ? resolution.reference : undefined;
  const disputed = objects.filter(({ object }) => object !== accepted);
  const mismatch = disputed.find((one) => one.mismatch)?.mismatch;
  if (mismatch) return mismatch;
  if (power.revocableFor !== undefined) return undefined;
  const contradiction = disputed.find(({ succeeded, failed }) => succeeded && failed);
  return contradiction && { field: 'status', expected: 'succeeded', got: 'failed' };
}
