import { ok, type Result } from 'neverthrow';
import { addDays, addMonths } from '../terms/calendar.ts';
import type { Day } from '../terms/terms.ts';
import type { ParameterKey } from './parameter.ts';
import { type LawOptions, parameterAt } from './parameter-at.ts';
import type { ParameterUnknown } from './refusals.ts';

/** What the law sets a time for. */
export type DeadlineKind =
  /** From the sanction: the chit is registered, or the sanction lapses. */
  | 'sanction_lapses'
  /** From the sanction: the same, prolonged as far as it can be. */
  | 'extended_sanction_lapses'
  /** From a draw: the copy of its minutes lies with the Registrar. */
  | 'minutes_filed'
  /** From the first draw: the certificate that every subscriber has a copy of the agreement is filed. */
  | 'certificate_filed'
  /** From a draw whose winner leaves future subscriptions to be taken off: the prize is paid. */
  | 'prize_paid'
  /** From the day on which an unpaid prize was put apart: the instalment may be drawn anew. */
  | 'redraw_allowed'
  /** From a removal: the notice is with the subscriber. */
  | 'removal_notified'
  /** From the notice: the removed subscriber may come back. */
  | 'reentry_ends'
  /** From a removal: the copy of the entry lies with the Registrar. */
  | 'removal_filed'
  /** From the notice: the removed subscriber may appeal. */
  | 'appeal_ends'
  /** From the end of the chit: a removed subscriber without a substitute has his money. */
  | 'refund_paid'
  /** From the end of the chit: the records are kept. */
  | 'records_kept';

/** A day that the law sets. */
export interface Deadline {
  /** The last day on which it is in time. */
  readonly day: Day;
  /** Where it is written. */
  readonly source: string;
  readonly confirmed: boolean;
}

/** From what a time runs, and what may end it sooner. */
export interface DeadlineOptions extends LawOptions {
  /** `prize_paid`: the day of the next instalment, before which the prize is paid at the latest. */
  readonly nextInstalment?: Day;
}

const times: Readonly<Record<DeadlineKind, { readonly keys: readonly ParameterKey[]; readonly by: 'day' | 'month' }>> =
  {
    sanction_lapses: { keys: ['in.sanctionMonths'], by: 'month' },
    extended_sanction_lapses: { keys: ['in.sanctionMonths', 'in.sanctionExtensionMonths'], by: 'month' },
    minutes_filed: { keys: ['in.minutesFilingDays'], by: 'day' },
    certificate_filed: { keys: ['in.certificateFilingDays'], by: 'day' },
    prize_paid: { keys: ['in.prizePaymentDays'], by: 'day' },
    redraw_allowed: { keys: ['in.redrawMonths'], by: 'month' },
    removal_notified: { keys: ['in.removalNoticeDays'], by: 'day' },
    reentry_ends: { keys: ['in.reentryDays'], by: 'day' },
    removal_filed: { keys: ['in.removalFilingDays'], by: 'day' },
    appeal_ends: { keys: ['in.appealDays'], by: 'day' },
    refund_paid: { keys: ['in.refundDays'], by: 'day' },
    records_kept: { keys: ['in.recordYears'], by: 'month' },
  };

/**
 * Gives the day until which the law wants something done, or from which it allows it.
 *
 * @param kind - What has a time.
 * @param from - The day from which it runs; the law of that day holds.
 * @param options - The State, and the next instalment for `prize_paid`.
 * @returns The day, where it is written, and whether that was read.
 *
 * @errors
 * - `parameter_unknown`: the law says nothing about the day.
 * @source docs/rules/chit-fund.md, CF-17
 */
export function deadlineOf(
  kind: DeadlineKind,
  from: Day,
  options: DeadlineOptions = {},
): Result<Deadline, ParameterUnknown> {
  const { keys, by } = times[kind];
  const start = kind === 'certificate_filed' ? lastOfMonth(from) : from;
  let deadline: Deadline = { day: start, source: '', confirmed: true };
  for (const key of keys) {
    const found = parameterAt(key, from, options);
    if (found.isErr()) return found.map(() => deadline);
    const count = Number(found.value.value) * (key === 'in.recordYears' ? 12 : 1);
    const day = by === 'day' ? addDays(deadline.day, count) : addMonths(deadline.day, count);
    deadline = { day, source: found.value.source, confirmed: deadline.confirmed && found.value.confirmed };
  }
  const before = options.nextInstalment === undefined ? undefined : addDays(options.nextInstalment, -1);
  const isSooner = kind === 'prize_paid' && before !== undefined && before < deadline.day;
  return ok(isSooner ? { ...deadline, day: before } : deadline);
}

function lastOfMonth(day: Day): Day {
  return addDays(`${addMonths(day, 1).slice(0, 7)}-01`, -1);
}
