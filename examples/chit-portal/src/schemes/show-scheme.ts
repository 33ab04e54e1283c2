import type { Chit, Scheme } from '@holdfast/chit-fund';
import { defineScheme } from '@holdfast/chit-fund';
import type { Instant } from '@holdfast/kernel';
import { decimal } from '../feed/project-dues.ts';

/** One instalment of a scheme's calendar, with what it came to once it is settled. */
export interface InstalmentShown {
  readonly instalment: number;
  readonly drawOn: string;
  readonly dueOn: string;
  /** `scheduled`, `adjourned`, `open`, `declared` or `settled`. */
  readonly status: string;
  readonly winners: readonly { readonly ticket: number; readonly how: string; readonly discount: string }[];
  readonly discount: string | null;
  readonly commission: string | null;
  readonly tax: string | null;
  readonly pool: string | null;
  /** All dividends of the draw together. */
  readonly dividends: string | null;
  readonly prizes: string | null;
  readonly dues: string | null;
  readonly carry: string | null;
}

/** Shows the calendar of a scheme: every draw, past and to come. */
export function showCalendar(chit: Chit): readonly InstalmentShown[] {
  const scheme = schemeOf(chit);
  return scheme.drawDays.map((drawOn, index) => {
    const begun = chit.instalments[index];
    const money = begun?.money;
    const shown = (minor: bigint | undefined): string | null => (minor === undefined ? null : decimal(minor));
    return {
      instalment: index + 1,
      drawOn,
      dueOn: scheme.dueDays[index] ?? drawOn,
      status: begun?.status ?? 'scheduled',
      winners: (begun?.wins ?? []).map(({ ticket, how, discount }) => ({ ticket, how, discount: decimal(discount) })),
      discount: shown(money?.discount),
      commission: shown(money?.commission),
      tax: shown(money?.tax),
      pool: shown(money?.pool),
      dividends: shown(money?.dividends),
      prizes: shown(money?.prizes),
      dues: shown(money?.dues),
      carry: shown(money?.carryOut),
    };
  });
}

/** The draw that is open, as everybody in the room sees it: tickets and what they bid, never who holds them. */
export interface OpenDrawShown {
  readonly instalment: number;
  readonly sequence: number;
  readonly openedAt: string;
  readonly closesAt: string | null;
  readonly ended: boolean;
  readonly commitment: string | null;
  readonly present: number;
  /** `open_auction`, `sealed_auction`, `lot` or `fixed_order`. */
  readonly method: string;
  /** Whether bids are taken now; sealed ones are opened from then on. */
  readonly taking: boolean;
  /** Of each ticket its highest bid, the highest first; of sealed ones those that were opened. */
  readonly bids: readonly { readonly ticket: number; readonly discount: string; readonly sequence: number }[];
  /** Tickets that handed a sealed bid in. */
  readonly sealed: readonly number[];
  readonly least: string | null;
  readonly most: string | null;
  readonly step: string | null;
}

/** Shows the draw that is open; nothing where none is. */
export function showOpenDraw(chit: Chit, now: Instant): OpenDrawShown | null {
  const { draw } = chit;
  if (!draw) return null;
  const { discount } = schemeOf(chit);
  const opened = draw.sealed.flatMap(({ bid }) => (bid ? [bid] : []));
  const bids = [...draw.bids, ...opened].sort(
    (one, other) => compare(other.discount, one.discount) || one.sequence - other.sequence,
  );
  return {
    instalment: draw.instalment,
    sequence: draw.sequence,
    openedAt: draw.openedAt,
    closesAt: draw.closesAt ?? null,
    ended: draw.ended,
    method: chit.terms.method.type,
    taking: !draw.ended && (draw.closesAt === undefined || now < draw.closesAt),
    commitment: draw.commitment ?? null,
    present: draw.present.length,
    bids: bids.map((bid) => ({ ticket: bid.ticket, discount: decimal(bid.discount), sequence: bid.sequence })),
    sealed: draw.sealed.map(({ ticket }) => ticket),
    least: discount ? decimal(discount.least) : null,
    most: discount ? decimal(discount.most) : null,
    step: discount ? decimal(discount.step) : null,
  };
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Gives what follows from the terms of a scheme, which the book has checked. */
export function schemeOf({ terms }: Pick<Chit, 'terms'>): Scheme {
  const scheme = defineScheme(terms);
  if (scheme.isErr()) throw new Error(`the terms in the book do not hold: ${scheme.error.field}`);
  return scheme.value;
}
