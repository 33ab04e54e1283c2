import { type Cell, COLUMNS, type Part, type Rows, type Tables, type Where } from './tables.ts';

/** The part of a database client that the tables need: `pg`'s and PGlite's both have it. */
export interface SqlClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

/** Makes the host's tables on a client that is inside a transaction. Names come from the code alone, values are parameters. */
export function sqlTables(client: SqlClient): Tables {
  const rows = async (text: string, values: readonly Cell[]): Promise<unknown[]> =>
    (await client.query(text, [...values])).rows;
  return {
    find: async (table, id) => (await rows(`${selectFrom(table)} where id = $1`, [id]))[0] as never,
    lock: async (table, id) => (await rows(`${selectFrom(table)} where id = $1 for update`, [id]))[0] as never,
    put: async (table, row) => {
      const columns = COLUMNS[table] as readonly string[];
      const marks = columns.map((_, index) => `$${index + 1}`);
      const news = columns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`);
      await rows(
        `insert into jobsphere.${table} (${columns.join(', ')}) values (${marks.join(', ')})
         on conflict (id) do update set ${news.join(', ')}`,
        columns.map((column) => (row as unknown as Record<string, Cell>)[column] ?? null),
      );
    },
    list: async (table, where, part) => {
      const { text, values } = whereText(where);
      return (await rows(`${selectFrom(table)}${text}${partText(part)}`, values)) as never;
    },
    count: async (table, where) => {
      const { text, values } = whereText(where);
      const [row] = await rows(`select count(*)::int as count from jobsphere.${table}${text}`, values);
      return (row as { readonly count: number }).count;
    },
  };
}

function selectFrom(table: keyof Rows): string {
  return `select ${COLUMNS[table].join(', ')} from jobsphere.${table}`;
}

function whereText<Row>({ equal = {}, either }: Where<Row>): { readonly text: string; readonly values: Cell[] } {
  const values: Cell[] = [];
  const mark = (value: Cell): string => `$${values.push(value)}`;
  const parts = Object.entries(equal).map(([column, value]) => `${column} = ${mark(value as Cell)}`);
  if (either) {
    const value = mark(either.value);
    parts.push(`(${either.columns.map((column) => `${column} = ${value}`).join(' or ')})`);
  }
  return { text: parts.length === 0 ? '' : ` where ${parts.join(' and ')}`, values };
}

function partText<Row>({ order, newestFirst = false, limit, offset }: Part<Row>): string {
  const direction = newestFirst ? 'desc' : 'asc';
  const limits = `${limit === undefined ? '' : ` limit ${limit}`}${offset === undefined ? '' : ` offset ${offset}`}`;
  // Texts sort by code unit in memory, so here too, whatever the database's locale is.
  return ` order by ${order} collate "C" ${direction}, id collate "C" ${direction}${limits}`;
}
