import type { Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { OperationPower } from '../port/descriptor.ts';
import type { Observation } from '../port/observation.ts';
import { withObservation } from './apply-observation.ts';
import type { Attempt } from './attempt.ts';
import { attemptKey } from './attempt-key.ts';
import { readAttemptMark } from './attempt-metadata.ts';
import type { AttemptStep } from './attempt-step.ts';
import { deriveState } from './derive-state.ts';
import { postingsBetween } from './postings-between.ts';
import type { ObservationNotOurs } from './refusals.ts';

/**
 * Makes the attempt that a provider's object tells of and the book does not know: it was made after the instant from which a restored book goes on.
 * The object becomes the paid attempt of its payout, or of a reversal of it; its money goes from owed to transit and out.
 *
 * @param adopting - `object`: the provider's object that was captured, refunded, reversed or cancelled, where there is one.
 *
 * @errors
 * - `observation_not_ours`: it carries no mark of an attempt of this book.
 * @source docs/rules/providers.md, PR-11
 */
export function adoptAttempt(
  {
    book,
    power,
    observation,
    object,
  }: {
    readonly book: string;
    readonly power: OperationPower;
    readonly observation: Observation;
    readonly object?: string;
  },
  at: Instant,
): Result<AttemptStep, ObservationNotOurs> {
  const mark = readAttemptMark(observation);
  if (!mark || mark.book !== book) return err({ code: 'observation_not_ours', book, object: observation.object });
  const { epoch, ...name } = mark;
  const { payout } = name;
  const { provider, account, mode, kind, reference = payout, amount, destination, metadata, createdAt } = observation;
  const blank: Attempt = {
    ...name,
    key: attemptKey(name),
    epoch,
    provider,
    account,
    mode,
    power,
    operation: {
      kind,
      reference,
      amount,
      ...(destination === undefined ? {} : { destination }),
      ...(object === undefined ? {} : { object }),
      metadata,
    },
    // Nothing of it is ever sent: the bytes were lost with the units that had them.
    body: '',
    intentAt: createdAt,
    retriesLeft: 0,
    sends: [],
    objects: [],
    lookups: { count: 0 },
    state: { status: 'unknown', because: 'pending' },
    changedAt: at,
  };
  const seen: Attempt = { ...blank, objects: withObservation(blank, observation) };
  const attempt: Attempt = { ...seen, state: deriveState(seen) };
  return ok({ attempt, postings: postingsBetween(undefined, attempt), keyAdvances: false, alarms: [] });
}
