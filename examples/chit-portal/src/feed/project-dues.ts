import { formatDecimal, inr, money } from '@holdfast/money';
import { dayOf } from '../day-of.ts';
import type { Session } from '../host/database.ts';
import { creditedBy } from './credited-by.ts';
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
  for (const { ticket, cleared } of creditedBy(event)) {
    for (const { instalment, principal, closed } of cleared) {
      const place = { scheme, ticket, instalment };
      const row = await dueOf(session, place);
      if (!row) continue;
      const paid = inr(row.paid as '1').minor + principal;
      await writePaid(session, place, { paid, on: closed ? dayOf(at) : null });
    }
  }
  if (event.type !== 'PaymentReversed') return;
  for (const { instalment, principal } of event.arrears) {
    const place = { scheme, ticket: event.ticket, instalment };
    const row = await dueOf(session, place);
    const left = inr((row?.amount ?? '0') as '1').minor - principal;
    // Interest that was paid with it is owed again with the instalment, which then comes to more than was due.
    if (row) await writePaid(session, place, { paid: left > 0n ? left : 0n, on: null });
  }
}

interface Place {
  readonly scheme: string;
  readonly ticket: number;
  readonly instalment: number;
}

async function writePaid(
  session: Session,
  { scheme, ticket, instalment }: Place,
  { paid, on }: { readonly paid: bigint; readonly on: string | null },
): Promise<void> {
  await session
    .updateTable('ticket_dues')
    .set({ paid: decimal(paid), paid_on: on })
    .where('scheme_id', '=', scheme)
    .where('ticket', '=', ticket)
    .where('instalment', '=', instalment)
    .execute();
}

function dueOf(session: Session, { scheme, ticket, instalment }: Place) {
  return session
    .selectFrom('ticket_dues')
    .select(['amount', 'paid'])
    .where('scheme_id', '=', scheme)
    .where('ticket', '=', ticket)
    .where('instalment', '=', instalment)
    .executeTakeFirst();
}

/** Writes minor units of rupees. */
export function decimal(minor: bigint): string {
  return formatDecimal(money(minor, inr));
}
