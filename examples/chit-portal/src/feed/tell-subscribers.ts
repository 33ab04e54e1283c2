import { formatDecimal } from '@holdfast/money';
import type { Session } from '../host/database.ts';
import type { NotificationEvent } from '../host/tables.ts';
import { tell } from '../messages/tell.ts';
import type { Holders } from './holders.ts';
import { decimal } from './project-dues.ts';
import type { Happened } from './take-in-units.ts';

/** Tells whom it concerns what the journal says, once for each event: by the time it is told, it has happened. */
export async function tellSubscribers(session: Session, holders: Holders, happened: Happened): Promise<void> {
  const { scheme, place, at } = happened;
  const notes = notesOf(happened);
  if (notes.length === 0) return;
  const row = await session
    .selectFrom('schemes')
    .select(['name', 'foreman_id'])
    .where('id', '=', scheme)
    .executeTakeFirst();
  if (!row) return;
  for (const { to, event, values } of notes) {
    const ticket = values.ticket === undefined ? undefined : Number(values.ticket);
    const persons =
      to === 'foreman' ? [row.foreman_id] : ticket === undefined ? holders.all(scheme) : holders.of(scheme, ticket);
    for (const userId of persons) {
      const id = `${place}.${event}.${ticket ?? ''}.${userId}`;
      await tell(session, { id, userId, event, values: { scheme: row.name, schemeId: scheme, ...values }, now: at });
    }
  }
}

interface Note {
  readonly to: 'foreman' | 'subscribers';
  readonly event: NotificationEvent;
  readonly values: { readonly [name: string]: string };
}

function notesOf({ event }: Happened): readonly Note[] {
  const to = 'subscribers';
  switch (event.type) {
    case 'SchemeRegistered':
      return [{ to: 'foreman', event: 'SCHEME_APPROVED', values: {} }];
    case 'DrawOpened':
      return [{ to, event: 'AUCTION_OPENED', values: { instalment: String(event.draw.instalment) } }];
    case 'DrawDeclared':
      return [];
    case 'InstalmentSettled':
      return event.prizes.map(({ ticket, prize }) => {
        const values = { ticket: String(ticket), instalment: String(event.instalment), amount: decimal(prize) };
        return { to, event: 'PRIZE_WON', values };
      });
    case 'PaymentReceived': {
      const { payment: receipt, amount, credited } = event;
      const values = { ticket: String(credited.ticket), amount: formatDecimal(amount), receipt };
      return [{ to, event: 'PAYMENT_RECEIVED', values }];
    }
    case 'PaymentReversed': {
      const { ticket, amount, why: reason } = event;
      return [
        { to, event: 'PAYMENT_FAILED', values: { ticket: String(ticket), amount: formatDecimal(amount), reason } },
      ];
    }
    case 'PrizePaid':
    case 'PrizePrepaid': {
      const amount = formatDecimal(event.type === 'PrizePaid' ? event.amount : event.paid);
      return [{ to, event: 'PRIZE_PAID', values: { ticket: String(event.ticket), amount } }];
    }
    default:
      return [];
  }
}
