import { type SelectQueryBuilder, sql } from 'kysely';
import type { PortalTables } from './tables.ts';

/** A part of a list, newest first. */
export interface PageQuery {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A part of a list that was read. */
export interface Paged<Row> {
  readonly items: readonly Row[];
  /** Asks for the next part; nothing where this is the last. */
  readonly next: string | null;
}

/** Reads a part of a list of rows with `created_at` and `id`, newest first. Rows that are written meanwhile neither move nor repeat the others. */
export async function readPage<
  Table extends keyof PortalTables,
  Row extends { readonly id: string; readonly created_at: string },
>(query: SelectQueryBuilder<PortalTables, Table, Row>, { limit, after }: PageQuery): Promise<Paged<Row>> {
  const from = after === undefined ? undefined : readCursor(after);
  const later = from ? query.where(sql<boolean>`(created_at, id) < (${from.createdAt}, ${from.id})`) : query;
  const rows = await later
    .orderBy(sql`created_at`, 'desc')
    .orderBy(sql`id`, 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit) as Row[];
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor(last) : null };
}

function writeCursor({ created_at, id }: { readonly created_at: string; readonly id: string }): string {
  return Buffer.from(`${created_at} ${id}`).toString('base64url');
}

/** A cursor that is none of ours begins at the newest row. */
function readCursor(text: string): { readonly createdAt: string; readonly id: string } | undefined {
  const [createdAt = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  return /^[0-9TZ:.-]{24}$/.test(createdAt) && /^[\w:.-]{1,128}$/.test(id) ? { createdAt, id } : undefined;
}
