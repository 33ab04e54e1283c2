import { Defect } from '@holdfast/kernel';

/** Ends a switch over a union: does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new Defect(`There is no case for ${JSON.stringify(value)}.`);
}
