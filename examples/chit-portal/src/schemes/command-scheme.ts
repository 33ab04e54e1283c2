import type { Receipt } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { type ChitCommandGiven, chitsOf } from '../book/chits.ts';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';
import { actorIn } from './actor-in.ts';
import type { Asked } from './draft-scheme.ts';
import { schemeById } from './scheme-row.ts';

/**
 * Asks the book for something about a scheme, as whoever calls: its foreman, a registrar or a subscriber. The book says who may, when, and what it moves.
 *
 * @errors
 * - `nothing_there`: there is no such scheme.
 * - what the book refuses.
 */
export async function commandScheme(
  portal: Portal,
  { caller, key }: Asked,
  { id, command }: { readonly id: string; readonly command: ChitCommandGiven },
): Promise<Result<Receipt, Trouble>> {
  const scheme = await schemeById(portal.database, id);
  if (!scheme) return err({ code: 'nothing_there', what: 'scheme' });
  return chitsOf(portal.book).execute(id, command as never, { actor: actorIn(scheme, caller), key });
}
