import { formatDecimal } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { brokenConstraint } from '../host/broken-constraint.ts';
import type { Trouble } from '../http/respond.ts';
import { idFrom } from '../id-from.ts';
import type { Portal } from '../portal.ts';
import { actorIn } from '../schemes/actor-in.ts';
import type { Asked } from '../schemes/draft-scheme.ts';
import { type SchemeRow, schemeById } from '../schemes/scheme-row.ts';
import { rupeesOf } from '../schemes/terms-of.ts';
import { type SubscriptionRow, subscriptionById } from '../subscriptions/subscription-row.ts';
import { bookPayment, endPayment } from './book-payment.ts';
import { type PaymentRow, paymentById } from './payment-row.ts';

/** A payment as somebody gives it. */
export interface PaymentGiven {
  readonly subscriptionId: string;
  readonly amount: string;
  readonly channel: string;
  readonly transactionId?: string | undefined;
}

/**
 * Takes a payment for a ticket. The row comes first, as `PENDING`. A foreman who enters money has it; a subscriber only says that he has paid, so the
 * gateway is asked, and where it does not know, the payment waits for the foreman. What has arrived is booked.
 *
 * @errors
 * - `nothing_there`: no such subscription, or not the caller's to pay for.
 * - `key_conflict`: the key was used for another payment.
 * - `taken`: the transaction was credited before.
 * - what the book refuses.
 */
export async function takePayment(
  portal: Portal,
  asked: Asked,
  given: PaymentGiven,
): Promise<Result<PaymentRow, Trouble>> {
  const subscription = await subscriptionById(portal.database, given.subscriptionId);
  const scheme = subscription && (await schemeById(portal.database, subscription.scheme_id));
  const { userId, role } = asked.caller;
  const isForeman = userId === scheme?.foreman_id || role === 'ADMIN';
  // Who has given his ticket away pays for it no more.
  const isOver = subscription?.status === 'COMPLETED' && scheme?.phase !== 'completed';
  if (!scheme || isOver || !(isForeman || subscription.subscriber_id === userId)) {
    return err({ code: 'nothing_there', what: 'subscription' });
  }
  const noted = await notePayment(portal, asked, { given, subscription });
  if (noted.isErr()) return err(noted.error);
  if (noted.value.status !== 'PENDING') return ok(noted.value);
  return isForeman ? bookPayment(portal, noted.value, payeeIn(scheme, asked)) : collect(portal, scheme, noted.value);
}

/** An admin enters what a service of the portal would. */
function payeeIn(scheme: SchemeRow, { caller }: Asked) {
  const actor = actorIn(scheme, caller);
  return actor.role === 'registrar' ? { ...actor, role: 'service' } : actor;
}

async function collect(
  portal: Portal,
  { foreman_id }: SchemeRow,
  row: PaymentRow,
): Promise<Result<PaymentRow, Trouble>> {
  const { id, user_id: userId, channel, transaction_id: transactionId } = row;
  const collected = await portal.collect({ id, userId, channel, transactionId, amount: rupeesOf(row.amount) });
  if (collected === 'received')
    return bookPayment(portal, row, actorIn({ foreman_id }, { userId, role: 'USER', ucfsin: '' }));
  if (collected === 'failed') {
    await endPayment(portal, id, { status: 'FAILED', reason: 'not_collected', payment_date: null });
  }
  return ok((await paymentById(portal.database, id)) as PaymentRow);
}

interface Noted {
  readonly given: PaymentGiven;
  readonly subscription: SubscriptionRow;
}

async function notePayment(
  portal: Portal,
  { caller, key }: Asked,
  { given, subscription }: Noted,
): Promise<Result<PaymentRow, Trouble>> {
  const id = idFrom('payment', caller.userId, key);
  const amount = formatDecimal(rupeesOf(given.amount));
  const row: PaymentRow = {
    id,
    subscription_id: subscription.id,
    scheme_id: subscription.scheme_id,
    ticket: subscription.ticket,
    user_id: subscription.subscriber_id,
    amount,
    currency: 'INR',
    payment_type: 'INSTALLMENT',
    status: 'PENDING',
    channel: given.channel,
    transaction_id: given.transactionId ?? null,
    reason: null,
    payment_date: null,
    created_at: portal.clock(),
  };
  try {
    const written = await portal.database
      .insertInto('payments')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (written.numInsertedOrUpdatedRows === 1n) return ok(row);
  } catch (error) {
    if (brokenConstraint(error) === 'payments_once') return err({ code: 'taken', field: 'transactionId' });
    throw error;
  }
  const known = (await paymentById(portal.database, id)) as PaymentRow;
  const same =
    known.subscription_id === row.subscription_id &&
    known.amount === amount &&
    known.channel === row.channel &&
    known.transaction_id === row.transaction_id;
  return same ? ok(known) : err({ code: 'key_conflict' });
}
