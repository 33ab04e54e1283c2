import { clockActor, hours, type LeasedTask, type TaskEnd, type TaskHandler } from '@holdfast/kernel';
import type { Crown } from '../book/open-crown.ts';
import { goOnWithCharge } from '../payments/go-on-with-charge.ts';
import type { Told } from '../payments/report-charge.ts';
import { tellOfBankDisputes } from '../services/bank-dispute.ts';
import { expireBooking } from '../services/cancel-booking.ts';
import { withTips } from '../services/dispute.ts';
import { releaseBooking, releaseEarnings } from '../services/release-earnings.ts';

/** Gives what is done with each kind of due task: bookings hand over what was earned, charges are gone on with, payouts are sent. */
export function taskHandlers(crown: Crown): { readonly [kind: string]: TaskHandler } {
  return {
    payout: crown.worker.handlers.payout,
    obligation: (leased) => planTogether(crown, leased),
    booking: (leased) => doBooking(crown, leased),
    charge: ({ task }) => doCharge(crown, idOf(task.record)),
  };
}

/** An earning falls due with its booking: whatever the booking has to hand over comes first, so that one payout has the share and the tips. */
async function planTogether(crown: Crown, leased: LeasedTask): Promise<TaskEnd> {
  const booking = bookingOf(idOf(leased.task.record));
  const released = booking === undefined ? undefined : await releaseBooking(crown, booking);
  if (released?.isErr() && released.error.code === 'dispute_open') return LATER;
  return crown.worker.handlers.obligation(leased);
}

/** Gives the booking that an obligation is of. */
export function bookingOf(obligation: string): string | undefined {
  return /^booking\.(.+)$/.exec(obligation)?.[1] ?? /^(?:tip|won)\.(.+)\.[^.]+$/.exec(obligation)?.[1];
}

/** What is done about a charge comes before what follows from it for its booking. */
async function doCharge(crown: Crown, id: string): Promise<TaskEnd> {
  const end = await goOnWithCharge(crown, id);
  const told = await tellOfBankDisputes(crown, id);
  return told.isErr() ? { end: 'failed', code: told.error.code } : end;
}

/** A deadline of a booking: whatever leads to earnings is noted as owed in the same unit. */
async function doBooking(crown: Crown, { task }: LeasedTask): Promise<TaskEnd> {
  const id = idOf(task.record);
  const command = task.command as DueCommand;
  const options = { actor: clockActor, key: `due:${task.id.replaceAll('/', ':')}:${task.dueAt}` };
  switch (command.type) {
    case 'ExpireBooking':
      return endOf(await expireBooking(crown, id));
    case 'LapseDispute': {
      const told = await releaseEarnings(crown, id, command, options);
      return endOf(told.isErr() ? told : await withTips(crown, id, told));
    }
    case 'ReleaseBooking': {
      const released = await releaseBooking(crown, id);
      return released.isErr() && released.error.code === 'dispute_open' ? LATER : endOf(released);
    }
  }
}

type DueCommand =
  | { readonly type: 'ReleaseBooking' }
  | { readonly type: 'ExpireBooking' }
  | { readonly type: 'LapseDispute'; readonly dispute: string };

function endOf(told: Told | undefined): TaskEnd {
  if (!told?.isErr()) return { end: 'done' };
  const { code } = told.error;
  return STALE.has(code) ? { end: 'stale' } : { end: 'failed', code };
}

function idOf(record: string): string {
  return record.slice(record.indexOf('/') + 1);
}

/** The payout is held, tips and all; the decision releases it. */
const LATER: TaskEnd = { end: 'later', afterMs: hours(24).ms };
const STALE: ReadonlySet<string> = new Set(['wrong_status', 'not_due', 'not_found']);
