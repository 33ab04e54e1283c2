import type { DocumentType } from '../host/tables.ts';
import type { StoredDocument } from '../storage/storage.ts';

/** What a check says of a document: good, not good with the reason, or that a person has to look. */
export type CheckedDocument =
  | { readonly verdict: 'verified' }
  | { readonly verdict: 'manual' }
  | { readonly verdict: 'rejected'; readonly reason: string };

/** Checks a document, by a service that knows how. The portal itself only knows what a document looks like, so a person looks where nothing else is given. */
export type CheckDocument = (document: {
  readonly type: DocumentType;
  /** Masked. */
  readonly number: string;
  readonly file: StoredDocument;
}) => Promise<CheckedDocument>;

/** Leaves every document to a person. */
export const checkByHand: CheckDocument = async () => ({ verdict: 'manual' });
