import { heldBy } from '@holdfast/escrow';
import { type Actor, clockActor } from '@holdfast/kernel';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { intendRefund } from '../payments/refund-charge.ts';
import type { Told } from '../payments/report-charge.ts';
import { sendWhereStored } from '../payments/send-charge.ts';
import { answerOfThen } from './answer-of-then.ts';
import { readBooking } from './booking-state.ts';

/**
 * Cancels a booking before it was completed: all that is left of its payment goes back to the card. Asked again, it answers as it did.
 *
 * @errors
 * - `not_found`, `wrong_status`: there is no booking, or it was completed, or cancelled by somebody else.
 * - `actor_not_allowed`: it is not the customer's, and nobody is an operator.
 */
export function cancelBooking(crown: Crown, booking: string, actor: Actor): Promise<Told> {
  return giveAllBack(crown, booking, { type: 'CancelBooking' }, { actor, key: `cancel:${booking}` });
}

/** Ends a booking that nobody completed in thirty days, as a cancellation does. */
export function expireBooking(crown: Crown, booking: string): Promise<Told> {
  return giveAllBack(crown, booking, { type: 'ExpireBooking' }, { actor: clockActor, key: `expire:${booking}` });
}

async function giveAllBack(
  crown: Crown,
  booking: string,
  command: { readonly type: 'CancelBooking' } | { readonly type: 'ExpireBooking' },
  { actor, key }: { readonly actor: Actor; readonly key: string },
): Promise<Told> {
  const options = { actor, key };
  for (let turn = 0; ; turn++) {
    const read = await readBooking(crown, booking);
    if (read.isErr()) return err(read.error);
    const then = ENDED.has(read.value.status) && (await answerOfThen(crown, booking, command, options));
    if (then) return then;
    const amount = heldBy(read.value);
    const preview = (await crown.bookings.preview(booking, command, { actor, key: `look:${key}` })) as Told;
    if (preview.isErr()) return preview;
    if (!amount || amount.minor === 0n) return (await crown.bookings.execute(booking, command, options)) as Told;
    const allOf = `bookings:${booking}:held`;
    const intent = await intendRefund(crown, { booking, refund: 'all', amount, allOf });
    if (intent.isErr()) return err(intent.error);
    const { charge, ask } = intent.value;
    const told = (await crown.book.together([ask, crown.bookings.ask(booking, command)], options)) as Told;
    // A refund of a part came between the look and the unit.
    const moved = told.isErr() && told.error.code === 'amount_moved';
    if (moved && turn < MOST_TURNS) continue;
    const sent = await sendWhereStored(crown, charge, told);
    return sent.isErr() ? sent : told;
  }
}

const ENDED: ReadonlySet<string> = new Set(['cancelled', 'expired']);
const MOST_TURNS = 5;
