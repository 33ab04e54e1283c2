import type { Chit, RunningScheme } from '@holdfast/chit-fund';
import type { Receipt } from '@holdfast/kernel';
import { money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { chits } from '../book/chits.ts';
import { inOneCommit } from '../book/in-one-commit.ts';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';
import { actorIn } from './actor-in.ts';
import type { Asked } from './draft-scheme.ts';
import { schemeById, WITHDRAWN } from './scheme-row.ts';
import { schemeOf } from './show-scheme.ts';

/**
 * Asks for the sanction of a scheme. The foreman's other schemes are counted with it, since the law bounds all of them together (s. 13), and they are read
 * inside the book: of two that are submitted at once the second counts the first.
 *
 * @errors
 * - `nothing_there`: there is no such scheme.
 * - what the book refuses: against the law, another phase, another foreman.
 */
export function submitScheme(portal: Portal, { caller, key }: Asked, id: string): Promise<Result<Receipt, Trouble>> {
  return inOneCommit<Receipt>(portal, async (session) => {
    const scheme = await schemeById(session, id);
    if (!scheme) return err({ code: 'nothing_there', what: 'scheme' });
    const rows = await session
      .selectFrom('schemes')
      .select('id')
      .where('foreman_id', '=', scheme.foreman_id)
      .where('id', '<>', id)
      .where('phase', '<>', WITHDRAWN)
      .where('status', '<>', 'COMPLETED')
      .orderBy('id')
      .execute();
    return portal.book.within(session, async (joined): Promise<Result<Receipt, Trouble>> => {
      const handle = joined.use(chits);
      const others: RunningScheme[] = [];
      for (const row of rows) {
        const read = await handle.read(row.id);
        if (read.isErr()) return err(read.error);
        if (read.value.state) others.push(...runningScheme(read.value.state));
      }
      const command = { type: 'SubmitScheme', ...(others.length > 0 ? { others } : {}) } as const;
      const done = await handle.execute(id, command, { actor: actorIn(scheme, caller), key });
      return done.isErr() ? err(done.error) : ok(done.value);
    });
  });
}

/** Gives what the law counts of a scheme: nothing before it is submitted, and nothing after its end. */
function runningScheme(chit: Chit): readonly RunningScheme[] {
  if (['draft', 'rejected', 'lapsed', 'completed'].includes(chit.phase)) return [];
  const { gross, currency, drawDays, dueDays, terms } = schemeOf(chit);
  return [
    {
      name: terms.name,
      gross: money(gross, currency),
      from: drawDays[0] ?? terms.starts,
      to: dueDays.at(-1) ?? terms.starts,
    },
  ];
}
