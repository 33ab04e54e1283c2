import type { Selectable } from 'kysely';
import type { Database } from '../host/database.ts';
import type { PaymentStatus, PaymentType, PortalTables } from '../host/tables.ts';

/** A payment as the table has it. */
export type PaymentRow = Selectable<PortalTables['payments']>;

/** A payment as the API shows it. */
export interface PaymentDocument {
  readonly id: string;
  readonly subscriptionId: string;
  readonly schemeId: string;
  readonly ticket: number;
  readonly userId: string;
  readonly amount: string;
  readonly currency: string;
  readonly paymentType: PaymentType;
  readonly status: PaymentStatus;
  readonly channel: string;
  readonly transactionId: string | null;
  readonly reason: string | null;
  readonly paymentDate: string | null;
  readonly createdAt: string;
}

/** Reads a payment. */
export function paymentById(database: Database, id: string): Promise<PaymentRow | undefined> {
  return database.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Shows a payment. */
export function paymentDocument(row: PaymentRow): PaymentDocument {
  return {
    id: row.id,
    subscriptionId: row.subscription_id,
    schemeId: row.scheme_id,
    ticket: row.ticket,
    userId: row.user_id,
    amount: row.amount,
    currency: row.currency,
    paymentType: row.payment_type,
    status: row.status,
    channel: row.channel,
    transactionId: row.transaction_id,
    reason: row.reason,
    paymentDate: row.payment_date,
    createdAt: row.created_at,
  };
}
