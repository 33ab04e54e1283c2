/** Keeps documents under keys. A key is a path of letters, digits, `-`, `_` and `.` between slashes, made by the portal and never by a user. */
export interface Storage {
  /** Throws where the document is larger than {@link MOST_BYTES}. */
  put(key: string, document: StoredDocument): Promise<void>;
  /** Gives a document; `undefined` where there is none. */
  get(key: string): Promise<StoredDocument | undefined>;
  remove(key: string): Promise<void>;
}

/** A document with its type. */
export interface StoredDocument {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Checks a key before it becomes a path. */
export function checkStorageKey(key: string): string {
  if (!/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(key)) throw new Error('a storage key is no path of plain names');
  return key;
}

/** How large a document may be, in bytes. What is handed in over HTTP may be less: five megabytes. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** Says that a document is larger than {@link MOST_BYTES}. */
export function tooLarge(bytes: number): Error {
  return new Error(`a document has ${bytes} bytes; ${MOST_BYTES} are allowed`);
}
