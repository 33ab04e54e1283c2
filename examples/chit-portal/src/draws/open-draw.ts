import { randomBytes } from 'node:crypto';
import { commitLot } from '@holdfast/chit-fund';
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

/** What a foreman says when he opens a draw. */
export interface DrawGiven {
  readonly instalment: number;
  /** Ids of the subscribers who are present. */
  readonly present: readonly string[];
  readonly recording?: string | undefined;
  /** For how long bids are taken; until the draw is closed where absent. */
  readonly minutes?: number | undefined;
}

/**
 * Opens the draw of an instalment. The portal draws the secret of its lots now, keeps it, and publishes its commitment with the draw: neither it nor anybody
 * else can choose a winner by a secret that suits.
 *
 * @errors
 * - `nothing_there`: there is no such scheme.
 * - what the book refuses: not the day, too few present, another draw is open.
 */
export function openDraw(
  portal: Portal,
  { caller, key }: Asked,
  { id, draw }: { readonly id: string; readonly draw: DrawGiven },
): Promise<Result<{ readonly commitment: string }, Trouble>> {
  return inOneCommit<{ readonly commitment: string }>(portal, async (session) => {
    const scheme = await schemeById(session, id);
    if (!scheme) return err({ code: 'nothing_there', what: 'scheme' });
    const commitment = await keepSeed(session, {
      id: idFrom('draw', id, caller.userId, key),
      scheme: id,
      draw,
      now: portal.clock(),
    });
    const { instalment, present, recording, minutes } = draw;
    const command = {
      type: 'OpenDraw',
      instalment,
      present,
      commitment,
      ...(recording === undefined ? {} : { recording }),
      ...(minutes === undefined ? {} : { minutes }),
    } as const;
    const actor = actorIn(scheme, caller);
    const opened = await portal.book.within(session, (joined) =>
      joined.use(chits).execute(id, command, { actor, key }),
    );
    return opened.map(() => ({ commitment }));
  });
}

interface Kept {
  readonly id: string;
  readonly scheme: string;
  readonly draw: DrawGiven;
  readonly now: string;
}

/** Keeps a new secret under an id, or finds the one that is kept there. Gives its commitment. */
async function keepSeed(session: Session, { id, scheme, draw, now }: Kept): Promise<string> {
  const seed = randomBytes(32).toString('hex');
  const commitment = commitLot(seed).unwrapOr('');
  const row = {
    id,
    scheme_id: scheme,
    instalment: draw.instalment,
    commitment,
    seed,
    closed_by: null,
    result: null,
    created_at: now,
  };
  await session
    .insertInto('draw_seeds')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const kept = await session
    .selectFrom('draw_seeds')
    .select('commitment')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return kept.commitment;
}
