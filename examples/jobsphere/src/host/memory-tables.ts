import type { Cell, Part, Rows, Tables, Where } from './tables.ts';

/** The host's tables in memory, for tests and for trying things out. */
export interface MemoryTables extends Tables {
  /** Puts everything back that was written since the last call of this or of `keep`. */
  undo(): void;
  /** Makes what was written final. */
  keep(): void;
}

/** Makes empty tables. One transaction at a time: the host sees to that. */
export function memoryTables(): MemoryTables {
  const tables = new Map<keyof Rows, Map<string, unknown>>();
  let undone: (() => void)[] = [];
  const tableOf = (name: keyof Rows): Map<string, unknown> => {
    const table = tables.get(name) ?? new Map<string, unknown>();
    tables.set(name, table);
    return table;
  };
  const fitting = <Row>(name: keyof Rows, where: Where<Row>): Row[] =>
    [...tableOf(name).values()].filter((row) => fits(row as Row, where)) as Row[];
  return {
    find: async (name, id) => tableOf(name).get(id) as never,
    lock: async (name, id) => tableOf(name).get(id) as never,
    put: async (name, row) => {
      const table = tableOf(name);
      const before = table.get(row.id);
      undone.push(() => (before === undefined ? table.delete(row.id) : table.set(row.id, before)));
      table.set(row.id, Object.freeze({ ...row }));
    },
    list: async (name, where, part) => sorted(fitting(name, where), part) as never,
    count: async (name, where) => fitting(name, where).length,
    undo: () => {
      for (const back of undone.reverse()) back();
      undone = [];
    },
    keep: () => {
      undone = [];
    },
  };
}

function fits<Row>(row: Row, { equal = {}, either }: Where<Row>): boolean {
  const cells = row as Record<string, Cell>;
  if (Object.entries(equal).some(([column, value]) => cells[column] !== value)) return false;
  return either === undefined || either.columns.some((column) => cells[column] === either.value);
}

function sorted<Row>(rows: Row[], { order, newestFirst = false, limit, offset = 0 }: Part<Row>): Row[] {
  const sign = newestFirst ? -1 : 1;
  const textOf = (row: Row, column: string): string => (row as Record<string, Cell>)[column] ?? '';
  const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
  rows.sort(
    (left, right) =>
      sign * (compare(textOf(left, order), textOf(right, order)) || compare(textOf(left, 'id'), textOf(right, 'id'))),
  );
  return rows.slice(offset, limit === undefined ? undefined : offset + limit);
}
