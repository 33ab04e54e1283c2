import { formatDecimal, type Money } from '@holdfast/money';
import { sql } from 'kysely';
import type { Session } from '../host/database.ts';
import type { PaymentType } from '../host/tables.ts';
import { idFrom } from '../id-from.ts';
import { subscriptionId } from '../subscriptions/subscription-row.ts';
import type { Holders } from './holders.ts';
import type { Happened } from './take-in-units.ts';

/** Writes payments as the journal has them: what came in is completed or reversed, what went out is a row of its own. */
export async function projectPayments(session: Session, holders: Holders, happened: Happened): Promise<void> {
  const { event, at } = happened;
  switch (event.type) {
    case 'PaymentReceived':
      await session
        .updateTable('payments')
        .set({ status: 'COMPLETED', payment_date: at, reason: null })
        .where(sql<string>`id::text`, '=', event.payment)
        .where('status', 'in', ['PENDING', 'FAILED'])
        .execute();
      return;
    case 'PaymentReversed':
      await session
        .updateTable('payments')
        .set({ status: 'REVERSED', reason: event.why })
        .where(sql<string>`id::text`, '=', event.payment)
        .execute();
      return;
    case 'PrizePaid':
      for (const { person, amount } of event.shares) {
        await payOut(session, happened, {
          person,
          amount,
          type: 'PRIZE',
          ticket: event.ticket,
          channel: event.channel,
        });
      }
      return;
    case 'PrizePrepaid':
    case 'CreditReturned': {
      const [person] = holders.of(happened.scheme, event.ticket);
      const isPrize = event.type === 'PrizePrepaid';
      const amount = isPrize ? event.paid : event.amount;
      const type = isPrize ? 'PRIZE' : 'REFUND';
      if (person)
        await payOut(session, happened, { person, amount, type, ticket: event.ticket, channel: event.channel });
      return;
    }
    default:
  }
}

interface PaidOut {
  readonly person: string;
  readonly amount: Money;
  readonly type: PaymentType;
  readonly ticket: number;
  readonly channel: string;
}

async function payOut(
  session: Session,
  { scheme, place, at }: Happened,
  { person, amount, type, ticket, channel }: PaidOut,
): Promise<void> {
  await session
    .insertInto('payments')
    .values({
      id: idFrom('paid out', scheme, place, person),
      subscription_id: subscriptionId(scheme, ticket, person),
      scheme_id: scheme,
      ticket,
      user_id: person,
      amount: formatDecimal(amount),
      currency: amount.currency.code,
      payment_type: type,
      status: 'COMPLETED',
      channel,
      transaction_id: null,
      reason: null,
      payment_date: at,
      created_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
