import type { SimulatedFault } from './simulated-fault.ts';

/** A source of random whole numbers from zero up to a limit, exclusive: the same seed gives the same numbers. */
export interface FaultRandom {
  /** Draws the next number. */
  integer(limit: number): number;
}

/** How often each fault happens, in thousandths of all sends. What is left goes well. */
export type FaultRates = { readonly [Fault in SimulatedFault]?: number };

/** One send in five loses its answer or its way, a third end with a 500, one in eight is refused before the idempotency layer. */
export const roughFaults: FaultRates = {
  lost_answer: 150,
  lost_request: 50,
  server_error: 110,
  server_error_done: 110,
  server_error_repaired: 110,
  throttled: 50,
  gateway_error: 15,
  key_in_use: 20,
  connection_refused: 40,
  declined: 40,
};

/**
 * Draws a fault for each send.
 *
 * @param rates - In thousandths; together at most 1,000.
 */
export function seededFaults(random: FaultRandom, rates: FaultRates = roughFaults): () => SimulatedFault | undefined {
  const table = Object.entries(rates) as readonly (readonly [SimulatedFault, number])[];
  return () => {
    let drawn = random.integer(1_000);
    for (const [fault, share] of table) {
      if (drawn < share) return fault;
      drawn -= share;
    }
    return undefined;
  };
}
