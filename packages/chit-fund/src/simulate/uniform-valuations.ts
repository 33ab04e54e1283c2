import type { Result } from 'neverthrow';
import { amountOf } from './amount-of.ts';
import type { BidModel } from './bid-model.ts';
import { checkBps } from './check-bps.ts';
import type { SimulationInvalid } from './refusals.ts';

/**
 * Makes bidders whose valuations are new in each draw, each from a lowest to a highest one as likely as any other.
 *
 * @param range - In basis points of the prize before the discount; in a hui of the subscription.
 * @returns The model.
 *
 * @errors
 * - `simulation_invalid`: no bigints from 0n to 10000n, or the lowest above the highest.
 * @source docs/rules/chit-fund.md, CF-29
 */
export function uniformValuations(range: {
  readonly lowestBps: bigint;
  readonly highestBps: bigint;
}): Result<BidModel, SimulationInvalid> {
  const { lowestBps, highestBps } = range;
  return checkBps({ lowestBps, highestBps }, lowestBps <= highestBps).map(
    () =>
      ({ scheme, instalment, sequence, eligible, random }) =>
        eligible.map((ticket) => {
          const label = `valuation/${instalment}/${sequence}/${ticket}`;
          const bps = lowestBps + random.below(label, highestBps - lowestBps + 1n);
          return { ticket, discount: amountOf(scheme, bps) };
        }),
  );
}
