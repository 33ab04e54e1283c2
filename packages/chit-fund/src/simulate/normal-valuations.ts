import type { Result } from 'neverthrow';
import { amountOf } from './amount-of.ts';
import type { BidModel } from './bid-model.ts';
import { checkBps } from './check-bps.ts';
import { nearNormal } from './near-normal.ts';
import type { SimulationInvalid } from './refusals.ts';

/**
 * Makes bidders whose valuations are new in each draw and lie about a mean, few of them far from it.
 *
 * @param shape - In basis points of the prize before the discount; in a hui of the subscription. Nearly normal: a sum of twelve, and so never beyond six deviations.
 * @returns The model.
 *
 * @errors
 * - `simulation_invalid`: no bigints from 0n to 10000n.
 * @source docs/rules/chit-fund.md, CF-29
 */
export function normalValuations(shape: {
  readonly meanBps: bigint;
  readonly deviationBps: bigint;
}): Result<BidModel, SimulationInvalid> {
  const { meanBps, deviationBps } = shape;
  return checkBps({ meanBps, deviationBps }).map(
    () =>
      ({ scheme, instalment, sequence, eligible, random }) =>
        eligible.map((ticket) => {
          const off = nearNormal(random, `valuation/${instalment}/${sequence}/${ticket}`, deviationBps);
          return { ticket, discount: amountOf(scheme, meanBps + off) };
        }),
  );
}
