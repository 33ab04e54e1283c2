import { err, ok, type Result } from 'neverthrow';
import { atomically } from '../host/database.ts';
import { tell } from '../messages/tell.ts';
import type { Portal } from '../portal.ts';
import type { DocumentDecided, NothingThere } from '../refusals.ts';
import { noteProfile, noteScoreEvents } from '../score/note-profile.ts';
import { documentEvent } from './hand-in-document.ts';
import type { KycRow } from './kyc-row.ts';

/** What was decided of a document. */
export interface DocumentDecision {
  readonly id: string;
  readonly status: 'VERIFIED' | 'REJECTED';
  /** Said to the user. */
  readonly reason?: string;
  /** The admin, or `check`. */
  readonly by: string;
}

/**
 * Decides a document, and tells its user. A verified identity also verifies the name and the date of birth.
 *
 * @errors
 * - `nothing_there`: there is no such document.
 * - `document_decided`: it was decided before.
 */
export function decideDocument(
  portal: Portal,
  { id, status, reason, by }: DocumentDecision,
): Promise<Result<KycRow, NothingThere | DocumentDecided>> {
  return atomically(portal.database, async (session) => {
    const now = portal.clock();
    const row = await session.selectFrom('user_kyc').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!row) return err({ code: 'nothing_there', what: 'document' });
    if (row.verification_status !== 'PENDING')
      return err({ code: 'document_decided', status: row.verification_status });
    const decided: KycRow = {
      ...row,
      verification_status: status,
      reason: reason ?? null,
      verified_at: status === 'VERIFIED' ? now : null,
      verified_by: by,
      checked_at: now,
    };
    await session.updateTable('user_kyc').set(decided).where('id', '=', id).execute();
    await noteScoreEvents(session, [{ userId: row.user_id, event: documentEvent(row, status, now) }]);
    if (status === 'VERIFIED' && row.document_type !== 'PAN') {
      await noteProfile(session, { userId: row.user_id, now, fields: { name: true, dateOfBirth: true } });
    }
    await tell(session, {
      id: `kyc.${id}.${status}`,
      userId: row.user_id,
      event: status === 'VERIFIED' ? 'KYC_VERIFIED' : 'KYC_REJECTED',
      values: { documentType: row.document_type, reason: reason ?? '' },
      now,
    });
    return ok(decided);
  });
}

/** Says which of identity and tax document a user has not got verified. */
export async function missingDocuments(
  { database }: Pick<Portal, 'database'>,
  userId: string,
): Promise<readonly ('identity' | 'tax')[]> {
  const verified = await database
    .selectFrom('user_kyc')
    .select('document_type')
    .where('user_id', '=', userId)
    .where('verification_status', '=', 'VERIFIED')
    .execute();
  const types = new Set(verified.map(({ document_type }) => document_type));
  const missing: ('identity' | 'tax')[] = [];
  if (!types.has('AADHAR') && !types.has('DRIVING_LICENSE')) missing.push('identity');
  if (!types.has('PAN')) missing.push('tax');
  return missing;
}
