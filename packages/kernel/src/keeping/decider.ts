import { err, ok, type Result } from 'neverthrow';
import type { Context, MovesDecider, Seen, Standing } from '../decider.ts';
import { type FreeText, freeText, type TextReference } from '../free-text.ts';
import type { BookStanding } from '../head.ts';
import type { Instant } from '../instant.ts';
import type { Json } from '../json.ts';
import { type AnyKeepingCommand, type KeepingCommands, parseKeepingCommand } from './commands.ts';
import type { KeepingRefusals } from './refusals.ts';

/** What happened to a book itself. */
export type KeepingEvent =
  | { readonly type: 'PeriodClosed'; readonly before: Instant }
  | {
      readonly type: 'EpochBegun';
      readonly epoch: number;
      /** The unit before this one. */
      readonly continues: { readonly sequence: number; readonly digest: string };
      readonly reason: FreeText | TextReference;
    }
  | { readonly type: 'FormatRaised'; readonly format: number };

/**
 * The commands of a book itself: `ClosePeriod`, `BeginEpoch` and `RaiseFormat`. Used like any other decider: `book.use(bookKeeping)`. How the book then
 * stands is in its head, and deciders see it as `seen.book()`.
 *
 * The first closed period and the first epoch raise the book to format 2 in the same unit: an older version, which would lose them, then writes there no
 * more.
 *
 * @source docs/rules/kernel.md, K-11, K-12
 */
export const bookKeeping: MovesDecider<KeepingCommands, KeepingEvent> = {
  kind: 'book',
  keeps: 'nothing',
  parse: parseKeepingCommand,
  needs: () => ({}),
  decide: (seen, command, context) => decideKeeping(seen, command as AnyKeepingCommand, context),
  evolve: () => undefined,
  transfers: () => [],
  standing: () => NOTHING,
  codec: {
    encodeState: () => null,
    decodeState: () => undefined,
    encodeEvent: ({ type, ...data }) => ({ type, version: 1, data: data as unknown as Json }),
    decodeEvent: ({ type, data }) => ({ type, ...(data as object) }) as KeepingEvent,
  },
};

/** Tells how a book stands after something happened to it. */
export function bookAfter(standing: BookStanding, event: KeepingEvent): BookStanding {
  switch (event.type) {
    case 'PeriodClosed':
      return { ...standing, closedBefore: event.before };
    case 'EpochBegun':
      return { ...standing, epoch: event.epoch };
    case 'FormatRaised':
      return { ...standing, format: event.format };
  }
}

function decideKeeping(
  seen: Seen,
  command: AnyKeepingCommand,
  { at }: Context,
): Result<readonly KeepingEvent[], KeepingRefusals[keyof KeepingRefusals]> {
  const { closedBefore, epoch, format, sequence, digest } = seen.book();
  const raise: readonly KeepingEvent[] =
    format < KEEPING_FORMAT ? [{ type: 'FormatRaised', format: KEEPING_FORMAT }] : [];
  switch (command.type) {
    case 'ClosePeriod': {
      const { before } = command;
      if (before <= closedBefore) return err({ code: 'period_not_later', before, closedBefore });
      if (before > at) return err({ code: 'period_not_over', before, at });
      return ok([...raise, { type: 'PeriodClosed', before }]);
    }
    case 'BeginEpoch': {
      const { continues, reason } = command;
      if (continues.sequence !== sequence || continues.digest !== digest)
        return err({ code: 'head_differs', sequence, digest });
      return ok([...raise, { type: 'EpochBegun', epoch: epoch + 1, continues, reason: freeText(reason) }]);
    }
    case 'RaiseFormat':
      if (command.format <= format) return err({ code: 'format_not_higher', format: command.format, known: format });
      return ok([{ type: 'FormatRaised', format: command.format }]);
  }
}

/** The first format with closed periods and epochs. */
const KEEPING_FORMAT = 2;
const NOTHING: Standing = { status: '', claims: [], deadlines: [], touches: [] };
