import { inspect, isDeepStrictEqual } from 'node:util';
import type { Fault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import { LawBroken } from './law.ts';

/**
 * Stops a law where two values differ, deeply.
 *
 * @param actual - What the store gave.
 * @param expected - What the law says.
 * @param fact - The sentence that does not hold if they differ.
 */
export function expectSame<T>(actual: T, expected: T, fact: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new LawBroken(`${fact}\n  expected ${shown(expected)}\n  got      ${shown(actual)}`);
}

/** Stops a law where a condition does not hold. */
export function expectThat(holds: boolean, fact: string): asserts holds {
  if (!holds) throw new LawBroken(fact);
}

/** Gives the value of a result that must not be a fault. */
export function answerOf<T>(result: Result<T, Fault | { readonly code: string }>, doing = 'the store'): T {
  if (result.isOk()) return result.value;
  throw new LawBroken(`${doing} answered ${shown(result.error)}`);
}

/** Gives the error of a result that must be one. */
export function errorOf<E>(result: Result<unknown, E>, doing: string): E {
  if (result.isErr()) return result.error;
  throw new LawBroken(`${doing} was expected to fail, and gave ${shown(result.value)}`);
}

/** Collects what a stream gives. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** Gives what a promise gives, or breaks the law when that takes too long. */
export async function inTime<T>(promise: Promise<T>, fact: string, ms = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LawBroken(`${fact} (nothing within ${ms} ms)`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Longer than any machine that is only busy makes a caller wait. */
const PATIENCE_MS = 120_000;

function shown(value: unknown): string {
  const text = inspect(value, { depth: 6, maxArrayLength: 20, breakLength: 160, compact: 6 });
  return text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text;
}
