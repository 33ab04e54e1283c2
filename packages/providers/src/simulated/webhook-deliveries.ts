import { addDuration, days, type Instant, minutes } from '@holdfast/kernel';
import type { FaultRandom } from './seeded-faults.ts';
import type { SimulatedEvent } from './simulated-peer.ts';

/** One delivery of an event. */
export interface SimulatedDelivery {
  readonly at: Instant;
  readonly event: SimulatedEvent;
}

/**
 * Draws how an event is delivered: never, once or several times, at once, late by minutes or by days. Several events together arrive out of order, and
 * some before the answer to the send that made them.
 *
 * @param lostShare - How many of a hundred events are never delivered; 20 where it is absent.
 * @source docs/rules/providers.md, SP-4
 */
export function webhookDeliveries(
  event: SimulatedEvent,
  random: FaultRandom,
  lostShare = 20,
): readonly SimulatedDelivery[] {
  if (random.integer(100) < lostShare) return [];
  const copies = 1 + (random.integer(4) === 0 ? 1 + random.integer(3) : 0);
  return Array.from({ length: copies }, () => {
    const latestMs = DELAYS[random.integer(DELAYS.length)] ?? 0;
    return { event, at: addDuration(event.at, { ms: latestMs === 0 ? 0 : random.integer(latestMs) }) };
  });
}

const DELAYS: readonly number[] = [0, minutes(1).ms, minutes(30).ms, days(3).ms];
