import type { Instant } from '@holdfast/kernel';
import type { Observation } from '../port/observation.ts';
import type { Lookup } from '../port/provider.ts';
import { lookedUp } from './apply-absence.ts';
import { withObservation } from './apply-observation.ts';
import type { Attempt } from './attempt.ts';
import { isOfAttempt } from './attempt-metadata.ts';
import type { AttemptStep } from './attempt-step.ts';
import { takeStep } from './take-step.ts';

/** What a look-up makes of an attempt. */
export interface LookedUp {
  readonly step: AttemptStep;
  /** What carries the reference and is not of this attempt: another attempt's, one that the book does not know, or made by hand. Each is to be placed before anything is sent. */
  readonly others: readonly Observation[];
}

/**
 * Applies a look-up by the attempt's reference: what is the attempt's own is observed, and where nothing is, it is absent.
 *
 * @param lookedAt - When the look-up began.
 * @source docs/rules/providers.md, PR-5, PR-6, PR-7
 */
export function applyLookup(
  attempt: Attempt,
  { lookup, lookedAt }: { readonly lookup: Lookup; readonly lookedAt: Instant },
  at: Instant,
): LookedUp {
  const own = lookup.found.filter((observation) => isOfAttempt(attempt, observation));
  const others = lookup.found.filter((observation) => !isOfAttempt(attempt, observation));
  // What was found at all was found by reading every page, so that none of it is this attempt's is as good as finding nothing.
  const conclusive = own.length === 0 && (!('conclusive' in lookup) || lookup.conclusive);
  const objects = own.reduce(
    (known, observation) => withObservation({ ...attempt, objects: known }, observation),
    attempt.objects,
  );
  const lookups = lookedUp(attempt, { lookedAt, conclusive });
  return { step: takeStep(attempt, { objects, lookups }, at), others };
}
