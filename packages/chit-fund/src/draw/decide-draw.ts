import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { HowWon, Win } from '../settlement/settlement.ts';
import type { Method } from '../terms/terms.ts';
import { checkDiscount, type DiscountRefusal } from './check-bid.ts';
import { checkSetting } from './check-setting.ts';
import { contending } from './contending.ts';
import type { Bid, DrawResult, DrawSetting, LotSource } from './draw.ts';
import { drawLot, type LotRefusal } from './draw-lot.ts';
import { rankBids } from './rank-bids.ts';
import type { DrawInvalid, LotMissing } from './refusals.ts';

/** What a draw is decided from. */
export interface DrawInput extends DrawSetting {
  /** Which draw: `scheme/instalment/sequence`; a draw that is held again has the next sequence. */
  readonly draw: string;
  /** All bids of this draw that were taken; for sealed bids those revealed. */
  readonly bids: readonly Bid[];
  /** What a lot would be drawn from; may be absent where no lot has to decide. */
  readonly lot?: LotSource;
  /** How many subscribers are present and how many must be; not looked at where absent. */
  readonly quorum?: { readonly present: number; readonly least: number };
}

/** Why {@link decideDraw} refuses, in order of precedence. */
export type DrawRefusal = DrawInvalid | DiscountRefusal | LotMissing | LotRefusal;

type Decided = Result<DrawResult, DrawRefusal>;

/**
 * Says who wins an instalment and what each winner forgoes: the same answer for the same input, whoever asks. It finds all winners of the draw or none.
 *
 * @param input - Whose turn it is, the bids, and what a lot would be drawn from.
 * @returns The winners and, where a lot was drawn, the lot; or why the draw is adjourned.
 *
 * @errors
 * - `draw_invalid`: no such instalment; tickets that are none or not in order; two bids under one sequence; no ticket for the company chit.
 * - `bid_above_highest`, `bid_below_lowest`, `bid_off_step`: a bid is there that can never have been taken.
 * - `lot_missing`: a lot has to decide, and there is no seed.
 * - `lot_differs`: the seed is not the one that was committed to.
 * - `secret_invalid`: the seed, a word or the draw's name is not of its form.
 * @source docs/rules/chit-fund.md, CF-20, CF-21, CF-22
 */
export function decideDraw(input: DrawInput): Decided {
  const checked = checkSetting(input).andThen(() => checkBids(input));
  if (checked.isErr()) return err(checked.error);
  const { quorum, scheme, eligible, foremanTicket } = input;
  if (quorum !== undefined && quorum.present < quorum.least) return adjourned('no_quorum');
  if (scheme.terms.companyChit?.instalment !== input.instalment) {
    return findWinners(contending(input), scheme.winnersPerDraw);
  }
  // checkSetting has seen to it that the foreman has a ticket that has not won.
  const foreman = foremanTicket as number;
  if (!eligible.includes(foreman)) return adjourned('nobody_eligible');
  const first: Win = { ticket: foreman, how: 'company_chit', discount: 0n };
  if (scheme.winnersPerDraw === 1) return ok({ result: 'won', wins: [first], tied: [] });
  return findWinners(contending(input), scheme.winnersPerDraw - 1).map((found) =>
    found.result === 'won' ? { ...found, wins: [first, ...found.wins] } : found,
  );
}

/** Bids were checked when they were taken; one that does not fit the terms now was not taken under them. */
function checkBids(input: DrawInput): Result<undefined, DrawRefusal> {
  const sequences = new Set(input.bids.map((bid) => bid.sequence));
  if (sequences.size < input.bids.length) return invalid('bids', input.bids, 'bids with a sequence each of its own');
  for (const bid of input.bids) {
    const checked = checkDiscount(input.scheme, bid.discount);
    if (checked.isErr()) return err(checked.error);
  }
  return ok(undefined);
}

function findWinners(input: DrawInput, count: number): Decided {
  const { scheme, eligible, unprized } = input;
  const listed = orderOf(scheme.terms.method);
  if (listed !== undefined) return byOrder(input, listed, count);
  if (eligible.length === 0) return adjourned('nobody_eligible');
  if (eligible.length < count) return adjourned('too_few_eligible');
  const discount = scheme.discount?.least ?? fixedDiscount(scheme.terms.method);
  if (unprized.length === count) return won(eligible, 'sole', discount);
  if (scheme.discount === undefined) return byLot(input, { purpose: 'lot', among: eligible, count, discount });
  if (eligible.length === count && scheme.terms.custom?.soleBidder === 'lot') {
    return byLot(input, { purpose: 'sole', among: eligible, count, discount });
  }
  return byBids(input, count, discount);
}

/** The agreed order of a method that has one. */
function orderOf(method: Method): readonly number[] | undefined {
  if (method.type === 'fixed_order') return method.order;
  if (method.type !== 'fixed_increment' && method.type !== 'fixed_schedule') return undefined;
  return method.by === 'lot' ? undefined : method.by;
}

/** What a winner forgoes where no bids say it. Where the agreement fixes the prizes, nothing. */
function fixedDiscount(method: Method): bigint {
  return method.type === 'lot' || method.type === 'fixed_order' ? method.discount.minor : 0n;
}

/** The next tickets of the order that have not won: an instalment drawn out of turn takes no ticket's place. */
function byOrder(input: DrawInput, order: readonly number[], count: number): Decided {
  const next = order.filter((ticket) => input.unprized.includes(ticket)).slice(0, count);
  if (next.length < count || !next.every((ticket) => input.eligible.includes(ticket))) {
    return adjourned(input.eligible.length === 0 ? 'nobody_eligible' : 'too_few_eligible');
  }
  return won(next, 'order', fixedDiscount(input.scheme.terms.method));
}

function byBids(input: DrawInput, count: number, least: bigint): Decided {
  const { scheme, eligible } = input;
  const { winning, tied, places } = rankBids(
    input.bids.filter((bid) => eligible.includes(bid.ticket)),
    count,
  );
  const wins = winning.map(({ ticket, discount }): Win => ({ ticket, how: 'bid', discount }));
  const missing = count - winning.length - places;
  if (missing > 0) {
    if (scheme.terms.discount?.noBids === 'adjourn') return adjourned('no_bids');
    const among = eligible.filter((ticket) => !wins.some((win) => win.ticket === ticket));
    return byLot(input, { purpose: 'no_bids', among, count: missing, discount: least }, wins);
  }
  const [cut] = tied;
  if (cut === undefined) return ok({ result: 'won', wins, tied: [] });
  const tickets = tied.map((bid) => bid.ticket).sort((left, right) => left - right);
  const { discount } = cut;
  const byLaw = discount === scheme.discount?.most;
  if (byLaw || scheme.terms.discount?.tie === 'lot') {
    return byLot(input, { purpose: 'tie', among: tickets, count: places, discount }, wins, tickets);
  }
  const first = tied.slice(0, places).map(({ ticket }): Win => ({ ticket, how: 'bid', discount }));
  return ok({ result: 'won', wins: [...wins, ...first], tied: tickets });
}

function byLot(
  input: DrawInput,
  asked: {
    readonly purpose: LotMissing['purpose'];
    readonly among: readonly number[];
    count: number;
    readonly discount: bigint;
  },
  before: readonly Win[] = [],
  tied: readonly number[] = [],
): Decided {
  const { purpose, among, count, discount } = asked;
  if (input.lot === undefined) return err({ code: 'lot_missing', purpose });
  return drawLot(input.lot, { context: `${input.draw}/${purpose}`, among, count }).map((lot) => {
    const wins = lot.drawn.map((ticket): Win => ({ ticket, how: 'lot', discount }));
    return { result: 'won', wins: [...before, ...wins], tied, lot };
  });
}

function won(tickets: readonly number[], how: HowWon, discount: bigint): Decided {
  return ok({ result: 'won', wins: tickets.map((ticket): Win => ({ ticket, how, discount })), tied: [] });
}

function adjourned(why: Extract<DrawResult, { result: 'adjourned' }>['why']): Decided {
  return ok({ result: 'adjourned', why });
}

function invalid(field: string, given: unknown, allowed: string): Result<never, DrawInvalid> {
  return err({ code: 'draw_invalid', field, given: printGiven(given), allowed });
}
