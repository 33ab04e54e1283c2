import { inr, parseMoney } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { defineScheme } from '../terms/define-scheme.ts';
import type { SchemeTerms } from '../terms/terms.ts';
import { goldenTerms } from '../testing/golden-schemes.ts';
import { goldenTables } from '../testing/golden-tables.ts';
import { settleScheme } from './settle-scheme.ts';
import type { HowWon, Settlement, Win } from './settlement.ts';

type Table = keyof typeof goldenTables;
type Row = Readonly<Record<string, string>>;

/** Reads a table: a row for each instalment, and the totals where it has them. */
function read(table: Table): { readonly rows: readonly Row[]; readonly total: Row | undefined } {
  const [head = '', ...lines] = goldenTables[table].trim().split('\n');
  const names = head.split(',');
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [names[index], value])));
  return { rows: rows.filter(({ k }) => k !== 'total'), total: rows.find(({ k }) => k === 'total') };
}

/** An amount of a table, in rupees, as paise. */
const paise = (text: string | undefined): bigint => {
  const [rupees = '', rest = ''] = (text ?? '').split('.');
  return parseMoney(`${rupees}.${rest.padEnd(2, '0')}`, inr)._unsafeUnwrap().minor;
};
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** Settles a table's scheme: ticket k wins instalment k at the discount of its row. */
function settled(table: Table) {
  const terms: SchemeTerms = goldenTerms[table];
  const scheme = defineScheme(terms)._unsafeUnwrap();
  const draws = read(table).rows.map(({ k, D }): readonly Win[] => {
    const how: HowWon = terms.companyChit?.instalment === Number(k) ? 'company_chit' : 'bid';
    return [{ ticket: Number(k), how, discount: D === undefined ? 0n : paise(D) }];
  });
  return { scheme, ...settleScheme(scheme, draws) };
}

/** What each column of a table says of a settlement; `before` is the carry of the instalment before. */
const columns: Readonly<Record<string, (settlement: Settlement, before: bigint) => bigint>> = {
  D: ({ discount }) => discount,
  F: ({ commission }) => commission,
  com: ({ commission }) => commission,
  fee: ({ commission }) => commission,
  pool: ({ pool }) => pool,
  d: ({ dividends, prizes }) => dividends.find((_, index) => index + 1 !== prizes[0]?.ticket) ?? 0n,
  pay: ({ dues }) => dues[0] as bigint,
  coll: ({ dues }) => sum(dues),
  prize: ({ prizes }) => sum(prizes.map(({ prize }) => prize)),
  float: ({ floatOut }) => floatOut,
  carry_in: (_, before) => before,
  carry_out: ({ carryOut }) => carryOut,
  carry: ({ carryOut }) => carryOut,
  collected_subs: ({ dues, commission }) => sum(dues) - commission,
  lifter: ({ prizes }) => prizes[0]?.prize as bigint,
  reserve_end: ({ reserveOut }) => reserveOut,
  winner_pays: ({ dues, prizes }) => dues[(prizes[0]?.ticket ?? 0) - 1] as bigint,
  other_pays: ({ dues, prizes }) => dues.find((_, index) => index + 1 !== prizes[0]?.ticket) as bigint,
};
/** Two tables give the pool together with the carry before it. */
const withCarry = new Set<Table>(['G4a', 'G4b', 'G6']);

describe.each(Object.keys(goldenTables) as Table[])('the golden table %s', (table) => {
  const { rows, total } = read(table);
  const { scheme, settlements, terminal } = settled(table);

  it.each(rows)('gives instalment $k to the paisa', (row) => {
    const settlement = settlements[Number(row.k) - 1] as Settlement;
    const before = settlements[Number(row.k) - 2]?.carryOut ?? 0n;
    const compared = Object.keys(row).filter((name) => name !== 'k' && name !== 'how');
    const found = compared.map((name) => {
      const value = columns[name]?.(settlement, before) ?? -1n;
      return [name, name === 'pool' && withCarry.has(table) ? value + before : value];
    });
    expect(found).toEqual(compared.map((name) => [name, paise(row[name])]));
  });

  it('gives the totals of its last line', () => {
    const named = Object.entries(total ?? {}).filter(([, value]) => value !== '-' && value !== 'total');
    const found = named.map(([name]) => [
      name,
      sum(
        settlements.map(
          (settlement, index) => columns[name]?.(settlement, settlements[index - 1]?.carryOut ?? 0n) ?? -1n,
        ),
      ),
    ]);
    // Others pay and share one instalment less than there are: the one that they win.
    const own = new Set(table === 'G6' ? ['d', 'winner_pays', 'other_pays'] : []);
    const given = named.filter(([name]) => !own.has(name)).map(([name, value]) => [name, paise(value)]);
    expect(found.filter(([name]) => !own.has(name as string))).toEqual(given);
    expect(settlements).toHaveLength(scheme.terms.instalments);
    expect(sum(terminal)).toBe(table === 'G6' ? 17n : 0n);
  });
});
