import { err, ok, type Result } from 'neverthrow';
import { chits } from '../book/chits.ts';
import { inOneCommit } from '../book/in-one-commit.ts';
import { dayOf } from '../day-of.ts';
import type { Session } from '../host/database.ts';
import type { Trouble } from '../http/respond.ts';
import { missingDocuments } from '../kyc/decide-document.ts';
import type { Portal } from '../portal.ts';
import type { Asked } from '../schemes/draft-scheme.ts';
import { type SchemeRow, schemeById } from '../schemes/scheme-row.ts';
import { type SubscriptionRow, subscriptionById, subscriptionId } from './subscription-row.ts';

/** Which ticket of which scheme; the first free one where none is named. */
export interface Wanted {
  readonly schemeId: string;
  readonly ticket?: number | undefined;
}

/**
 * Subscribes a user to a ticket: the host's rows and the book's record in one transaction, under the lock of the scheme's row, so that of two who want the
 * last ticket one is told so. The scheme's foreman has published it: that is his offer, and the book has him enrol the ticket.
 *
 * @errors
 * - `nothing_there`: there is no such scheme.
 * - `email_not_verified`, `kyc_incomplete`: the user is not known well enough yet.
 * - `scheme_full`: no ticket is free.
 * - what the book refuses: another phase, a ticket that is held.
 */
export function subscribe(
  portal: Portal,
  asked: Asked,
  { schemeId, ticket }: Wanted,
): Promise<Result<SubscriptionRow, Trouble>> {
  const { caller, key } = asked;
  return inOneCommit<SubscriptionRow>(portal, async (session) => {
    const scheme = await session
      .selectFrom('schemes')
      .selectAll()
      .where('id', '=', schemeId)
      .forUpdate()
      .executeTakeFirst();
    if (!scheme || !(await schemeById(session, schemeId))) return err({ code: 'nothing_there', what: 'scheme' });
    const standing = await portal.standings.of(caller.userId);
    if (standing?.status !== 'ACTIVE') return err({ code: 'email_not_verified' });
    const missing = await missingDocuments({ database: session }, caller.userId);
    if (missing.length > 0) return err({ code: 'kyc_incomplete', missing });
    return portal.book.within(session, async (joined) => {
      const handle = joined.use(chits);
      const read = await handle.read(schemeId);
      if (read.isErr()) return err(read.error);
      const known = await subscribedBefore(session, scheme, asked);
      const free = (read.value.state?.tickets.findIndex(({ membership }) => membership === 'open') ?? -1) + 1;
      const chosen = ticket ?? known?.ticket ?? free;
      if (chosen === 0) return err({ code: 'scheme_full', tickets: scheme.max_subscribers });
      const command = { type: 'EnrolTicket', ticket: chosen, holders: [{ person: caller.userId }] } as const;
      const actor = { id: scheme.foreman_id, role: 'foreman', scope: caller.userId };
      const enrolled = await handle.execute(schemeId, command, { actor, key });
      if (enrolled.isErr()) return err(enrolled.error);
      return ok(await writeRow(portal, session, { scheme, ticket: chosen, userId: caller.userId, key }));
    });
  });
}

/** A retry names no ticket either: it is the one that the key was given. */
function subscribedBefore(session: Session, scheme: SchemeRow, { caller, key }: Asked) {
  return session
    .selectFrom('subscriptions')
    .select('ticket')
    .where('scheme_id', '=', scheme.id)
    .where('subscriber_id', '=', caller.userId)
    .where('enrolled_by', '=', key)
    .executeTakeFirst();
}

interface Written {
  readonly scheme: SchemeRow;
  readonly ticket: number;
  readonly userId: string;
  readonly key: string;
}

async function writeRow(
  portal: Portal,
  session: Session,
  { scheme, ticket, userId, key }: Written,
): Promise<SubscriptionRow> {
  const now = portal.clock();
  const id = subscriptionId(scheme.id, ticket, userId);
  await session
    .insertInto('subscriptions')
    .values({
      id,
      scheme_id: scheme.id,
      subscriber_id: userId,
      ticket,
      status: 'ACTIVE',
      join_date: dayOf(now),
      created_at: now,
      enrolled_by: key,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ status: 'ACTIVE', enrolled_by: key }))
    .execute();
  return (await subscriptionById(session, id)) as SubscriptionRow;
}
