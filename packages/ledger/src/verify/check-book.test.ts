import { bookKeeping, decodeUnit, type Head, openBook, type StoredUnit, unitDigest } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { reversibleEntries } from '../entry/decider.ts';
import { type CopiedTables, copyTables, storeOfTables } from '../testing/copied-tables.ts';
import { sampleChart } from '../testing/sample-chart.ts';
import { createStillStore } from '../testing/still-store.ts';
import { transferMoney } from '../transfer/decider.ts';
import type { PassName, TableName } from './report.ts';
import { verifyBook } from './verify-book.ts';

const march = '2026-03-01T00:00:00.000Z';
const april = '2026-04-01T00:00:00.000Z';
const noon = '2026-05-07T12:00:00.000Z';
const gift = {
  type: 'Transfer',
  from: 'world:bank',
  to: 'users:ann:available',
  amount: usd('1'),
  kind: 'gift',
} as const;
const told = { ...transferMoney, kind: 'told', facts: ['Transfer'] };

/** Seven units: one of now, one booked backwards, the closing of a period, a fact of that period, two epochs, and one more of now. */
async function story(): Promise<CopiedTables> {
  const store = createStillStore();
  const book = openBook({ store, name: 'main', chart: sampleChart, clock: () => noon });
  const keeping = book.use(bookKeeping);
  const by = (key: string) => ({ actor: { id: 'olga', role: 'operator' }, key });
  const epoch = async (key: string) => {
    const { sequence, digest } = (await book.head())._unsafeUnwrap();
    const begin = { type: 'BeginEpoch', continues: { sequence, digest }, reason: 'restored' } as const;
    (await keeping.execute(begin, by(key)))._unsafeUnwrap();
  };
  (await book.use(transferMoney).execute(gift, by('1')))._unsafeUnwrap();
  const entry = {
    type: 'RecordEntry',
    transfers: [gift].map(({ type: _, ...one }) => one),
    effectiveAt: march,
  } as const;
  (await book.use(reversibleEntries).execute('e1', entry, by('2')))._unsafeUnwrap();
  (await keeping.execute({ type: 'ClosePeriod', before: april }, by('3')))._unsafeUnwrap();
  (await book.use(told).execute({ ...gift, effectiveAt: march }, by('4')))._unsafeUnwrap();
  await epoch('5');
  await epoch('6');
  (await book.use(transferMoney).execute({ ...gift, effectiveAt: april }, by('7')))._unsafeUnwrap();
  return copyTables(store, 'main');
}

const verify = async (tables: CopiedTables) =>
  (await verifyBook({ store: storeOfTables(tables), book: 'main', deciders: [reversibleEntries] }))._unsafeUnwrap();

describe('verifying how a book itself stands', () => {
  it('finds nothing where nobody touched it, and counts what it looked at', async () => {
    const report = await verify(await story());
    expect(report.difference).toBeUndefined();
    // Three units that say how the book stands, and three entries with an instant of their own.
    expect(report.passes.find(({ name }) => name === 'book')).toEqual({ name: 'book', checked: 6 });
  });

  const planted: readonly (readonly [what: string, batch: number, change: Partial<Head>])[] = [
    ['a period that is open again', 4, { closedBefore: '1970-01-01T00:00:00.000Z' }],
    ['a period that was never closed', 1, { closedBefore: april }],
    ['an epoch that was forgotten', 6, { epoch: 1 }],
    ['an epoch that never began', 3, { epoch: 1 }],
    ['a format that was lowered', 7, { format: 1 }],
    ['a format that nobody knows', 2, { format: 9 }],
  ];
  it.each(planted)('names the first batch that says otherwise than its units: %s', async (_what, number, change) => {
    const tables = await story();
    for (let index = number - 1; index < tables.batch.length; index++)
      tables.batch[index] = { ...(tables.batch[index] as Head), ...change };
    const { difference, verified } = await verify(tables);
    expect(verified).toBe(false);
    expect(difference).toMatchObject({ table: 'batch' satisfies TableName, row: `${number}` });
  });

  const forgeries: readonly (readonly [what: string, sequence: number, edit: (bytes: string) => string])[] = [
    [
      'a period past the unit',
      3,
      (b) => b.replace(`"closedBefore":"${april}"`, '"closedBefore":"2026-05-07T12:00:00.001Z"'),
    ],
    ['a period that goes back', 5, (b) => b.replace(`"closedBefore":"${april}"`, `"closedBefore":"${march}"`)],
    ['an epoch that is left out', 5, (b) => b.replace('"epoch":1,"format"', '"epoch":2,"format"')],
    ['an epoch that goes back', 6, (b) => b.replace('"epoch":2,"format"', '"epoch":0,"format"')],
    ['an epoch that continues another unit', 6, (b) => b.replace('"sequence":5', '"sequence":4')],
    [
      'an epoch that continues another history',
      5,
      (b) => b.replace(/"digest":"[0-9a-f]{64}","sequence"/, `"digest":"${'f'.repeat(64)}","sequence"`),
    ],
    ['an epoch that continues nothing', 6, (b) => b.replace('"EpochBegun"', '"SomethingElse"')],
    ['a format that goes back', 6, (b) => b.replace(/"format":2}/, '"format":1}')],
    ['a format that nobody knows', 6, (b) => b.replace(/"format":2}/, '"format":3}')],
    ['an entry in a closed period', 7, (b) => b.replace(`[[0,"${april}"]]`, `[[0,"${march}"]]`)],
    ['an entry after its unit', 7, (b) => b.replace(`[[0,"${april}"]]`, '[[0,"2026-05-07T12:00:00.001Z"]]')],
    ['an instant of no entry', 7, (b) => b.replace(`[[0,"${april}"]]`, `[[1,"${april}"]]`)],
    ['a fact that was moved to another instant', 4, (b) => b.replace(`[[0,"${noon}"`, `[[0,"${april}"`)],
    ['a fact that was moved without need', 4, (b) => b.replace(`"${march}"]]`, `"${april}"]]`)],
    ['an entry that was moved though it is no fact', 4, (b) => b.replace('"fact":true,', '')],
  ];
  it.each(forgeries)('does not believe a forged unit whose chain holds: %s', async (_what, sequence, edit) => {
    const tables = await story();
    const before = tables.unit[sequence - 1]?.bytes;
    forge(tables, sequence, edit);
    expect(tables.unit[sequence - 1]?.bytes).not.toBe(before);
    const report = await verify(tables);
    const found = (name: PassName) => report.passes.find((pass) => pass.name === name)?.difference;
    expect(report.verified).toBe(false);
    expect([found('chain'), found('canonical')]).toEqual([undefined, undefined]);
    expect(found('book')).toMatchObject({ table: 'unit', row: `${sequence}` });
  });

  it.each([
    ['no book', '"book":7', /"book":\{[^}]*\}/],
    ['a book without an epoch', '"book":{"closedBefore":"2026-04-01T00:00:00.000Z","format":2}', /"book":\{[^}]*\}/],
  ])('reads no unit that says %s', async (_what, instead, what) => {
    const tables = await story();
    forge(tables, 6, (bytes) => bytes.replace(what, instead));
    const report = await verify(tables);
    expect(report.passes.find(({ name }) => name === 'canonical')?.difference).toMatchObject({ row: '6' });
  });

  it('names the kinds of record for which it had no decider', async () => {
    const store = storeOfTables(await story());
    expect((await verifyBook({ store, book: 'main' }))._unsafeUnwrap()).toMatchObject({
      verified: true,
      unfolded: ['entry'],
    });
    expect((await verify(await story())).unfolded).toEqual([]);
  });
});

/** Writes one unit anew and chains everything after it again, in the format that each unit leaves. An epoch goes on naming the unit before it. */
function forge(tables: CopiedTables, sequence: number, edit: (bytes: string) => string): void {
  let [was, previous, format] = ['0'.repeat(64), '0'.repeat(64), 1];
  for (const [index, unit] of tables.unit.entries()) {
    const chained = unit.bytes.replace(was, previous);
    const bytes = unit.sequence === sequence ? edit(chained) : chained;
    format = decodeUnit(bytes).book?.format ?? format;
    const digest = unitDigest(previous, unit.sequence, bytes, format);
    tables.unit[index] = { ...(unit as StoredUnit), bytes, digest };
    tables.batch[index] = { ...(tables.batch[index] as Head), digest };
    [was, previous] = [unit.digest, digest];
  }
}
