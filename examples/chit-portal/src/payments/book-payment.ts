import type { Actor } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { chitsOf } from '../book/chits.ts';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';
import { rupeesOf } from '../schemes/terms-of.ts';
import { type PaymentRow, paymentById } from './payment-row.ts';

/**
 * Books a payment whose money is there. The key is made of the payment's id, so it is booked once, whoever asks and however often; a process that dies
 * before its row says so is finished by the next who asks.
 *
 * @errors
 * - what the book refuses: the row then says `FAILED`, with the reason.
 */
export async function bookPayment(portal: Portal, row: PaymentRow, actor: Actor): Promise<Result<PaymentRow, Trouble>> {
  const { id, scheme_id, ticket, channel } = row;
  const command = { type: 'PayInstalment', ticket, amount: rupeesOf(row.amount), channel, payment: id } as const;
  // One scope for all who may ask: the key is the payment's.
  const options = { actor: { ...actor, scope: 'payments' }, key: `pay:${id}` };
  const booked = await chitsOf(portal.book).execute(scheme_id, command, options);
  if (booked.isErr()) {
    if ('fault' in booked.error) return err(booked.error);
    await endPayment(portal, id, { status: 'FAILED', reason: booked.error.code, payment_date: null });
    return err(booked.error);
  }
  await endPayment(portal, id, { status: 'COMPLETED', reason: null, payment_date: portal.clock() });
  return ok((await paymentById(portal.database, id)) as PaymentRow);
}

/** Ends a payment that waits; one that came to its end meanwhile is left alone. */
export async function endPayment(
  portal: Portal,
  id: string,
  end: Pick<PaymentRow, 'status' | 'reason' | 'payment_date'>,
): Promise<void> {
  const ended = await portal.database
    .updateTable('payments')
    .set(end)
    .where('id', '=', id)
    .where('status', '=', 'PENDING')
    .executeTakeFirst();
  if (ended.numUpdatedRows > 0n) portal.metrics.payments.inc({ outcome: end.status });
}
