import { type Line, openBook, type RecordRow, type StoredUnit } from '@holdfast/kernel';
import { counters } from '@holdfast/kernel/testing';
import { usd } from '@holdfast/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryLedgerHistory, type LedgerHistory } from '../testing/arbitraries.ts';
import { type CopiedTables, copyTables, storeOfTables } from '../testing/copied-tables.ts';
import { plantChange } from '../testing/plant-change.ts';
import { playLedgerHistory, sampleDeciders } from '../testing/play-history.ts';
import { sampleChart } from '../testing/sample-chart.ts';
import { createStillStore } from '../testing/still-store.ts';
import type { Difference, TableName, VerifyReport } from './report.ts';
import { verifyBook } from './verify-book.ts';

const numRuns = Number(process.env.HOLDFAST_RUNS ?? 40);

const ann = 'users:ann:available';
const story: LedgerHistory = [
  { on: 'wallets', command: { type: 'Deposit', owner: 'ann', amount: usd('100'), from: 'stripe' }, afterMs: 0 },
  { on: 'wallets', command: { type: 'Deposit', owner: 'ben', amount: usd('40'), from: 'stripe' }, afterMs: 10 },
  {
    on: 'holds',
    id: 'x1',
    command: {
      type: 'HoldMoney',
      from: ann,
      held: 'users:ann:held',
      amount: usd('30'),
      expiresAt: '2026-03-08T10:00:00.000Z',
    },
    afterMs: 10,
  },
  {
    on: 'holds',
    id: 'x1',
    command: { type: 'CaptureHold', to: 'platform:fees:earned', amount: usd('5') },
    afterMs: 10,
  },
  {
    on: 'entries',
    id: 'x1',
    command: {
      type: 'RecordEntry',
      transfers: [{ from: ann, to: 'users:ben:available', amount: usd('8'), kind: 'gift' }],
    },
    afterMs: 10,
  },
  { on: 'entries', id: 'x1', command: { type: 'ReverseEntry', amounts: [usd('3')] }, afterMs: 10 },
  {
    on: 'accounts',
    command: { type: 'FreezeAccount', account: ann, currency: usd.toJSON(), frozen: 'debits' },
    afterMs: 10,
  },
];

async function tablesOf(history: LedgerHistory): Promise<CopiedTables> {
  const store = createStillStore();
  await playLedgerHistory(store, history, 'main');
  return copyTables(store, 'main');
}

async function verify(tables: CopiedTables): Promise<VerifyReport> {
  const report = await verifyBook({ store: storeOfTables(tables), book: 'main', deciders: sampleDeciders });
  return report._unsafeUnwrap();
}

function change<Row>(rows: Row[], index: number, changed: Partial<Row>): void {
  rows[index] = { ...(rows[index] as Row), ...changed };
}

describe('verifying a book', { timeout: 30_000 + numRuns * 500 }, () => {
  it('finds nothing in a book that nobody touched, and says what it looked at', async () => {
    const tables = await tablesOf(story);
    const report = await verify(tables);
    expect(report).toMatchObject({ verified: true, book: 'main', sequence: 7, digest: tables.unit.at(-1)?.digest });
    const checked = Object.fromEntries(report.passes.map((pass) => [pass.name, pass.checked]));
    expect(checked).toMatchObject({ chain: 7, batches: 7, canonical: 7, lines: 12, accounts: 6, records: 4, tasks: 1 });
  });

  it('finds nothing in a book that nobody opened', async () => {
    const report = await verifyBook({ store: createStillStore(), book: 'none' });
    expect(report._unsafeUnwrap()).toMatchObject({ verified: true, sequence: 0 });
  });

  const planted: readonly (readonly [
    what: string,
    plant: (tables: CopiedTables) => void,
    table: TableName,
    row: string,
  ])[] = [
    ['an amount', ({ line }) => change(line, indexOfLine(line, ann, 3), { amount: -3_001n }), 'line', `${ann} USD 3.0`],
    ['a balance', ({ line }) => change(line, indexOfLine(line, ann, 3), { balance: 7_001n }), 'line', `${ann} USD 3.0`],
    ['a deleted line', ({ line }) => line.splice(indexOfLine(line, ann, 3), 1), 'line', `${ann} USD 3.0`],
    ['a deleted unit', ({ unit }) => unit.splice(3, 1), 'unit', '4'],
    ['the newest unit deleted', ({ unit }) => unit.splice(6, 1), 'unit', '7'],
    ['the newest batch deleted', ({ batch }) => batch.splice(6, 1), 'batch', '7'],
    ['two swapped units', ({ unit }) => swap(unit, 2, 4), 'unit', '3'],
    [
      'an amount in the bytes',
      ({ unit }) => change(unit, 1, { bytes: (unit[1] as StoredUnit).bytes.replaceAll('40.00', '41.00') }),
      'unit',
      '2',
    ],
    [
      'a record',
      ({ record }) => change(record, 1, { state: (record[1] as RecordRow).state.replace('8.00', '9.00') }),
      'record',
      'entry/x1 6',
    ],
    ['a status', ({ record }) => change(record, 2, { status: 'done' }), 'record', 'hold/x1 3'],
    [
      'an account that is not frozen any more',
      ({ account }) =>
        account.splice(
          account.findIndex(({ sequence }) => sequence === 7),
          1,
        ),
      'account',
      `${ann} USD 7`,
    ],
    ['a task', ({ task }) => task.pop(), 'task', 'hold/x1/expiry'],
    ['a batch with another digest', ({ batch }) => change(batch, 4, { digest: '0'.repeat(64) }), 'batch', '5'],
    ['a batch with another sequence', ({ batch }) => change(batch, 4, { sequence: 400 }), 'batch', '5'],
  ];
  it.each(planted)('names %s at its first row', async (_what, plant, table, row) => {
    const tables = await tablesOf(story);
    plant(tables);
    const report = await verify(tables);
    expect(report.verified).toBe(false);
    expect(report.difference).toMatchObject({ table, row });
    expect(report.difference?.sentence).toContain(`The ${table} ${row}`);
  });

  it('says nothing of a state without the decider that could fold it', async () => {
    const tables = await tablesOf(story);
    change(tables.record, 1, { state: '{}' });
    const report = await verifyBook({ store: storeOfTables(tables), book: 'main' });
    expect(report._unsafeUnwrap().verified).toBe(true);
  });

  it('finds a history that was written anew, by a checkpoint kept outside', async () => {
    const store = storeOfTables(await tablesOf(story));
    const other = await tablesOf(story.slice(1));
    const checkpoint = { sequence: 4, digest: other.unit[3]?.digest ?? '' };
    const report = (await verifyBook({ store, book: 'main', checkpoint }))._unsafeUnwrap();
    expect(report.difference).toMatchObject({ table: 'unit', row: '4' });
    const own = { sequence: 4, digest: (await tablesOf(story)).unit[3]?.digest ?? '' };
    expect((await verifyBook({ store, book: 'main', checkpoint: own }))._unsafeUnwrap().verified).toBe(true);
  });

  it('misses the end of a journal that was cut off, unless a checkpoint remembers it', async () => {
    const whole = await tablesOf(story);
    const cut = await tablesOf(story.slice(0, 5));
    expect((await verify(cut)).verified).toBe(true);
    const checkpoint = { sequence: 7, digest: whole.unit[6]?.digest ?? '' };
    const report = await verifyBook({ store: storeOfTables(cut), book: 'main', checkpoint });
    expect(report._unsafeUnwrap().difference).toMatchObject({ table: 'unit', row: '7', found: null });
  });

  it('names a claim that was planted, taken away or given to another', async () => {
    const store = createStillStore();
    const book = openBook({ store, name: 'main', chart: sampleChart, clock: () => '2026-03-07T10:00:00.000Z' });
    const options = (key: string) => ({ actor: { id: 'a', role: 'b' }, key });
    await book.use(counters).execute('c1', { type: 'Count', by: 1, holds: ['seat:1'] }, options('k1'));
    await book.use(counters).execute('c1', { type: 'Count', by: 1, holds: ['seat:2'], note: 'for Ann' }, options('k2'));
    const plants: readonly [string, (tables: CopiedTables) => void][] = [
      ['seat:1 2', ({ claim }) => claim.splice(1, 1)],
      ['seat:2 2', ({ claim }) => change(claim, 2, { holder: 'counter/c2' })],
      ['seat:9 1', ({ claim }) => claim.push({ claim: 'seat:9', sequence: 1, holder: 'counter/c1' })],
    ];
    for (const [row, plant] of plants) {
      const tables = await copyTables(store, 'main');
      const verified = () => verifyBook({ store: storeOfTables(tables), book: 'main', deciders: [counters] });
      expect((await verified())._unsafeUnwrap().difference).toBeUndefined();
      plant(tables);
      expect((await verified())._unsafeUnwrap().difference).toMatchObject({ table: 'claim', row });
    }
  });

  it('tells how far it is', async () => {
    const seen: string[] = [];
    const store = storeOfTables(await tablesOf(story));
    await verifyBook({ store, book: 'main', progress: ({ reading, checked }) => seen.push(`${reading} ${checked}`) });
    expect(seen).toEqual(['journal 7', 'line 12', 'account 6', 'record 4', 'claim 0', 'task 1']);
  });

  it('gives a fault of the store as it is', async () => {
    const fault = { fault: true, code: 'store_unavailable', message: 'gone', retryable: true, effect: 'none' } as const;
    const store = { ...storeOfTables(await tablesOf(story)), projectLines: () => failing(fault) };
    expect((await verifyBook({ store, book: 'main' }))._unsafeUnwrapErr()).toBe(fault);
    const wrapped = { ...store, projectLines: () => failing(Object.assign(new Error('gone'), { fault })) };
    expect((await verifyBook({ store: wrapped, book: 'main' }))._unsafeUnwrapErr()).toBe(fault);
    const bug = { ...store, projectLines: () => failing(new TypeError('a bug')) };
    await expect(verifyBook({ store: bug, book: 'main' })).rejects.toThrow('a bug');
  });

  it('names the table of a row that the store itself cannot read, and looks at the others all the same', async () => {
    const fault = {
      fault: true,
      code: 'store_corrupt',
      message: 'the state of x is "{"',
      retryable: false,
      effect: 'none',
    };
    const tables = await tablesOf(story);
    change(tables.record, 2, { status: 'done' });
    const store = {
      ...storeOfTables(tables),
      projectAccounts: () => failing(Object.assign(new Error('x'), { fault })),
    };
    const report = (await verifyBook({ store, book: 'main', deciders: sampleDeciders }))._unsafeUnwrap();
    expect(report.difference).toMatchObject({ table: 'account', found: fault.message });
    expect(report.passes.find(({ name }) => name === 'records')?.difference).toMatchObject({ row: 'hold/x1 3' });
  });

  it('law: a book that was only ever written by its writer is verified', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryLedgerHistory(), async (history) => {
        const report = await verify(await tablesOf(history));
        expect(report.difference).toBeUndefined();
        expect(report.verified).toBe(true);
      }),
      { numRuns },
    );
  });

  it('law: any single change of a stored row is named', async () => {
    let [tried, planted] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        arbitraryLedgerHistory({ maxSteps: 25 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        async (history, table, row, how) => {
          const tables = await tablesOf(history);
          const mutated = plantChange(tables, { tableAt: table, rowAt: row, how });
          tried += 1;
          if (!mutated) return;
          planted += 1;
          const { difference } = await verify(tables);
          expect(difference, `${mutated.what} was not found`).toBeDefined();
          const { table: named, row: at } = difference as Difference;
          expect([named, mutated.rows.includes(at)], `${mutated.what}, named ${named} ${at}`).toEqual([
            mutated.table,
            true,
          ]);
        },
      ),
      { numRuns: numRuns * 5 },
    );
    // A book of a ledger has no claims, and some have no records or tasks: there nothing can be planted.
    if (tried >= 40)
      expect(planted / tried, `${planted} of ${tried} histories had a row to change`).toBeGreaterThan(0.4);
  });
});

function indexOfLine(lines: readonly Line[], account: string, sequence: number): number {
  return lines.findIndex((line) => line.account === `${account} USD` && line.sequence === sequence);
}

function swap(units: StoredUnit[], left: number, right: number): void {
  const [one, other] = [units[left] as StoredUnit, units[right] as StoredUnit];
  units[left] = { ...other, sequence: one.sequence };
  units[right] = { ...one, sequence: other.sequence };
}

function failing(fault: unknown): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(fault) }) };
}
