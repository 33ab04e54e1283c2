import type { Bid } from '../draw/draw.ts';
import type { Scheme } from '../terms/terms.ts';
import type { Situation, Valuation } from './bid-model.ts';

/**
 * Turns valuations into the bids that their holders make.
 *
 * Sealed, each bids what winning is worth to it. In the open, bidders go on until only as many are left as win: the winners' bids are one step above the highest
 * valuation that lost, or their own where that is less. Who is first among equal ones is random.
 *
 * @param situation - The draw.
 * @param valuations - From the model; those of tickets that may not win are left out, and those above the highest discount count as that.
 * @returns Bids that the scheme takes.
 * @source docs/rules/chit-fund.md, CF-29
 */
export function bidsOf(situation: Situation, valuations: readonly Valuation[]): readonly Bid[] {
  const { scheme, instalment, sequence, eligible, random } = situation;
  if (scheme.discount === undefined) return [];
  const { least, step } = scheme.discount;
  const willing = valuations
    .filter(({ ticket, discount }) => eligible.includes(ticket) && discount >= least)
    .map(({ ticket, discount }) => ({
      ticket,
      limit: bidAtMost(scheme, discount),
      turn: random.below(`turn/${instalment}/${sequence}/${ticket}`, 1n << 64n),
    }))
    .sort((left, right) => order(right.limit, left.limit) || order(left.turn, right.turn));
  const isSealed = scheme.terms.method.type === 'sealed_auction';
  const company = scheme.terms.companyChit?.instalment === instalment ? 1 : 0;
  const lost = willing[scheme.winnersPerDraw - company]?.limit;
  const enough = lost === undefined ? least : bidAtMost(scheme, lost + step);
  return willing.map(({ ticket, limit }, index) => ({
    ticket,
    discount: isSealed || limit < enough ? limit : enough,
    sequence: index + 1,
  }));
}

/** The highest discount up to a limit that can be bid. */
function bidAtMost(scheme: Scheme, limit: bigint): bigint {
  const { least, most, step } = scheme.discount ?? { least: 0n, most: 0n, step: 1n };
  return limit >= most ? most : limit - ((limit - least) % step);
}

function order(left: bigint, right: bigint): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
