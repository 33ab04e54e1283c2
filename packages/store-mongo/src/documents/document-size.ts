/**
 * Gives the bytes that a document takes, or a few more: what the server's limit of 16 MB is of.
 *
 * @param document - Of texts, numbers, booleans, nulls, lists and documents of those.
 */
export function documentSize(document: object): number {
  let size = 5;
  for (const [name, value] of Object.entries(document)) size += 2 + name.length + valueSize(value);
  return size;
}

function valueSize(value: unknown): number {
  if (typeof value === 'string') return 5 + Buffer.byteLength(value);
  if (typeof value === 'number') return 8;
  // A list is a document whose names are its places.
  return typeof value === 'object' && value !== null ? documentSize(value) : 1;
}
