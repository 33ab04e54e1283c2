import type { TableName } from '../verify/report.ts';
import type { CopiedTables } from './copied-tables.ts';

/** One change that was planted. */
export interface PlantedChange {
  readonly table: TableName;
  /** The keys under which the row may be named: its old one and its new one. */
  readonly rows: readonly string[];
  readonly what: string;
}

/**
 * Changes one column of one row, or takes the row away: for tests of what watches over a book.
 *
 * @param where - Any numbers; they are taken round the tables, rows and columns that there are.
 * @returns What was changed; nothing where the table is empty.
 */
export function plantChange(
  tables: CopiedTables,
  { tableAt, rowAt, how }: { readonly tableAt: number; readonly rowAt: number; readonly how: number },
): PlantedChange | undefined {
  const names = ['batch', 'unit', 'line', 'account', 'record', 'claim', 'task'] as const;
  const table = names[tableAt % names.length] as TableName;
  const rows = tables[table] as unknown as Record<string, unknown>[];
  if (rows.length === 0) return undefined;
  const index = rowAt % rows.length;
  const before = rows[index] as Record<string, unknown>;
  const columns = Object.keys(before);
  const column = columns[how % (columns.length + 1)];
  if (column === undefined) {
    rows.splice(index, 1);
    return { table, rows: [keyOf(table, before)], what: `without the ${table} ${keyOf(table, before)}` };
  }
  const after = { ...before, [column]: otherValue(before[column]) };
  rows[index] = after;
  const keys = [keyOf(table, before), keyOf(table, after)];
  return { table, rows: keys, what: `${table} ${keys[0]} with another ${column}` };
}

function otherValue(value: unknown): unknown {
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value === 'number') return value + 1_000;
  if (typeof value === 'string') return `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`;
  if (value === null) return 'hold/x9';
  if (Array.isArray(value)) return [...value, 'users:eve:available USD'];
  const object = value as Record<string, unknown>;
  if ('closed' in object) return { ...object, closed: !object.closed };
  return { ...object, extra: 1 };
}

function keyOf(table: TableName, row: Record<string, unknown>): string {
  if (table === 'batch') return `${row.number}`;
  if (table === 'unit') return `${row.sequence}`;
  if (table === 'task') return `${row.id}`;
  if (table === 'line') return `${row.account} ${row.sequence}.${row.ordinal}`;
  return `${row[table]} ${row.sequence}`;
}
