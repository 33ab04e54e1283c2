import type { Chit } from '@holdfast/chit-fund';
import type { SubscriptionRow } from './subscription-row.ts';

/** Whether a subscription is still its ticket's: tickets are given back and transferred, and the rows of those who held them before stay. */
export function holdsTicket(
  chit: Pick<Chit, 'tickets'>,
  { ticket, subscriber_id }: Pick<SubscriptionRow, 'ticket' | 'subscriber_id'>,
): boolean {
  return chit.tickets[ticket - 1]?.holders.some(({ person }) => person === subscriber_id) ?? false;
}
