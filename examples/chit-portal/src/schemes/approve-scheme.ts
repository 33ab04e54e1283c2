import type { Receipt } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { chitsOf } from '../book/chits.ts';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';
import type { Asked } from './draft-scheme.ts';
import { schemeById } from './scheme-row.ts';

/** What the registrar writes on a scheme. */
export interface Approval {
  readonly id: string;
  /** The number of the order of previous sanction. */
  readonly order: string;
  /** The number under which the agreement is registered. */
  readonly number: string;
}

/**
 * Approves a scheme as the seed has it, in one step: sanction and registration as one unit of the book.
 *
 * @errors
 * - `nothing_there`: there is no such scheme.
 * - what the book refuses: it is not submitted.
 */
export async function approveScheme(
  portal: Portal,
  { caller, key }: Asked,
  { id, order, number }: Approval,
): Promise<Result<Receipt, Trouble>> {
  if (!(await schemeById(portal.database, id))) return err({ code: 'nothing_there', what: 'scheme' });
  const handle = chitsOf(portal.book);
  const asks = [
    handle.ask(id, { type: 'SanctionScheme', order }),
    handle.ask(id, { type: 'RegisterScheme', number }),
  ] as const;
  return portal.book.together(asks, { actor: { id: caller.userId, role: 'registrar' }, key });
}
