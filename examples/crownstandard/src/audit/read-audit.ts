import type { ReadTrouble } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { type AuditAction, type AuditEntry, auditActions } from './audit-entry.ts';
import { openAuditTrail } from './audit-trail.ts';

/** The audit log in numbers, by the actions of the seed's table. */
export interface AuditCounts {
  readonly actions: { readonly [Action in AuditAction]: number };
  /** How many bookings' payouts were ever held. */
  readonly bookingsHeld: number;
}

/** Reads the whole journal as an audit log, entry by entry, in order. */
export async function readAudit(
  crown: Pick<Crown, 'book' | 'payouts'>,
  each: (entry: AuditEntry) => void,
): Promise<Result<{ readonly sequence: number }, ReadTrouble>> {
  const trail = openAuditTrail(crown);
  for (let after = 0; ; ) {
    const read = await crown.book.units({ after, limit: PAGE });
    if (read.isErr()) return err(read.error);
    const { units } = read.value.kind === 'units' ? read.value : { units: [] };
    for (const stored of units) for (const entry of trail.take(stored)) each(entry);
    const last = units.at(-1);
    if (last === undefined) return ok({ sequence: after });
    after = last.sequence;
  }
}

/** Counts the audit log by action. */
export async function countAudit(crown: Pick<Crown, 'book' | 'payouts'>): Promise<Result<AuditCounts, ReadTrouble>> {
  const actions = Object.fromEntries(auditActions.map((action) => [action, 0])) as Record<AuditAction, number>;
  const held = new Set<string>();
  const read = await readAudit(crown, ({ action, bookingId }) => {
    if (Object.hasOwn(actions, action)) actions[action as AuditAction] += 1;
    if (action === 'PAYOUT_HELD' && bookingId !== undefined) held.add(bookingId);
  });
  return read.map(() => ({ actions, bookingsHeld: held.size }));
}

const PAGE = 500;
