import type { Chit } from '@holdfast/chit-fund';
import type { Session } from '../host/database.ts';
import { WITHDRAWN } from '../schemes/scheme-row.ts';
import { statusOf, subscriptionStatusOf } from '../schemes/status-of.ts';

/** Writes how a scheme and its tickets stand: the seed's statuses are a view of the record's. */
export async function projectScheme(session: Session, scheme: string, chit: Chit): Promise<void> {
  const taken = chit.tickets.filter(({ membership }) => membership !== 'open').length;
  await session
    .updateTable('schemes')
    .set({ phase: chit.phase, status: statusOf(chit.phase), current_subscribers: taken })
    .where('id', '=', scheme)
    .where('phase', '<>', WITHDRAWN)
    .execute();
  const rows = await session
    .selectFrom('subscriptions')
    .select(['id', 'ticket', 'subscriber_id', 'status'])
    .where('scheme_id', '=', scheme)
    .execute();
  for (const row of rows) {
    const status = statusNow(chit, row.ticket, row.subscriber_id);
    if (status === row.status) continue;
    await session.updateTable('subscriptions').set({ status }).where('id', '=', row.id).execute();
  }
}

/** Somebody who holds the ticket no more has come to his end with it, but for one who was removed and may come back. */
function statusNow(chit: Chit, number: number, person: string) {
  const ticket = chit.tickets[number - 1];
  if (!ticket) return 'COMPLETED';
  const holds = ticket.holders.some((holder) => holder.person === person);
  const wasRemoved =
    ticket.removal?.holders.some((holder) => holder.person === person) && ticket.removal.refunded !== true;
  if (!holds) return wasRemoved ? 'DEFAULTED' : 'COMPLETED';
  return subscriptionStatusOf(chit.phase, ticket);
}
