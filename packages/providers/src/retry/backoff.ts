import { Defect, type Duration, show } from '@holdfast/kernel';

/** How long to wait before something is tried again. Plain data, so that a policy can be stored and named. */
export type Backoff =
  /** Anything from nothing to `base` doubled for each try before, at most `most`: full jitter. */
  | { readonly kind: 'exponential'; readonly base: Duration; readonly most: Duration }
  /** Always the same time. */
  | { readonly kind: 'fixed'; readonly every: Duration }
  /** At once. */
  | { readonly kind: 'none' };

/**
 * Waits longer each time: a random time up to `base` doubled for each try before, at most `most`.
 *
 * @throws Defect where a duration cannot be: whole milliseconds, from 1 to a week, `most` no less than `base`.
 * @source docs/rules/providers.md, B-9
 */
export function exponentialBackoff({ base, most }: { readonly base: Duration; readonly most: Duration }): Backoff {
  check('base', base, 1);
  check('most', most, base.ms);
  return { kind: 'exponential', base, most };
}

/**
 * Waits the same time before each try.
 *
 * @throws Defect where the duration cannot be: whole milliseconds, from 1 to a week.
 * @source docs/rules/providers.md, B-9
 */
export function fixedBackoff(every: Duration): Backoff {
  check('every', every, 1);
  return { kind: 'fixed', every };
}

/** Tries again at once. */
export const noBackoff: Backoff = { kind: 'none' };

function check(name: string, { ms }: Duration, least: number): void {
  if (!Number.isInteger(ms) || ms < least || ms > A_WEEK_MS)
    throw new Defect(`${name} of a back-off is from ${least} to ${A_WEEK_MS} ms, not ${show(ms)}`);
}

const A_WEEK_MS = 604_800_000;
