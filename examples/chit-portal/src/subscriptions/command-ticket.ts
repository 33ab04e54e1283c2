import type { Actor, Receipt } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { type ChitCommandGiven, chits } from '../book/chits.ts';
import { inOneCommit } from '../book/in-one-commit.ts';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';
import { holdsTicket } from './holds-ticket.ts';
import type { SubscriptionRow } from './subscription-row.ts';

/** What is asked of the ticket of a subscription. */
export interface TicketAsked {
  readonly row: SubscriptionRow;
  readonly command: ChitCommandGiven;
  readonly actor: Actor;
  readonly key: string;
}

/**
 * Asks the book for something about the ticket of a subscription as long as that still is the ticket's: under the lock of the scheme's row, under which
 * tickets are taken, too. A request that comes again is answered as it was.
 *
 * @errors
 * - `nothing_there`: somebody else holds the ticket by now, or nobody does.
 * - what the book refuses.
 */
export function commandTicket(
  portal: Portal,
  { row, command, actor, key }: TicketAsked,
): Promise<Result<Receipt, Trouble>> {
  return inOneCommit<Receipt>(portal, async (session) => {
    await session.selectFrom('schemes').select('id').where('id', '=', row.scheme_id).forUpdate().executeTakeFirst();
    return portal.book.within(session, async (joined) => {
      const handle = joined.use(chits);
      const read = await handle.read(row.scheme_id);
      if (read.isErr()) return err(read.error);
      const { state } = read.value;
      if (state && holdsTicket(state, row)) return handle.execute(row.scheme_id, command, { actor, key });
      const known = await handle.preview(row.scheme_id, command, { actor, key });
      if (known.isOk() && known.value.status === 'replayed') return known;
      return err({ code: 'nothing_there', what: 'subscription' });
    });
  });
}
