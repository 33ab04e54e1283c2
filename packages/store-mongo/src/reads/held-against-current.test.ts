import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldAgainstCurrent } from './held-against-current.ts';

interface Row {
  readonly name: string;
  readonly sequence: number;
  readonly value: string;
}

const runs = Number(process.env.HOLDFAST_RUNS ?? '300');
const row = (name: string, sequence: number, value = `${sequence}`): Row => ({ name, sequence, value });

async function* streamed(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

async function held(history: readonly Row[], current: readonly Row[], until = 100, newest = until): Promise<Row[]> {
  const given: Row[] = [];
  const rows = heldAgainstCurrent({
    what: 'value',
    nameOf: ({ name }) => name,
    until,
    newest: async () => newest,
    history: streamed(history),
    current: streamed(current),
  });
  for await (const one of rows) given.push(one);
  return given;
}

describe('the rows of the history', () => {
  const history = [row('a', 1), row('a', 4), row('b', 2), row('c', 3), row('c', 5)];
  const current = [row('a', 4), row('b', 2), row('c', 5)];

  it('are given where the newest of each name is the one that rounds read', async () => {
    expect(await held(history, current)).toEqual(history);
    expect(await held([], [])).toEqual([]);
  });

  it('are given where the book has gone on since', async () => {
    expect(await held(history, [row('a', 4), row('b', 101), row('c', 5)], 100, 102)).toEqual(history);
    expect(await held(history, [...current, row('d', 102)], 100, 102)).toEqual(history);
  });

  it.each<[what: string, current: readonly Row[], says: string]>([
    ['another value', [row('a', 4), row('b', 2, 'x'), row('c', 5)], 'value of b is at value "x"'],
    ['an older row', [row('a', 1), row('b', 2), row('c', 5)], 'value of a is at sequence 1'],
    ['a row of a unit that is not there', [row('a', 4), row('b', 2), row('c', 200)], 'value of c is at sequence 200'],
    ['no row of the first', [row('b', 2), row('c', 5)], 'value of a is missing in the document'],
    ['no row of the last', [row('a', 4), row('b', 2)], 'value of c is missing in the document'],
    ['a row of a name before all', [row('0', 1), ...current], 'value of 0 is there in the document'],
    ['a row of a name after all', [...current, row('d', 1)], 'value of d is there in the document'],
  ])('are a fault where rounds read %s', async (_what, rows, says) => {
    await expect(held(history, rows)).rejects.toThrow(says);
  });

  it('law: whatever one document says otherwise, its name is told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.stringMatching(/^[a-e]{1,3}$/), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
        fc.nat(),
        fc.constantFrom('change', 'drop', 'add'),
        async (found, counts, at, how) => {
          const names = [...found].sort();
          const rows = names.flatMap((name, index) =>
            Array.from({ length: counts[index] ?? 1 }, (_, nth) => row(name, nth + 1)),
          );
          const currents = names.map((name) => rows.findLast((one) => one.name === name) as Row);
          expect(await held(rows, currents)).toEqual(rows);
          const index = at % names.length;
          const name = how === 'add' ? `${names[index]}z` : names[index];
          const changed = currents.flatMap((one, place) => {
            if (place !== index) return [one];
            if (how === 'drop') return [];
            return how === 'add' ? [one, row(`${one.name}z`, 1)] : [{ ...one, value: 'forged' }];
          });
          const sorted = changed.sort((left, right) => (left.name < right.name ? -1 : 1));
          await expect(held(rows, sorted)).rejects.toThrow(`the value of ${name} is`);
        },
      ),
      { numRuns: runs },
    );
  });
});
