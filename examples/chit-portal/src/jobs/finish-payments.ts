import { addDuration, minutes } from '@holdfast/kernel';
import { sql } from 'kysely';
import { bookPayment } from '../payments/book-payment.ts';
import type { Portal } from '../portal.ts';
import { rupeesOf } from '../schemes/terms-of.ts';

/** Asks again for payments that have waited for a minute: the gateway may know them by now, or the process that took them died. */
export async function finishPayments(portal: Portal): Promise<number> {
  const before = addDuration(portal.clock(), { ms: -minutes(1).ms });
  const waiting = await portal.database
    .selectFrom('payments')
    .selectAll()
    .where('status', '=', 'PENDING')
    .where('created_at', '<=', before)
    .orderBy(sql`random()`)
    .limit(50)
    .execute();
  let finished = 0;
  for (const row of waiting) {
    const { id, user_id: userId, channel, transaction_id: transactionId } = row;
    const collected = await portal.collect({ id, userId, channel, transactionId, amount: rupeesOf(row.amount) });
    if (collected !== 'received') continue;
    await bookPayment(portal, row, { id: 'collections', role: 'service' });
    finished += 1;
  }
  return finished;
}
