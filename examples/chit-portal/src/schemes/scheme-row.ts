import type { Selectable } from 'kysely';
import type { Database } from '../host/database.ts';
import type { PortalTables, SchemeStatus } from '../host/tables.ts';

/** A scheme as the table has it. */
export type SchemeRow = Selectable<PortalTables['schemes']>;

/** A scheme as the API shows it. */
export interface SchemeDocument {
  readonly id: string;
  readonly foremanId: string;
  readonly name: string;
  readonly durationMonths: number;
  readonly totalAmount: string;
  readonly monthlyInstallment: string;
  readonly maxSubscribers: number;
  readonly currentSubscribers: number;
  readonly status: SchemeStatus;
  readonly phase: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly createdAt: string;
}

/** Reads a scheme that was not withdrawn. */
export function schemeById(database: Database, id: string): Promise<SchemeRow | undefined> {
  const query = database.selectFrom('schemes').selectAll().where('id', '=', id);
  return query.where('phase', '<>', WITHDRAWN).executeTakeFirst();
}

/** Shows a scheme. */
export function schemeDocument(row: SchemeRow): SchemeDocument {
  return {
    id: row.id,
    foremanId: row.foreman_id,
    name: row.name,
    durationMonths: row.duration_months,
    totalAmount: row.total_amount,
    monthlyInstallment: row.monthly_installment,
    maxSubscribers: row.max_subscribers,
    currentSubscribers: row.current_subscribers,
    status: row.status,
    phase: row.phase,
    startDate: row.start_date,
    endDate: row.end_date,
    createdAt: row.created_at,
  };
}

/** The phase of a draft that its foreman gave up: the book keeps it, the portal shows it no more. */
export const WITHDRAWN = 'withdrawn';
