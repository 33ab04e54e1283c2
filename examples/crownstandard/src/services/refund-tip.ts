import type { Actor, Ask } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err } from 'neverthrow';
import { type Crown, gateway } from '../book/open-crown.ts';
import { intendRefund } from '../payments/refund-charge.ts';
import type { Told } from '../payments/report-charge.ts';
import { sendWhereStored } from '../payments/send-charge.ts';
import { answerOfThen } from './answer-of-then.ts';
import { readBooking } from './booking-state.ts';

/** Names one tip of a booking. */
export interface TipName {
  readonly booking: string;
  readonly tip: string;
}

/**
 * Gives a tip back to the card, all of it and whenever: out of the booking while that has it, else out of what is still owed for it, and the rest as a debt of the
 * provider, which the next payouts pay. Asked again, it answers as it did.
 *
 * @errors
 * - `actor_not_allowed`: only an operator gives tips back.
 * - `not_found`, `charge_unknown`: there is no booking, or no such tip was paid.
 */
export async function refundTip(crown: Crown, name: TipName, actor: Actor): Promise<Told> {
  if (actor.role !== 'operator') return err({ code: 'actor_not_allowed' });
  const { booking, tip } = name;
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  const paid = await crown.charges.read(`tip.${booking}.${tip}`);
  const amount = paid.isOk() ? paid.value.state?.attempts[0]?.operation.amount : undefined;
  if (!amount) return err({ code: 'charge_unknown' });
  const status = read.value.parts?.tip?.[tip]?.status;
  const options = {
    actor: status === 'given' || status === 'refunded' ? actor : gateway,
    key: `untip:${booking}:${tip}`,
  };
  const then = await answerOfThen(crown, booking, { type: 'RefundTip', tip }, options);
  if (then) return then;
  const intent = await intendRefund(crown, { booking, refund: `tip.${tip}`, amount, of: `tip.${booking}.${tip}` });
  if (intent.isErr()) return err(intent.error);
  const asks = [backAsk(crown, name, { status, amount }), intent.value.ask];
  const told = (await crown.book.together(asks, options)) as Told;
  const sent = await sendWhereStored(crown, intent.value.charge, told);
  return sent.isErr() ? sent : told;
}

function backAsk(
  { bookings, obligations }: Crown,
  { booking, tip }: TipName,
  { status, amount }: { readonly status: string | undefined; readonly amount: Money },
): Ask {
  if (status === 'released') return bookings.ask(booking, { type: 'ChargeBackTip', debt: `tip-${tip}`, tip, amount });
  if (status !== undefined) return bookings.ask(booking, { type: 'RefundTip', tip });
  // It was never a part of the booking: its money came late, or in another currency.
  return obligations.ask(`tip.${booking}.${tip}`, { type: 'RefundObligation', amount, to: 'world:cards' });
}
