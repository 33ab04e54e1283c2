import type { Changes } from '@holdfast/kernel';
import { Refused } from '../sessions/refused.ts';

/**
 * Refuses what a server could not take: a unit larger than a document may be, or a batch so large that it would go to the server in many
 * messages and keep its transaction open for long. The writer halves a batch that is refused, so that only a unit that is too large itself
 * is ever told so.
 *
 * @throws `store_refused`, before anything was sent.
 */
export function checkSize({ units, lines, accounts, records, claims, texts }: Changes): void {
  const sizes = new Map<number, number>();
  const add = (sequence: number, bytes: number): void => {
    sizes.set(sequence, (sizes.get(sequence) ?? 0) + bytes);
  };
  for (const { sequence, key, bytes } of units) add(sequence, Buffer.byteLength(bytes) + key.length + FIELDS);
  for (const { sequence, account } of lines) add(sequence, account.length + FIELDS);
  for (const { sequence, account, state } of accounts)
    add(sequence, account.length + (state.owner?.length ?? 0) + FIELDS);
  for (const { sequence, record, state, touches } of records)
    add(
      sequence,
      Buffer.byteLength(state) + record.length + touches.reduce((sum, name) => sum + name.length + 16, FIELDS),
    );
  for (const { sequence, claim, holder } of claims) add(sequence, claim.length + (holder?.length ?? 0) + FIELDS);
  let total = 0;
  for (const [sequence, size] of sizes) {
    if (size > LARGEST_UNIT)
      throw tooLarge(`unit ${sequence} takes about ${size} bytes, and a document of MongoDB holds 16 MB at most`);
    total += size;
  }
  for (const { text } of texts) total += Buffer.byteLength(text) + FIELDS;
  if (total > LARGEST_BATCH && units.length > 1)
    throw tooLarge(`${units.length} units take about ${total} bytes, and one transaction takes ${LARGEST_BATCH} here`);
}

function tooLarge(message: string): Refused {
  return new Refused('store_refused', message, { retryable: false });
}

/** What the names of a row's fields, its numbers and its short texts take at most, in bytes. */
const FIELDS = 320;
/** 16 MB is the server's limit; the rest is for what is only estimated. */
const LARGEST_UNIT = 16_000_000;
/** A server takes 48 MB in one message. */
const LARGEST_BATCH = 32_000_000;
