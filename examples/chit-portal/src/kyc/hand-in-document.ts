import { randomUUID } from 'node:crypto';
import type { ScoreEvent } from '@holdfast/chit-score';
import { err, ok, type Result } from 'neverthrow';
import { dayOf } from '../day-of.ts';
import { brokenConstraint } from '../host/broken-constraint.ts';
import type { DocumentType, VerificationStatus } from '../host/tables.ts';
import type { Portal } from '../portal.ts';
import type { DocumentInvalid, Taken } from '../refusals.ts';
import { noteScoreEvents } from '../score/note-profile.ts';
import { digestNumber, isDocumentNumber, maskNumber, numberForms } from './document-number.ts';
import { fileTypeOf } from './file-type.ts';
import type { KycRow } from './kyc-row.ts';

/** A document that a user hands in. */
export interface HandedIn {
  readonly userId: string;
  readonly documentType: DocumentType;
  readonly documentNumber: string;
  readonly bytes: Uint8Array;
}

/**
 * Takes a document in: the file into the storage, then the row that names it. A file whose row was refused is removed again; one that a crash left
 * behind is named by nothing.
 *
 * @errors
 * - `document_invalid`: the number or the file is none of its kind.
 * - `taken`: somebody handed in the same document.
 */
export async function handInDocument(
  portal: Portal,
  given: HandedIn,
): Promise<Result<KycRow, DocumentInvalid | Taken>> {
  const { userId, documentType, documentNumber, bytes } = given;
  if (!isDocumentNumber(documentType, documentNumber)) {
    return err({ code: 'document_invalid', field: 'documentNumber', allowed: numberForms[documentType].allowed });
  }
  const contentType = fileTypeOf(bytes);
  if (contentType === undefined)
    return err({ code: 'document_invalid', field: 'document', allowed: 'a PDF, JPEG or PNG' });
  const id = randomUUID();
  const storageKey = `kyc/${userId}/${id}`;
  await portal.storage.put(storageKey, { contentType, bytes });
  const now = portal.clock();
  try {
    const row: KycRow = {
      id,
      user_id: userId,
      document_type: documentType,
      document_number: maskNumber(documentNumber),
      number_digest: digestNumber(portal.digestKey, documentType, documentNumber),
      storage_key: storageKey,
      content_type: contentType,
      verification_status: 'PENDING',
      reason: null,
      checked_at: null,
      verified_at: null,
      verified_by: null,
      created_at: now,
    };
    await portal.database.transaction().execute(async (session) => {
      await session.insertInto('user_kyc').values(row).execute();
      await noteScoreEvents(session, [{ userId, event: documentEvent(row, 'PENDING', now) }]);
    });
    return ok(row);
  } catch (error) {
    await portal.storage.remove(storageKey).catch(() => {});
    if (brokenConstraint(error) === 'user_kyc_number') return err({ code: 'taken', field: 'documentNumber' });
    throw error;
  }
}

/** Says to the score how far a document is. */
export function documentEvent(
  { id, document_type }: Pick<KycRow, 'id' | 'document_type'>,
  status: VerificationStatus,
  now: string,
): ScoreEvent {
  // Events of one document on one day count in the order of their ids.
  return {
    type: 'DocumentChanged',
    id: `kyc.${id}.${now}.${status === 'PENDING' ? 0 : 1}`,
    document: id,
    kind: document_type,
    status,
    on: dayOf(now),
  };
}
