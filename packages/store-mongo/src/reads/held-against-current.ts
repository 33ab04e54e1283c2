import { isDeepStrictEqual } from 'node:util';
import { CorruptDocument } from '../documents/corrupt-document.ts';

/** Two streams of one kind of rows. */
export interface TwoSides<Row extends { readonly sequence: number }> {
  /** What the newest row of a name is called in a message. */
  readonly what: string;
  nameOf(row: Row): string;
  /** The newest sequence when the streams began. */
  readonly until: number;
  /** The newest sequence as it is now. */
  newest(): Promise<number>;
  /** Every row of the units up to `until`, in order of its name, then of its sequence. */
  readonly history: AsyncIterable<Row>;
  /** The rows that rounds read, one for each name, in the same order. */
  readonly current: AsyncIterable<Row>;
}

/**
 * Gives the rows of the history. The last one of each name has to be the one that rounds read, unless the book has gone on meanwhile: rounds
 * never read the history, so who changes a document that they read would otherwise change no row that anybody verifies.
 *
 * @throws {@link CorruptDocument} with the name and both rows where they differ.
 */
export async function* heldAgainstCurrent<Row extends { readonly sequence: number }>(
  sides: TwoSides<Row>,
): AsyncGenerator<Row> {
  const { nameOf, history } = sides;
  const currents = sides.current[Symbol.asyncIterator]();
  try {
    let current = await next(currents);
    let last: Row | undefined;
    const settle = async (): Promise<void> => {
      // Rows that rounds read, of names that have no history.
      while (current && (!last || nameOf(current) < nameOf(last))) {
        await check(sides, undefined, current);
        current = await next(currents);
      }
      if (!last) return;
      const same = current && nameOf(current) === nameOf(last) ? current : undefined;
      await check(sides, last, same);
      if (same) current = await next(currents);
    };
    for await (const row of history) {
      if (last && nameOf(row) !== nameOf(last)) await settle();
      last = row;
      yield row;
    }
    if (last) await settle();
    last = undefined;
    await settle();
  } finally {
    await currents.return?.();
  }
}

async function check<Row extends { readonly sequence: number }>(
  { what, nameOf, until, newest }: TwoSides<Row>,
  last: Row | undefined,
  current: Row | undefined,
): Promise<void> {
  if (isDeepStrictEqual(last, current)) return;
  if (current && current.sequence > until && current.sequence <= (await newest())) return;
  const name = nameOf((last ?? current) as Row);
  const [read, written] = told(current, last);
  throw new CorruptDocument(
    `the ${what} of ${name} is ${read} in the document that rounds read, and ${written} in the newest unit that has one`,
  );
}

/** Says where two rows differ: that one is missing, or their first field that is not the same. */
function told(current: object | undefined, last: object | undefined): readonly [read: string, written: string] {
  if (!current || !last) return [current ? 'there' : 'missing', last ? 'there' : 'missing'];
  const [left, right] = [Object.entries(current), new Map(Object.entries(last))];
  const [field, value] = left.find(([name, one]) => !isDeepStrictEqual(one, right.get(name))) ?? ['', undefined];
  return [`at ${field} ${shown(value)}`, `at ${shown(right.get(field))}`];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}` : part)) ?? 'none';
  return text.length > 1_000 ? `${text.slice(0, 1_000)}…` : text;
}

async function next<Row>(rows: AsyncIterator<Row>): Promise<Row | undefined> {
  const { done, value } = await rows.next();
  return done ? undefined : value;
}
