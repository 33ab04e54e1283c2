import { clockActor, type LeasedTask, type Refusal, type TaskEnd, type TaskHandler } from '@holdfast/kernel';
import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';
import { goOnWithCharge } from '../payments/send-charge.ts';
import { releaseBooking, releaseEarnings } from '../services/release-earnings.ts';

/** Gives what is done with each kind of due task: bookings hand over what was earned, charges are gone on with, payouts are sent. */
export function taskHandlers(crown: Crown): { readonly [kind: string]: TaskHandler } {
  return {
    payout: crown.worker.handlers.payout,
    obligation: (leased) => planTogether(crown, leased),
    booking: (leased) => doBooking(crown, leased),
    charge: async ({ task }) => endOf(await goOnWithCharge(crown, idOf(task.record))),
  };
}

/** A tip that came late falls due with its booking: what the booking has to hand over comes first, so that one payout has both. */
async function planTogether(crown: Crown, leased: LeasedTask): Promise<TaskEnd> {
  const [, booking] = /^tip\.(.+)\.[^.]+$/.exec(idOf(leased.task.record)) ?? [];
  if (booking !== undefined) await releaseBooking(crown, booking);
  return crown.worker.handlers.obligation(leased);
}

/** A deadline of a booking: whatever leads to earnings is noted as owed in the same unit. */
async function doBooking(crown: Crown, { task }: LeasedTask): Promise<TaskEnd> {
  const id = idOf(task.record);
  const command = task.command as { readonly type: 'ReleaseBooking' };
  const told = await releaseEarnings(crown, id, command, {
    actor: clockActor,
    key: `due:${task.id.replaceAll('/', ':')}:${task.dueAt}`,
  });
  return endOf(told);
}

function endOf(told: Told | undefined): TaskEnd {
  if (!told || told.isOk()) return { end: 'done' };
  const { code } = told.error as Refusal;
  return STALE.has(code) ? { end: 'stale' } : { end: 'failed', code };
}

function idOf(record: string): string {
  return record.slice(record.indexOf('/') + 1);
}

const STALE: ReadonlySet<string> = new Set(['wrong_status', 'not_due', 'not_found', 'charge_not_sendable']);
