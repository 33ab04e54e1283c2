/** The six actions of the seed's table. */
export const auditActions = [
  'PAYOUT_SCHEDULED',
  'PAYOUT_RELEASED',
  'PAYOUT_FAILED',
  'REFUND_ISSUED',
  'PAYOUT_HELD',
  'PAYOUT_RETRIED',
] as const;

/** An action of the seed's table. */
export type AuditAction = (typeof auditActions)[number];

/** What the seed has no word for, and an auditor wants to know of all the same. */
export type FurtherAction =
  /** An operator has said what came of a charge, or has it sent again. */
  | 'CHARGE_RESOLVED'
  /** A refund failed after it had succeeded: its money is with us again. */
  | 'REFUND_RETURNED'
  /** A charge was met at the provider alone, after a restore. */
  | 'CHARGE_ADOPTED';

/** One line of the audit log. It follows from the journal alone, so it can be made again from it and compared. */
export interface AuditEntry {
  /** The unit and the place in it: the same whenever it is read. */
  readonly id: string;
  readonly action: AuditAction | FurtherAction;
  readonly at: string;
  readonly actor: string;
  readonly bookingId?: string;
  readonly payoutId?: string;
  readonly chargeId?: string;
  /** With all decimals. */
  readonly amount?: string;
  readonly currency?: string;
  /** Why, in a word. */
  readonly detail?: string;
}
