import type { Line, Page, Paging, StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import { decodeLine } from '../documents/decode.ts';
import { textGiven } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { Refused } from '../sessions/refused.ts';
import { atOneMoment, limitGiven, pageOf } from './reading.ts';

/** Reads the lines of an account, a page at a time: as many units as there are lines on the page at most, since each has one of them at least. */
export function readLines(
  context: StoreContext,
  book: string,
  { account, order, limit, after }: Paging & { readonly account: string; readonly order: 'newest' | 'oldest' },
): Promise<Result<Page<Line>, StoreFault>> {
  return atOneMoment(context, book, async ({ head, session, answer }) => {
    const name = textGiven(account, 'account');
    const from = placeOf(after);
    const newest = order === 'newest';
    const bound = from && { sequence: newest ? { $lte: from.sequence } : { $gte: from.sequence } };
    const filter = { book: { $eq: book }, 'lines.account': { $eq: name }, ...bound };
    const found = context.collections.unit
      .find(filter, { session, projection: { _id: 0, sequence: 1, lines: 1 } })
      .sort({ sequence: newest ? -1 : 1 })
      .limit(limitGiven(limit) + 2);
    const rows = (await answer(found.toArray())).flatMap(({ sequence, lines = [] }) => {
      const ours = lines.filter((line) => line.account === name).map((line) => decodeLine(name, sequence, { ...line }));
      return newest ? ours.reverse() : ours;
    });
    const beyond = from ? rows.filter((line) => isBeyond(line, from, newest)) : rows;
    return pageOf(beyond, { limit, head, cursor });
  });
}

interface Place {
  readonly sequence: number;
  readonly ordinal: number;
}

function placeOf(after: string | undefined): Place | undefined {
  if (after === undefined) return undefined;
  const [, sequence, ordinal] = /^(\d{16})\.(\d{6})$/.exec(after) ?? [];
  if (sequence === undefined || ordinal === undefined)
    throw new Refused('store_refused', 'after is no cursor of a list of lines', { retryable: false });
  return { sequence: Number(sequence), ordinal: Number(ordinal) };
}

function isBeyond(line: Line, from: Place, newest: boolean): boolean {
  const difference = line.sequence - from.sequence || line.ordinal - from.ordinal;
  return newest ? difference < 0 : difference > 0;
}

/** Gives a line's place as a text that sorts like it. */
function cursor({ sequence, ordinal }: Line): string {
  return `${`${sequence}`.padStart(16, '0')}.${`${ordinal}`.padStart(6, '0')}`;
}
