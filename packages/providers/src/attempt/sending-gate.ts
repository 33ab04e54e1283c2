import { addDuration, type Duration, type Instant, laterOf } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Mode, OperationPower } from '../port/descriptor.ts';
import type { ListNotContinuous } from './refusals.ts';

/**
 * Whether a book may send to one account of a provider. A restore closes it, and so does an attempt that the book does not know;
 * it opens when the provider's own list, from before the instant that the book continues, has been adopted.
 *
 * @source docs/rules/providers.md, PR-11
 */
export interface SendingGate {
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  /** Of the book; every restore raises it. */
  readonly epoch: number;
  readonly closed?: SendingClosure;
}

/** Why nothing is sent, and what opens sending again. */
export interface SendingClosure {
  readonly because: 'epoch' | 'unknown_attempt';
  /** When everything that was under way has arrived: the list has to be read no earlier, and up to here at least. */
  readonly at: Instant;
  /** How far the provider's list has been adopted, exclusive; at first, from where on it is wanted. */
  readonly adoptedUntil: Instant;
}

/** Gives the gate of an account to which everything may be sent, at the first epoch of a book. */
export function openGate(of: Pick<SendingGate, 'provider' | 'account' | 'mode'>, epoch = 0): SendingGate {
  return { provider: of.provider, account: of.account, mode: of.mode, epoch };
}

/**
 * Tells how long after a restore what the book has forgotten may still come to light: a send under way, a worker that was paused, and, where neither keys
 * nor look-ups hold it back, a 5xx that the provider repairs and a look-up that lags.
 *
 * @param longestPause - Of a worker, between storing a send and making it.
 * @source docs/rules/providers.md, PR-11
 */
export function settlingTime(
  { idempotency, lookup, inFlightHorizon, repairHorizon }: OperationPower,
  longestPause: Duration,
): Duration {
  const underWayMs = inFlightHorizon.ms + longestPause.ms;
  // A key that keeps a 5xx keeps the restored book from sending past it, as long as it is looked at before the key is old.
  const isKept = idempotency.mechanism !== 'none' && idempotency.replaysErrors && lookup.consistency === 'strong';
  return { ms: isKept ? underWayMs : underWayMs + repairHorizon.ms + (lookup.lag?.ms ?? 0) };
}

/**
 * Closes sending. Closed again, it stays closed until the longer of both lists has been adopted.
 *
 * @param closing - `from`: where the provider's list is to begin, before the instant that the book continues. `settles`: how long what the
 * book has forgotten may still come to light, see {@link settlingTime}.
 * @source docs/rules/providers.md, PR-11
 */
export function closeSending(
  gate: SendingGate,
  closing: {
    readonly because: SendingClosure['because'];
    readonly from: Instant;
    readonly settles: Duration;
    readonly epoch?: number;
  },
  at: Instant,
): SendingGate {
  const { because, from, settles, epoch = gate.epoch } = closing;
  const settled = addDuration(at, settles);
  const earlier = gate.closed && gate.closed.adoptedUntil < from ? gate.closed.adoptedUntil : from;
  const closed: SendingClosure = {
    because: gate.closed?.because === 'epoch' ? 'epoch' : because,
    at: gate.closed ? laterOf(gate.closed.at, settled) : settled,
    adoptedUntil: earlier,
  };
  return { ...gate, epoch: Math.max(epoch, gate.epoch), closed };
}

/** A part of the provider's list, of which every object was applied or adopted. */
export interface AdoptedList {
  /** Where it begins, by the provider's clock, inclusive. */
  readonly from: Instant;
  /** Where it ends, exclusive. */
  readonly to: Instant;
  /** When the reading began. */
  readonly readAt: Instant;
}

/**
 * Notes that a part of the provider's list was adopted, in the same unit that adopted it. Sending opens once the list reaches the instant at which
 * everything that was under way has arrived.
 *
 * @errors
 * - `list_not_continuous`: the part begins after what was adopted, or was read before sending was closed.
 * @source docs/rules/providers.md, PR-11
 */
export function adoptList(
  gate: SendingGate,
  { from, to, readAt }: AdoptedList,
): Result<SendingGate, ListNotContinuous> {
  const { closed, ...open } = gate;
  if (!closed) return ok(gate);
  if (from > closed.adoptedUntil || readAt < closed.at) {
    const { provider, account } = gate;
    return err({ code: 'list_not_continuous', provider, account, from: closed.adoptedUntil, readAt: closed.at });
  }
  const adoptedUntil = laterOf(closed.adoptedUntil, to);
  return ok(adoptedUntil >= closed.at ? open : { ...gate, closed: { ...closed, adoptedUntil } });
}
