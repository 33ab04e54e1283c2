import { answered, DemoFailed } from '@holdfast/demo-kit';
import type { Refusal } from '@holdfast/kernel';
import { ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';
import { completeBooking } from '../services/complete-booking.ts';
import { openDispute, rejectDispute, resolveDispute } from '../services/dispute.ts';
import { giveTip } from '../services/give-tip.ts';
import { payForBooking } from '../services/pay-for-booking.ts';
import { awardOf, type Trip } from './read-trips.ts';
import type { Happening } from './schedule.ts';

/** Does what happens. Every key is a function of the row, so that whoever does it again hears the same and changes nothing. */
export async function playStep(crown: Crown, { step, trip }: Happening): Promise<void> {
  const told = await PLAYS[step](crown, trip);
  if (told.isOk()) return;
  const words = JSON.stringify(told.error, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  throw new DemoFailed(`trip ${trip.number}: ${step} was answered ${words}`);
}

const PLAYS: {
  readonly [Step in Happening['step']]: (crown: Crown, trip: Trip) => Promise<Told | Result<undefined, Refusal>>;
} = {
  pay: (crown, trip) => {
    const { booking, customer, provider, amount } = trip;
    return payForBooking(crown, { booking, customer, provider, amount, otpHash: otpOf(trip) });
  },
  complete: (crown, trip) =>
    completeBooking(crown, { booking: trip.booking, provider: trip.provider, otpHash: otpOf(trip) }),
  tip: (crown, { booking, tip }) => giveTip(crown, { booking, tip: 't1', amount: tip }),
  dispute: async (crown, { booking }) => {
    const { state } = answered(await crown.bookings.read(booking));
    // Whoever goes on after a kill disputes nothing twice: what was disputed then is no longer held.
    if (state?.parts?.dispute?.d1) return ok(undefined);
    return openDispute(crown, { booking, dispute: 'd1' }, 'It was not clean.');
  },
  decide: async (crown, trip) => {
    const { state } = answered(await crown.bookings.read(trip.booking));
    // Decided before a kill: the refund was stored in the same unit.
    if (state?.parts?.dispute?.d1?.status !== 'open') return ok(undefined);
    const named = { booking: trip.booking, dispute: 'd1' };
    return trip.dispute === 'rejected'
      ? rejectDispute(crown, named, OPERATOR)
      : resolveDispute(crown, named, awardOf(trip), OPERATOR);
  },
};

/** Stands for the hash of the code that the customer gives once the work is done. */
function otpOf({ number }: Trip): string {
  return `otp-${number}`;
}

const OPERATOR = { id: 'olga', role: 'operator' };
