import { type Changes, Defect, type Head } from '@holdfast/kernel';
import { documentSize } from '../documents/document-size.ts';
import type { UnitDocument } from '../documents/documents.ts';
import { unitDocuments } from '../documents/encode.ts';
import { bookName } from '../documents/ids.ts';
import { Refused } from '../sessions/refused.ts';

/** What is appended, and where it has to stand. */
export interface Batch {
  readonly book: string;
  /** The head that it follows. */
  readonly head: Head;
  readonly changes: Changes;
  readonly units: readonly UnitDocument[];
}

/**
 * Makes a batch, and refuses what a server could not take: a unit larger than a document may be, or so many bytes that the transaction would
 * be open for long. The writer halves a batch that is refused, so that only a unit that is too large itself is told so.
 *
 * @throws `store_refused`, before anything was sent.
 */
export function batchOf(book: string, head: Head, changes: Changes): Batch {
  if (changes.head.number !== head.number + 1)
    throw new Defect(`batch ${changes.head.number} cannot follow batch ${head.number}`);
  const units = unitDocuments(bookName(book), changes);
  let total = 0;
  for (const unit of units) {
    const size = documentSize(unit);
    if (size > LARGEST_UNIT)
      throw tooLarge(`unit ${unit.sequence} takes ${size} bytes, and a document of MongoDB holds ${LARGEST_UNIT}`);
    total += size;
  }
  if (total > LARGEST_BATCH && units.length > 1)
    throw tooLarge(`${units.length} units take ${total} bytes, and one transaction takes ${LARGEST_BATCH} here`);
  return { book, head, changes, units };
}

function tooLarge(message: string): Refused {
  return new Refused('store_refused', message, { retryable: false });
}

/** The server's limit: 16 MB. */
const LARGEST_UNIT = 16 * 1_024 * 1_024;
/** A server takes 48 MB in one message. */
const LARGEST_BATCH = 32 * 1_024 * 1_024;
