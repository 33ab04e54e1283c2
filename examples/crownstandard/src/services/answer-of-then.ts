import { type Actor, type KeyConflict, readCanonical, type Unit } from '@holdfast/kernel';
import { ok } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';

/**
 * Gives who asks again the answer of then: the receipt of the unit that was done under the key, without its balances. The unit may have had more in it than the
 * command alone, by what there was at that time, so whether it meant the same is for the caller to see.
 *
 * @returns Nothing where the key has done nothing yet.
 */
export async function answerOfThen(
  { book, bookings }: Crown,
  booking: string,
  command: Parameters<Crown['bookings']['preview']>[1],
  options: { readonly actor: Actor; readonly key: string },
): Promise<Told | undefined> {
  const looked = (await bookings.preview(booking, command, options)) as Told;
  if (looked.isOk()) return looked.value.status === 'replayed' ? looked : undefined;
  if (looked.error.code !== 'key_conflict') return undefined;
  const { sequence } = looked.error as KeyConflict;
  const read = await book.units({ after: sequence - 1, limit: 1 });
  const [stored] = read.isOk() && read.value.kind === 'units' ? read.value.units : [];
  if (!stored) return undefined;
  const { at } = readCanonical(stored.bytes) as Unit;
  return ok({ status: 'replayed', book: book.name, sequence, at, digest: stored.digest, balances: new Map() });
}
