import { addDuration, type Instant, laterOf } from '@holdfast/kernel';
import type { Attempt } from './attempt.ts';
import { openSends } from './open-sends.ts';

/**
 * Gives the instant from which on absence is conclusive after a 5xx: the provider's repair horizon after the last that was heard of any open send,
 * or its in-flight horizon where that is longer. `undefined` where no send is open.
 *
 * @source docs/rules/providers.md, PR-7
 */
export function repairHorizonEnd(attempt: Attempt): Instant | undefined {
  const { repairHorizon, inFlightHorizon } = attempt.power;
  const last = openSends(attempt)
    .map(({ at, answeredAt }) => answeredAt ?? at)
    .reduce<Instant | undefined>((left, right) => (left === undefined ? right : laterOf(left, right)), undefined);
  return last && addDuration(last, { ms: Math.max(repairHorizon.ms, inFlightHorizon.ms) });
}
