import { fundedOf, heldBy, leftBy } from '@holdfast/escrow';
import { type Actor, hours } from '@holdfast/kernel';
import { equals, type Money } from '@holdfast/money';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { intendRefund } from '../payments/refund-charge.ts';
import type { Told } from '../payments/report-charge.ts';
import { sendWhereStored } from '../payments/send-charge.ts';
import { answerOfThen } from './answer-of-then.ts';
import { type BookingState, readBooking } from './booking-state.ts';
import { refundBooking } from './refund-booking.ts';
import { releaseBooking, releaseEarnings } from './release-earnings.ts';

/** Names one dispute of a booking. */
export interface DisputeName {
  readonly booking: string;
  readonly dispute: string;
}

/**
 * Opens a dispute about all that the booking still holds: its payout, tips included, waits for the decision. One that comes after the 48 hours holds a payout
 * that was not sent yet; where it was, what is awarded is a debt of the provider. Asked again, it answers as it did.
 *
 * @errors
 * - `not_found`, `not_while`: there is no booking, or it is not completed.
 */
export async function openDispute(crown: Crown, name: DisputeName, reason: string): Promise<Told> {
  const { booking, dispute } = name;
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  const state = read.value;
  const options = { actor: { id: state.parties.customer, role: 'customer' }, key: `dispute:${booking}:${dispute}` };
  const known = state.parts?.dispute?.[dispute];
  if (state.status === 'released' && !known) {
    const hold = { type: 'AddHold', ...holdOf(dispute) } as const;
    return (await crown.obligations.execute(`booking.${booking}`, hold, options)) as Told;
  }
  // Tips are never disputed: they are parts of their own.
  const amount = known ? fundedOf(known) : heldBy(state);
  if (!amount) return err({ code: 'not_found' });
  const command = { type: 'OpenDispute', dispute, amount, reason } as const;
  return (await crown.bookings.execute(booking, command, options)) as Told;
}

/** Decides a dispute for the provider: the payout goes on with all of it. Asked again, it answers as it did. */
export async function rejectDispute(crown: Crown, name: DisputeName, actor: Actor): Promise<Told> {
  const { booking, dispute } = name;
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  if (isLate(read.value, dispute)) return releaseHold(crown, name, actor);
  const options = { actor, key: `reject:${booking}:${dispute}` };
  const isDone = read.value.parts?.dispute?.[dispute]?.status === 'rejected';
  const then = isDone && (await answerOfThen(crown, booking, { type: 'RejectDispute', dispute }, options));
  if (then) return then;
  const told = await releaseEarnings(crown, booking, { type: 'RejectDispute', dispute }, options);
  return told.isErr() ? told : withTips(crown, booking, told);
}

/**
 * Decides a dispute for the customer, in part or whole: the award goes back to the card, and the payout goes on with the rest. Asked again with the same award, it
 * answers as it did.
 */
export async function resolveDispute(crown: Crown, name: DisputeName, award: Money, actor: Actor): Promise<Told> {
  const { booking, dispute } = name;
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  if (isLate(read.value, dispute)) {
    const refunded = await refundBooking(crown, { booking, refund: dispute, amount: award }, actor);
    return refunded.isErr() ? refunded : releaseHold(crown, name, actor);
  }
  const command = { type: 'ResolveDispute', dispute, award } as const;
  const options = { actor, key: `resolve:${booking}:${dispute}` };
  const then = isResolved(read.value, dispute, award) && (await answerOfThen(crown, booking, command, options));
  if (then) return then;
  const intent = await intendRefund(crown, { booking, refund: dispute, amount: award });
  if (intent.isErr()) return err(intent.error);
  const { charge, ask } = intent.value;
  const told = await releaseEarnings(crown, booking, command, { ...options, also: [ask] });
  const sent = await sendWhereStored(crown, charge, told);
  return told.isErr() || sent.isErr() ? (sent.isErr() ? sent : told) : withTips(crown, booking, told);
}

/** After the 48 hours nothing keeps back the tips any more: they go into the same payout. */
export async function withTips(crown: Crown, booking: string, decided: Told): Promise<Told> {
  const read = await readBooking(crown, booking);
  const completedAt = read.isOk() ? read.value.entered.completed?.at : undefined;
  const isDue = completedAt !== undefined && Date.parse(crown.clock()) >= Date.parse(completedAt) + hours(48).ms;
  if (isDue) await releaseBooking(crown, booking);
  return decided;
}

async function releaseHold({ obligations }: Crown, { booking, dispute }: DisputeName, actor: Actor): Promise<Told> {
  if (actor.role !== 'operator') return err({ code: 'actor_not_allowed' });
  const command = { type: 'ReleaseHold', ...holdOf(dispute) } as const;
  const options = { actor, key: `decided:${booking}:${dispute}` };
  return (await obligations.execute(`booking.${booking}`, command, options)) as Told;
}

function holdOf(dispute: string) {
  return { reason: 'dispute', reference: dispute } as const;
}

function isResolved({ parts }: BookingState, dispute: string, award: Money): boolean {
  const known = parts?.dispute?.[dispute];
  const refunded = known?.status === 'refunded' ? leftBy(known, 'refund') : undefined;
  return refunded !== undefined && equals(refunded, award);
}

/** A dispute that is no part of its booking came when the booking had handed over its money. */
function isLate({ status, parts }: BookingState, dispute: string): boolean {
  return status === 'released' && parts?.dispute?.[dispute] === undefined;
}
