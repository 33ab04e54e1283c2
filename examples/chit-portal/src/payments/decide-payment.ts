import { err, ok, type Result } from 'neverthrow';
import { chitsOf } from '../book/chits.ts';
import type { Trouble } from '../http/respond.ts';
import type { Caller, Portal } from '../portal.ts';
import { schemeById } from '../schemes/scheme-row.ts';
import { bookPayment, endPayment } from './book-payment.ts';
import { type PaymentRow, paymentById } from './payment-row.ts';

/** What somebody has found out about a payment. */
export interface PaymentFound {
  readonly id: string;
  readonly status: 'COMPLETED' | 'FAILED' | 'REVERSED';
  readonly reason?: string | undefined;
}

/**
 * Says what became of a payment: one that waits has arrived or has not; one that had arrived was taken back. Saying the same again is harmless.
 *
 * @errors
 * - `nothing_there`: there is no such payment.
 * - `forbidden`: only the scheme's foreman and admins may say so.
 * - `payment_decided`: it came to another end before.
 * - what the book refuses: it can be taken back no more.
 */
export async function decidePayment(
  portal: Portal,
  { userId, role }: Caller,
  { id, status, reason }: PaymentFound,
): Promise<Result<PaymentRow, Trouble>> {
  const row = await paymentById(portal.database, id);
  const scheme = row && (await schemeById(portal.database, row.scheme_id));
  if (!scheme) return err({ code: 'nothing_there', what: 'payment' });
  const isForeman = userId === scheme.foreman_id;
  if (!isForeman && role !== 'ADMIN') return err({ code: 'forbidden', allowed: ['FOREMAN', 'ADMIN'] });
  const actor = { id: userId, role: isForeman ? 'foreman' : 'service' };
  if (row.status === status) return ok(row);
  if (status === 'REVERSED' && row.status === 'COMPLETED' && row.payment_type === 'INSTALLMENT') {
    const command = { type: 'ReversePayment', ticket: row.ticket, payment: id, why: 'bounced' } as const;
    const options = { actor: { ...actor, scope: 'payments' }, key: `reverse:${id}` };
    const reversed = await chitsOf(portal.book).execute(row.scheme_id, command, options);
    if (reversed.isErr()) return err(reversed.error);
    const end = { status, reason: reason ?? 'bounced' } as const;
    await portal.database.updateTable('payments').set(end).where('id', '=', id).execute();
    portal.metrics.payments.inc({ outcome: status });
    return ok((await paymentById(portal.database, id)) as PaymentRow);
  }
  if (row.status !== 'PENDING' || status === 'REVERSED') return err({ code: 'payment_decided', status: row.status });
  if (status === 'COMPLETED') return bookPayment(portal, row, actor);
  await endPayment(portal, id, { status, reason: reason ?? 'not_received', payment_date: null });
  return ok((await paymentById(portal.database, id)) as PaymentRow);
}
