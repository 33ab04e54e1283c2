import { createHash } from 'node:crypto';
import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { whyNoBids } from '../draw/check-bid.ts';
import { commitLot } from '../draw/commit-lot.ts';
import { contending } from '../draw/contending.ts';
import { type DrawRefusal, decideDraw } from '../draw/decide-draw.ts';
import type { Bid, DrawResult, DrawSetting } from '../draw/draw.ts';
import { type CashFlow, cashFlowOf } from '../returns/cash-flow.ts';
import { sumOf } from '../settlement/charges.ts';
import { type SettledScheme, settleScheme } from '../settlement/settle-scheme.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { Day, Scheme } from '../terms/terms.ts';
import type { BidModel } from './bid-model.ts';
import { bidsOf } from './bids-of.ts';
import { randomSource } from './random-source.ts';
import type { SimulationInvalid, SimulationStuck } from './refusals.ts';

/** What a simulation needs besides the scheme. */
export interface SimulationOptions {
  /** Any printable text; the same seed gives the same life. */
  readonly seed: string;
  /** How the bidders bid; nobody bids where absent. */
  readonly model?: BidModel;
  /** The ticket of the company chit; 1 where absent. */
  readonly foremanTicket?: number;
  /** Tax on the commission of an instalment in basis points; none where absent. */
  readonly taxBasisPoints?: (instalment: number) => bigint;
}

/** One instalment of a simulated life. */
export interface SimulatedDraw {
  readonly instalment: number;
  readonly day: Day;
  /** How often it was held until it had winners. */
  readonly sequence: number;
  readonly bids: readonly Bid[];
  readonly result: Extract<DrawResult, { result: 'won' }>;
  readonly settlement: Settlement;
}

/** What one ticket's life came to, in minor units. */
export interface SimulatedTicket {
  readonly ticket: number;
  readonly wonAt: number;
  /** All its dues, dividends taken off. */
  readonly paid: bigint;
  /** Its prize. */
  readonly won: bigint;
  /** All its dividends, those set off and those paid in cash. */
  readonly dividends: bigint;
  /** What it got in cash at the end: a dividend that no instalment is left for, and its part of the carry. */
  readonly terminal: bigint;
  /** Won and terminal less paid. */
  readonly net: bigint;
  /** One place for each instalment; what came at the end is in the last. */
  readonly flow: CashFlow;
}

/** A scheme's life. Amounts in minor units. */
export interface Simulation {
  readonly draws: readonly SimulatedDraw[];
  readonly tickets: readonly SimulatedTicket[];
  readonly collected: bigint;
  readonly prizes: bigint;
  readonly dividends: bigint;
  readonly commission: bigint;
  readonly tax: bigint;
  /** All that was paid out at the end. */
  readonly terminal: bigint;
}

/** Why {@link simulateScheme} refuses, in order of precedence. */
export type SimulationRefusal = SimulationInvalid | DrawRefusal | SimulationStuck;

/** How often a draw that nobody bids in is held again. */
const MOST_DRAWS = 24;

/**
 * Plays a scheme from its first draw to its last settlement, everybody paying on time. It is a pure function: bids come from the model, lots and whatever else is
 * random from the seed; draws and settlements are those of a real scheme.
 *
 * @param scheme - The scheme.
 * @param options - The seed and the bidders.
 * @returns Each draw with its settlement, and what each ticket paid and got.
 *
 * @errors
 * - `simulation_invalid`: a seed that is no printable text of 1 to 200 characters.
 * - `draw_invalid`: the ticket of the company chit is none.
 * - `simulation_stuck`: nobody bids 24 times over where the agreement adjourns then.
 * @source docs/rules/chit-fund.md, CF-29
 */
export function simulateScheme(scheme: Scheme, options: SimulationOptions): Result<Simulation, SimulationRefusal> {
  const { seed, taxBasisPoints, foremanTicket = 1 } = options;
  if (typeof seed !== 'string' || !/^[ -~]{1,200}$/.test(seed)) {
    const allowed = '1 to 200 printable ASCII characters';
    return err({ code: 'simulation_invalid', field: 'seed', given: printGiven(seed), allowed });
  }
  const held: Held[] = [];
  let unprized: readonly number[] = Array.from({ length: scheme.terms.tickets }, (_, index) => index + 1);
  for (let instalment = 1; instalment <= scheme.terms.instalments; instalment += 1) {
    const drawn = holdDraw({ scheme, instalment, unprized, eligible: unprized, foremanTicket }, options);
    if (drawn.isErr()) return err(drawn.error);
    held.push(drawn.value);
    const winners = new Set(drawn.value.result.wins.map((win) => win.ticket));
    unprized = unprized.filter((ticket) => !winners.has(ticket));
  }
  const settled = settleScheme(
    scheme,
    held.map(({ result }) => result.wins),
    taxBasisPoints,
  );
  return ok(lifeOf(scheme, held, settled));
}

type Held = Omit<SimulatedDraw, 'settlement' | 'day'>;

/** Holds a draw again and again until it has winners. */
function holdDraw(setting: DrawSetting, options: SimulationOptions): Result<Held, SimulationRefusal> {
  const { scheme, instalment } = setting;
  const { seed, model } = options;
  const lotSeed = createHash('sha256').update(`${seed}\n${instalment}`).digest('hex');
  const commitment = commitLot(lotSeed);
  if (commitment.isErr()) return err(commitment.error);
  const takesBids = whyNoBids(setting) === undefined;
  const bidders = contending(setting).eligible;
  const random = randomSource(seed);
  for (let sequence = 1; sequence <= MOST_DRAWS; sequence += 1) {
    const situation = { scheme, instalment, sequence, eligible: bidders, random };
    const bids = takesBids ? bidsOf(situation, model?.(situation) ?? []) : [];
    const lot = { seed: lotSeed, commitment: commitment.value };
    const decided = decideDraw({ ...setting, draw: `simulated/${instalment}/${sequence}`, bids, lot });
    if (decided.isErr()) return err(decided.error);
    if (decided.value.result === 'won') return ok({ instalment, sequence, bids, result: decided.value });
  }
  return err({ code: 'simulation_stuck', instalment, draws: MOST_DRAWS });
}

function lifeOf(scheme: Scheme, held: readonly Held[], { settlements, terminal }: SettledScheme): Simulation {
  const draws = held.map((drawn, index): SimulatedDraw => {
    const settlement = settlements[index] as Settlement;
    return { ...drawn, day: scheme.drawDays[index] as Day, settlement };
  });
  const tickets = terminal.map((atEnd, index) => ticketOf(index, atEnd, settlements));
  return {
    draws,
    tickets,
    collected: sumOf(tickets.map(({ paid }) => paid)),
    prizes: sumOf(tickets.map(({ won }) => won)),
    dividends: sumOf(tickets.map(({ dividends }) => dividends)),
    commission: sumOf(settlements.map(({ commission }) => commission)),
    tax: sumOf(settlements.map(({ tax }) => tax)),
    terminal: sumOf(terminal),
  };
}

function ticketOf(index: number, terminal: bigint, settlements: readonly Settlement[]): SimulatedTicket {
  const ticket = index + 1;
  const dues = settlements.map((settlement) => settlement.dues[index] ?? 0n);
  const prizes = settlements.map((settlement) => settlement.prizes.find((prize) => prize.ticket === ticket)?.prize);
  const received = prizes.map((prize, at) => (prize ?? 0n) + (at === prizes.length - 1 ? terminal : 0n));
  const flow = cashFlowOf({ paid: dues, received });
  return {
    ticket,
    wonAt: prizes.findIndex((prize) => prize !== undefined) + 1,
    paid: sumOf(dues),
    won: sumOf(prizes.map((prize) => prize ?? 0n)),
    dividends: sumOf(settlements.map((settlement) => settlement.dividends[index] ?? 0n)),
    terminal,
    net: sumOf(flow),
    flow,
  };
}
