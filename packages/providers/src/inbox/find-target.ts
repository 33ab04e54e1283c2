import type { Fault, ReadTrouble } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Observation } from '../port/observation.ts';
import type { InboxTarget, Knows } from './options.ts';

/** The book that an observation belongs to. */
export interface Found {
  readonly target: InboxTarget;
  readonly knows: Knows;
}

/**
 * Finds the book of an observation: the one that our own metadata names, else the first that knows what it is of.
 *
 * @returns Nothing where no book is named and none knows it, or a book is named that is not among these.
 * @source docs/rules/providers.md, IN-4
 */
export async function findTarget(
  targets: readonly InboxTarget[],
  observation: Observation,
): Promise<Result<Found | undefined, Fault | ReadTrouble>> {
  const named = Object.hasOwn(observation.metadata, 'book') ? observation.metadata.book : undefined;
  for (const target of targets) {
    if (named !== undefined && target.book.name !== named) continue;
    const known = await target.knows(observation);
    if (known.isErr()) return err(known.error);
    if (named !== undefined || known.value !== 'unknown') return ok({ target, knows: known.value });
  }
  return ok(undefined);
}
