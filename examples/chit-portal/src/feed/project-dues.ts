import { formatDecimal, inr, money } from '@holdfast/money';
import { dayOf } from '../day-of.ts';
import type { Session } from '../host/database.ts';
import type { Happened } from './take-in-units.ts';

/** Writes what each ticket owed for an instalment, and what was paid of it. */
export async function projectDues(session: Session, { scheme, event, at }: Happened): Promise<void> {
  if (event.type === 'InstalmentSettled') {
    const rows = event.dues.map(({ ticket, due, covered, setOff }) => ({
      scheme_id: scheme,
      ticket,
      instalment: event.instalment,
      due_on: event.due,
      settled_on: event.on,
      amount: decimal(due),
      dividend: decimal(setOff),
      paid: decimal(covered),
      paid_on: covered >= due ? event.on : null,
    }));
    await session
      .insertInto('ticket_dues')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['scheme_id', 'ticket', 'instalment']).doNothing())
      .execute();
  }
  if (event.type !== 'PaymentReceived') return;
  for (const { instalment, principal, closed } of event.credited.cleared) {
    const place = { scheme, ticket: event.credited.ticket, instalment };
    const row = await dueOf(session, place);
    if (!row) continue;
    const paid = decimal(inr(row.paid as '1').minor + principal);
    await session
      .updateTable('ticket_dues')
      .set({ paid, paid_on: closed ? dayOf(at) : null })
      .where('scheme_id', '=', scheme)
      .where('ticket', '=', place.ticket)
      .where('instalment', '=', instalment)
      .execute();
  }
}

function dueOf(
  session: Session,
  { scheme, ticket, instalment }: { scheme: string; ticket: number; instalment: number },
) {
  return session
    .selectFrom('ticket_dues')
    .select('paid')
    .where('scheme_id', '=', scheme)
    .where('ticket', '=', ticket)
    .where('instalment', '=', instalment)
    .executeTakeFirst();
}

/** Writes minor units of rupees. */
export function decimal(minor: bigint): string {
  return formatDecimal(money(minor, inr));
}
