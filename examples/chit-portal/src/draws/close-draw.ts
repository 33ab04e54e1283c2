import type { Receipt } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { chits } from '../book/chits.ts';
import { inOneCommit } from '../book/in-one-commit.ts';
import type { Session } from '../host/database.ts';
import type { Trouble } from '../http/respond.ts';
import { idFrom } from '../id-from.ts';
import type { Portal } from '../portal.ts';
import { actorIn } from '../schemes/actor-in.ts';
import type { Asked } from '../schemes/draft-scheme.ts';
import { schemeById } from '../schemes/scheme-row.ts';

/**
 * Closes the open draw of a scheme: the winners are found, and the secret of the lots is made known in the journal.
 *
 * @errors
 * - `nothing_there`: there is no such scheme.
 * - what the book refuses: no draw is open, the bidding is not over.
 */
export function closeDraw(
  portal: Portal,
  { caller, key }: Asked,
  { id, words }: { readonly id: string; readonly words?: readonly string[] | undefined },
): Promise<Result<Receipt, Trouble>> {
  return inOneCommit<Receipt>(portal, async (session) => {
    const scheme = await schemeById(session, id);
    if (!scheme) return err({ code: 'nothing_there', what: 'scheme' });
    return portal.book.within(session, async (joined) => {
      const handle = joined.use(chits);
      const read = await handle.read(id);
      if (read.isErr()) return err(read.error);
      const closer = idFrom('close', id, caller.userId, key);
      const seed = await takeSeed(session, closer, read.value.state?.draw?.commitment);
      const command = {
        type: 'CloseDraw',
        ...(seed === undefined ? {} : { seed }),
        ...(words === undefined ? {} : { words }),
      } as const;
      return handle.execute(id, command, { actor: actorIn(scheme, caller), key });
    });
  });
}

/** Finds the secret of a draw by its commitment; that of a draw which this very request closed before, when it comes again. */
async function takeSeed(session: Session, closer: string, commitment: string | undefined): Promise<string | undefined> {
  const before = await session
    .selectFrom('draw_seeds')
    .select('seed')
    .where('closed_by', '=', closer)
    .executeTakeFirst();
  if (before || commitment === undefined) return before?.seed;
  const taken = await session
    .updateTable('draw_seeds')
    .set({ closed_by: closer })
    .where('commitment', '=', commitment)
    .returning('seed')
    .executeTakeFirst();
  return taken?.seed;
}
