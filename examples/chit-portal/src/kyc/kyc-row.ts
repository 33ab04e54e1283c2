import type { Selectable } from 'kysely';
import type { DocumentType, PortalTables, VerificationStatus } from '../host/tables.ts';

/** A document as the table has it. */
export type KycRow = Selectable<PortalTables['user_kyc']>;

/** A document as the API shows it. */
export interface KycDocument {
  readonly id: string;
  readonly userId: string;
  readonly documentType: DocumentType;
  readonly documentNumber: string;
  readonly documentUrl: string;
  readonly verificationStatus: VerificationStatus;
  readonly reason: string | null;
  readonly verifiedAt: string | null;
  readonly createdAt: string;
}

/** Shows a document. */
export function kycDocument(row: KycRow): KycDocument {
  return {
    id: row.id,
    userId: row.user_id,
    documentType: row.document_type,
    documentNumber: row.document_number,
    documentUrl: `/api/kyc/${row.id}/document`,
    verificationStatus: row.verification_status,
    reason: row.reason,
    verifiedAt: row.verified_at,
    createdAt: row.created_at,
  };
}
