import { type Head, type StoredUnit, unitDigest } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import type { LedgerHistory } from '../testing/arbitraries.ts';
import { type CopiedTables, copyTables, storeOfTables } from '../testing/copied-tables.ts';
import { playLedgerHistory, sampleDeciders } from '../testing/play-history.ts';
import { createStillStore } from '../testing/still-store.ts';
import type { PassName } from './report.ts';
import { verifyBook } from './verify-book.ts';

const ann = 'users:ann:available';
const hold = { type: 'HoldMoney', from: ann, held: 'users:ann:held', amount: usd('30') } as const;
const story: LedgerHistory = [
  { on: 'wallets', command: { type: 'Deposit', owner: 'ann', amount: usd('100'), from: 'stripe' }, afterMs: 0 },
  { on: 'wallets', command: { type: 'Deposit', owner: 'ben', amount: usd('40'), from: 'stripe' }, afterMs: 10 },
  { on: 'holds', id: 'x1', command: hold, afterMs: 10 },
  { on: 'holds', id: 'x1', command: { type: 'ReleaseHold', amount: usd('12') }, afterMs: 10 },
];

/** Writes one unit anew and chains everything after it again, as somebody would who can write to the database and knows how it works. */
function forge(tables: CopiedTables, sequence: number, edit: (bytes: string) => string): void {
  let previous = '0'.repeat(64);
  for (const [index, unit] of tables.unit.entries()) {
    const bytes = unit.sequence === sequence ? edit(unit.bytes) : unit.bytes;
    const { key = unit.key } = /"key":"(?<key>[^"]*)"/.exec(bytes)?.groups ?? {};
    const digest = unitDigest(previous, unit.sequence, bytes);
    tables.unit[index] = { ...(unit as StoredUnit), bytes, key, digest };
    tables.batch[index] = { ...(tables.batch[index] as Head), digest };
    previous = digest;
  }
}

const forgeries: readonly [
  what: string,
  sequence: number,
  edit: (bytes: string) => string,
  pass: PassName,
  unit: string,
][] = [
  [
    'a floor that a later unit breaks',
    1,
    (b) => b.replace(/("account":"users:ann[^}]*"floor":)"0"/, '$1"8000"'),
    'floors',
    '3',
  ],
  [
    'an account that is frozen and gives',
    1,
    (b) => b.replace(/("account":"users:ann[^}]*"frozen":)"none"/, '$1"debits"'),
    'floors',
    '3',
  ],
  [
    'an account that is closed and moves',
    2,
    (b) => b.replace(/("account":"users:ben[^}]*"closed":)false/, '$1true'),
    'floors',
    '2',
  ],
  ['an amount', 3, (b) => b.replaceAll('"30.00","USD","hold"', '"31.00","USD","hold"'), 'balances', '3'],
  [
    'an amount of less than nothing',
    3,
    (b) => b.replaceAll('"30.00","USD","hold"', '"-30.00","USD","hold"'),
    'conservation',
    '3',
  ],
  [
    'an amount with too many decimals',
    3,
    (b) => b.replaceAll('"30.00","USD","hold"', '"30.000","USD","hold"'),
    'conservation',
    '3',
  ],
  [
    'a transfer to itself',
    3,
    (b) => b.replace('"users:ann:available","users:ann:held"', '"users:ann:held","users:ann:held"'),
    'conservation',
    '3',
  ],
  [
    'a transfer on an account that never opened',
    3,
    (b) => b.replace('"users:ann:available","users:ann:held"', '"users:eve:available","users:ann:held"'),
    'conservation',
    '3',
  ],
  ['an entry without transfers', 4, (b) => b.replace('"entries":[[', '"entries":[[],['), 'conservation', '4'],
  ['a key twice', 4, (b) => b.replace('step-3', 'step-2'), 'keys', '4'],
  ['a space', 2, (b) => `{ ${b.slice(1)}`, 'canonical', '2'],
  [
    'fields in another order',
    2,
    (b) => b.replace('"id":"tester","role":"tester"', '"role":"tester","id":"tester"'),
    'canonical',
    '2',
  ],
  ['a fraction', 4, (b) => b.replace('"version":2', '"version":2.5'), 'canonical', '4'],
  ['no unit at all', 4, () => '{"at":"yesterday"}', 'canonical', '4'],
  ['no JSON', 4, (b) => b.slice(1), 'canonical', '4'],
  ['a record at another version', 4, (b) => b.replace('"version":2}]', '"version":3}]'), 'records folded', '4'],
  ['a record in another status', 4, (b) => b.replace('"status":"open"', '"status":"done"'), 'records folded', '4'],
  [
    'a record without an event',
    4,
    (b) => b.replace('"record":"hold/x1","type"', '"record":"hold/x2","type"'),
    'records folded',
    '4',
  ],
  [
    'an event that cannot be folded',
    4,
    (b) =>
      b
        .replace('"type":"HoldReleased"', '"type":"Vanished"')
        .replace('"amount":{"amount":"12.00","currency":"USD"},', ''),
    'records folded',
    '4',
  ],
];

describe('a journal that was forged with a chain that holds', () => {
  it.each(forgeries)('is not believed: %s', async (_what, sequence, edit, name, unit) => {
    const store = createStillStore();
    await playLedgerHistory(store, story, 'main');
    const tables = await copyTables(store, 'main');
    const before = tables.unit[sequence - 1]?.bytes;
    forge(tables, sequence, edit);
    expect(tables.unit[sequence - 1]?.bytes).not.toBe(before);
    const report = (
      await verifyBook({ store: storeOfTables(tables), book: 'main', deciders: sampleDeciders })
    )._unsafeUnwrap();
    const found = report.passes.find((pass) => pass.name === name);
    expect(report.verified).toBe(false);
    expect(report.passes.find((pass) => pass.name === 'chain')?.difference).toBeUndefined();
    expect(found?.difference).toMatchObject({ table: 'unit', row: unit });
  });

  it('that cannot be read proves nothing in the passes that rest on it', async () => {
    const store = createStillStore();
    await playLedgerHistory(store, story, 'main');
    const tables = await copyTables(store, 'main');
    forge(tables, 4, () => 'x');
    const report = (await verifyBook({ store: storeOfTables(tables), book: 'main' }))._unsafeUnwrap();
    const lines = report.passes.find((pass) => pass.name === 'lines');
    expect(lines?.skipped).toBe('unit 4 cannot be read, so nothing can be derived from it');
  });
});
