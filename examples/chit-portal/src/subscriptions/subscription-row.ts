import type { Selectable } from 'kysely';
import type { Database } from '../host/database.ts';
import type { PortalTables, SubscriptionStatus } from '../host/tables.ts';
import { idFrom } from '../id-from.ts';

/** A subscription as the table has it: one person's part of one ticket. */
export type SubscriptionRow = Selectable<PortalTables['subscriptions']>;

/** A subscription as the API shows it. */
export interface SubscriptionDocument {
  readonly id: string;
  readonly schemeId: string;
  readonly subscriberId: string;
  readonly ticket: number;
  readonly status: SubscriptionStatus;
  readonly joinDate: string;
  readonly createdAt: string;
}

/** Names the subscription of a person to a ticket. */
export function subscriptionId(scheme: string, ticket: number, person: string): string {
  return idFrom('subscription', scheme, ticket, person);
}

/** Reads a subscription. */
export function subscriptionById(database: Database, id: string): Promise<SubscriptionRow | undefined> {
  return database.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Shows a subscription. */
export function subscriptionDocument(row: SubscriptionRow): SubscriptionDocument {
  return {
    id: row.id,
    schemeId: row.scheme_id,
    subscriberId: row.subscriber_id,
    ticket: row.ticket,
    status: row.status,
    joinDate: row.join_date,
    createdAt: row.created_at,
  };
}
