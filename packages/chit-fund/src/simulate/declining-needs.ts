import type { Result } from 'neverthrow';
import { amountOf } from './amount-of.ts';
import type { BidModel } from './bid-model.ts';
import { checkBps } from './check-bps.ts';
import { nearNormal } from './near-normal.ts';
import type { SimulationInvalid } from './refusals.ts';

/**
 * Makes bidders who need money more at the beginning than at the end, some of them always more than others.
 *
 * @param shape - The mean need in the first and in the last instalment, between which it falls evenly, and the deviation between tickets, which a ticket keeps for
 * life. In basis points of the prize before the discount; in a hui of the subscription.
 * @returns The model.
 *
 * @errors
 * - `simulation_invalid`: no bigints from 0n to 10000n, or the last need above the first.
 * @source docs/rules/chit-fund.md, CF-29
 */
export function decliningNeeds(shape: {
  readonly firstBps: bigint;
  readonly lastBps: bigint;
  readonly deviationBps: bigint;
}): Result<BidModel, SimulationInvalid> {
  const { firstBps, lastBps, deviationBps } = shape;
  return checkBps({ firstBps, lastBps, deviationBps }, lastBps <= firstBps).map(
    () =>
      ({ scheme, instalment, eligible, random }) => {
        const steps = BigInt(Math.max(1, scheme.terms.instalments - 1));
        const need = firstBps - ((firstBps - lastBps) * BigInt(instalment - 1)) / steps;
        return eligible.map((ticket) => {
          const own = nearNormal(random, `need/${ticket}`, deviationBps);
          return { ticket, discount: amountOf(scheme, need + own) };
        });
      },
  );
}
