import { addDuration, type Instant, minutes } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { AdjournReason } from '../chit/draws/commands.ts';
import type { InstalmentWrongStatus } from '../chit/refusals.ts';
import { amountOf, isUnderAct, ticketOf } from '../chit/scheme-of.ts';
import type { Chit, Holder, PrizeStatus } from '../chit/state.ts';
import type { Lot } from '../draw/draw.ts';
import type { BidNotation } from '../draw/read-bid.ts';
import { deadlineOf } from '../law/deadline-of.ts';
import type { HowWon } from '../settlement/settlement.ts';
import type { Day } from '../terms/terms.ts';
import { type ChitHistory, type HistoryStep, stepsOf } from './history.ts';

/** A bid as the minutes have it. */
export interface MinutesBid {
  readonly ticket: number;
  readonly at: Instant;
  /** Absent of a sealed bid that was never revealed. */
  readonly discount?: Money;
  /** As the bidder wrote it; absent of a sealed bid. */
  readonly given?: BidNotation;
  /** Of a sealed bid. */
  readonly commitment?: string;
}

/** Somebody who is entitled to a prize. */
export interface MinutesWin {
  readonly ticket: number;
  readonly holders: readonly Holder[];
  readonly how: HowWon;
  readonly discount: Money;
  /** What it came to; absent until the instalment is settled. */
  readonly prize?: Money;
}

/** What had become of a prize of an earlier instalment that was not paid when the draw began, or was paid since the draw before. */
export interface EarlierPrize {
  readonly instalment: number;
  readonly ticket: number;
  readonly amount: Money;
  readonly disposal: PrizeStatus | 'voided';
}

/** The minutes of a draw: all that s. 17(2) asks for. Days and hours are local. */
export interface Minutes {
  readonly scheme: string;
  readonly name: string;
  readonly instalment: number;
  /** Counts the draws of the instalment, from 1. */
  readonly sequence: number;
  readonly began: LocalTime;
  readonly ended: LocalTime;
  /** Where the agreement says that draws are held. */
  readonly place?: string;
  /** How the recording is found, of a draw by video. */
  readonly recording?: string;
  readonly present: readonly string[];
  readonly bids: readonly MinutesBid[];
  readonly tied: readonly number[];
  /** Tickets that could win. */
  readonly eligible: readonly number[];
  /** All that is needed to draw the lot again: `replayLot` takes it with the commitment that was published when the draw was opened. */
  readonly lot?: Lot;
  readonly commitment?: string;
  readonly entitled: readonly MinutesWin[];
  /** Of all winners together. */
  readonly discount: Money;
  /** Why there is no winner. */
  readonly adjourned?: AdjournReason;
  readonly earlier: readonly EarlierPrize[];
  /** Nobody until the minutes are recorded. */
  readonly signedBy: readonly string[];
  readonly recordedAt?: Instant;
  readonly filedAt?: Instant;
  /** The last day for filing, under the Act. */
  readonly fileBy?: Day;
}

/** An instant, and the local day and hour that it falls on. */
export interface LocalTime {
  readonly at: Instant;
  readonly day: Day;
  /** Such as `10:05`. */
  readonly hour: string;
}

/** Which of an instalment's draws. */
export interface MinutesOptions {
  /** Counts the draws of the instalment, from 1; its last one that has ended where absent. */
  readonly sequence?: number;
}

/**
 * Makes the minutes of a draw from what happened.
 *
 * @param history - What {@link chitHistory} gave.
 * @param instalment - The draw's.
 * @param options - Which of its draws, where it was put off or drawn anew.
 * @returns The minutes.
 *
 * @errors
 * - `instalment_wrong_status`: no such draw was opened and ended.
 * @source docs/rules/chit-fund.md, CF-45
 */
export function minutesOf(
  history: ChitHistory,
  instalment: number,
  { sequence }: MinutesOptions = {},
): Result<Minutes, InstalmentWrongStatus> {
  const steps = stepsOf(history);
  const draws = drawsOf(steps, instalment);
  const draw =
    sequence === undefined ? draws.at(-1) : draws.find(({ opened }) => opened.event.draw.sequence === sequence);
  if (!draw) {
    const status = steps.at(-1)?.after.instalments[instalment - 1]?.status ?? 'scheduled';
    return err({ code: 'instalment_wrong_status', instalment, status });
  }
  const { opened, closed } = draw;
  const { after: chit } = closed;
  const { event } = opened;
  const place = placeOf(steps);
  const declared = closed.event.type === 'DrawDeclared' ? closed.event : undefined;
  const wins = declared?.wins ?? [];
  const { lot } = declared ?? {};
  const { commitment } = event.draw;
  const discount = wins.reduce((sum, win) => sum + win.discount, 0n);
  return ok({
    scheme: history.id,
    name: chit.terms.name,
    instalment,
    sequence: event.draw.sequence,
    began: localTime(opened.at, history),
    ended: localTime(closed.at, history),
    ...(place === undefined ? {} : { place }),
    ...(event.recording === undefined ? {} : { recording: event.recording }),
    present: event.draw.present,
    bids: bidsOf(chit, draw.within),
    tied: declared?.tied ?? [],
    eligible: declared?.eligible ?? [],
    ...(lot === undefined ? {} : { lot }),
    ...(commitment === undefined ? {} : { commitment }),
    entitled: wins.map(({ ticket, how, discount: minor }) => {
      const prize = prizeOf(draw.later, instalment, ticket);
      const holders = ticketOf(chit, ticket)?.holders ?? [];
      return {
        ticket,
        holders,
        how,
        discount: amountOf(chit, minor),
        ...(prize === undefined ? {} : { prize: amountOf(chit, prize) }),
      };
    }),
    discount: amountOf(chit, discount),
    ...(closed.event.type === 'DrawAdjourned' ? { adjourned: closed.event.why } : {}),
    earlier: earlierPrizes(steps, draw, instalment),
    ...signingOf(declared ? draw.later : [], instalment),
    ...(declared ? filingOf(chit, closed) : {}),
  });
}

type Opened = HistoryStep & { readonly event: Extract<HistoryStep['event'], { type: 'DrawOpened' }> };

interface HeldDraw {
  readonly opened: Opened;
  /** Between the two. */
  readonly within: readonly HistoryStep[];
  readonly closed: HistoryStep;
  /** What followed, up to the next draw of the instalment. */
  readonly later: readonly HistoryStep[];
}

function drawsOf(steps: readonly HistoryStep[], instalment: number): readonly HeldDraw[] {
  const starts = steps.flatMap((step, index) => (isOpening(step, instalment) ? [index] : []));
  return starts.flatMap((start, index): HeldDraw[] => {
    const all = steps.slice(start, starts[index + 1]);
    const end = all.findIndex(({ event }) => event.type === 'DrawDeclared' || event.type === 'DrawAdjourned');
    const [opened, closed] = [all[0], all[end]];
    if (!opened || !isOpening(opened, instalment) || !closed || end < 0) return [];
    return [{ opened, within: all.slice(1, end), closed, later: all.slice(end + 1) }];
  });
}

function isOpening(step: HistoryStep, instalment: number): step is Opened {
  return step.event.type === 'DrawOpened' && step.event.draw.instalment === instalment;
}

function bidsOf(chit: Chit, within: readonly HistoryStep[]): readonly MinutesBid[] {
  const revealed = new Map(
    within.flatMap(({ event }) =>
      event.type === 'BidRevealed' ? [[event.bid.ticket, event.bid.discount] as const] : [],
    ),
  );
  return within.flatMap(({ event, at }): MinutesBid[] => {
    if (event.type === 'BidPlaced') {
      const { bid, given } = event;
      return [{ ticket: bid.ticket, at, discount: amountOf(chit, bid.discount), given }];
    }
    if (event.type !== 'BidCommitted') return [];
    const { ticket, commitment } = event;
    const discount = revealed.get(ticket);
    return [{ ticket, at, commitment, ...(discount === undefined ? {} : { discount: amountOf(chit, discount) }) }];
  });
}

function prizeOf(later: readonly HistoryStep[], instalment: number, ticket: number): bigint | undefined {
  for (const { event } of later)
    if ((event.type === 'InstalmentSettled' || event.type === 'RedrawSettled') && event.instalment === instalment)
      return event.prizes.find((one) => one.ticket === ticket)?.prize;
  return undefined;
}

/** Prizes that were unpaid when the draw before began, or that are since, and what had become of them when this one ended. */
function earlierPrizes(
  steps: readonly HistoryStep[],
  { opened, closed }: HeldDraw,
  own: number,
): readonly EarlierPrize[] {
  const before = steps.filter(({ sequence }) => sequence < opened.sequence);
  const last = before.findLast(({ event }) => event.type === 'DrawOpened');
  const known = new Map<string, EarlierPrize>();
  for (const { event, after, sequence } of steps) {
    if (sequence > closed.sequence) break;
    if (event.type === 'DrawVoided' && sequence > (last?.sequence ?? 0)) {
      const { instalment, ticket, amount } = event;
      known.set(`${instalment}/${ticket}`, { instalment, ticket, amount: amountOf(after, amount), disposal: 'voided' });
    }
  }
  const open = last?.after.tickets ?? [];
  for (const [index, { prize }] of closed.after.tickets.entries()) {
    if (!prize || prize.instalment === own) continue;
    const earlier = open[index]?.prize;
    if (earlier?.instalment === prize.instalment && PAID.includes(earlier.status)) continue;
    const { instalment, status, amount } = prize;
    const ticket = index + 1;
    known.set(`${instalment}/${ticket}`, {
      instalment,
      ticket,
      amount: amountOf(closed.after, amount),
      disposal: status,
    });
  }
  return [...known.values()].sort((a, b) => a.instalment - b.instalment || a.ticket - b.ticket);
}

function signingOf(
  later: readonly HistoryStep[],
  instalment: number,
): Pick<Minutes, 'signedBy' | 'recordedAt' | 'filedAt'> {
  let signing: Pick<Minutes, 'signedBy' | 'recordedAt' | 'filedAt'> = { signedBy: [] };
  for (const { event, at } of later) {
    if (event.type === 'MinutesRecorded' && event.instalment === instalment)
      signing = { signedBy: event.signedBy, recordedAt: at };
    if (event.type === 'MinutesFiled' && event.instalment === instalment) signing = { ...signing, filedAt: at };
  }
  return signing;
}

function filingOf(chit: Chit, { day }: HistoryStep): { readonly fileBy?: Day } {
  const { state } = chit.terms;
  if (!isUnderAct(chit) || state === undefined) return {};
  return deadlineOf('minutes_filed', day, { state }).match(
    (deadline) => ({ fileBy: deadline.day }),
    () => ({}),
  );
}

function placeOf(steps: readonly HistoryStep[]): string | undefined {
  const written = steps.findLast(({ event }) => event.type === 'SchemeDrafted' || event.type === 'DraftRevised');
  return written?.after.agreement?.place;
}

function localTime(at: Instant, { offsetMinutes }: Pick<ChitHistory, 'offsetMinutes'>): LocalTime {
  const local = addDuration(at, minutes(offsetMinutes));
  return { at, day: local.slice(0, 10), hour: local.slice(11, 16) };
}

const PAID: readonly PrizeStatus[] = ['paid', 'prepaid'];
