/** The six actions of the seed's table. */
export const auditActions = [
  'PAYOUT_SCHEDULED',
  'PAYOUT_RELEASED',
  'PAYOUT_FAILED',
  'REFUND_ISSUED',
  'PAYOUT_HELD',
  'PAYOUT_RETRIED',
] as const;

/** What was done. */
export type AuditAction = (typeof auditActions)[number];

/** One line of the audit log. It follows from the journal alone, so it can be made again from it and compared. */
export interface AuditEntry {
  /** The unit and the place in it: the same whenever it is read. */
  readonly id: string;
  readonly action: AuditAction;
  readonly at: string;
  readonly actor: string;
  readonly bookingId?: string;
  readonly payoutId?: string;
  /** With all decimals. */
  readonly amount?: string;
  readonly currency?: string;
  /** Why, in a word. */
  readonly detail?: string;
}
