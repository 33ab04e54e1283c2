import { createHash } from 'node:crypto';
import { type Actor, type Ask, canonical, hours, type Instant, type Receipt, type Refusal } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { type Crown, gateway } from '../book/open-crown.ts';
import type { Charge } from './charge.ts';
import { chargeAlarm } from './charge-alarm.ts';
import type { ChargeReport } from './charge-commands.ts';
import { afterReport } from './charge-decider.ts';

/** How the book answered. */
export type Told = Result<Receipt, Refusal>;

/**
 * Tells the book what was heard of a charge. Where the charge has succeeded by it, what it was for happens in the same unit: the booking is paid, or
 * the tip is given. The same told twice is one.
 */
export async function reportCharge(crown: Crown, id: string, report: ChargeReport): Promise<Told> {
  for (let turn = 0; ; turn++) {
    const read = await crown.charges.read(id);
    if (read.isErr()) return err(read.error as Refusal);
    const { state, version } = read.value;
    if (!state) return err({ code: 'charge_unknown' });
    const environment = { book: crown.book.name, provider: crown.provider };
    const { charge: after } = afterReport(state, report, crown.clock(), environment);
    const succeeds = state.settledBy === undefined && after.settledBy !== undefined;
    const { asks, actor } = succeeds ? await whatFollows(crown, after) : { asks: [], actor: gateway };
    const key = `heard:${id}:${digestOf(report)}${succeeds ? `:${version}` : ''}`;
    const told = (await crown.book.together([crown.charges.ask(id, report), ...asks], { actor, key })) as Told;
    const alarm = told.isOk() && told.value.status === 'committed' ? chargeAlarm(id, state, after) : undefined;
    if (alarm) crown.tellOfCharge(alarm);
    // Somebody else told of the success first: what follows from it has happened.
    if (told.isOk() || asks.length === 0 || turn === MOST_TURNS) return told;
  }
}

/** Names what happens in the unit in which a charge is found to have succeeded, and who asks for that. */
export async function whatFollows(
  crown: Crown,
  { for: about, attempts }: Pick<Charge, 'for' | 'attempts'>,
): Promise<{ readonly asks: readonly Ask[]; readonly actor: Actor }> {
  const amount = attempts[0]?.operation.amount;
  if (!amount || about.what === 'refund' || about.what === 'surplus') return { asks: [], actor: gateway };
  if (about.what === 'booking') {
    const { booking, customer, provider, otpHash } = about;
    const capture = { type: 'CaptureBooking', parties: { customer, provider }, amount, otpHash } as const;
    return { asks: [crown.bookings.ask(booking, capture)], actor: gateway };
  }
  const { booking, tip, converted } = about;
  const read = await crown.bookings.read(booking);
  const state = read.isOk() ? read.value.state : undefined;
  const completedAt = state?.entered.completed?.at;
  if (state?.status === 'completed' && completedAt && !converted && isWithin(completedAt, crown.clock())) {
    const give = { type: 'GiveTip', tip, amount } as const;
    return { asks: [crown.bookings.ask(booking, give)], actor: { id: state.parties.customer, role: 'customer' } };
  }
  // The promise was in time. The money was not, or is of another currency: it is earned all the same, and no part of the booking.
  const payee = `${state?.parties.provider}`;
  const since = completedAt === undefined ? {} : { group: booking, completedAt };
  const terms = { type: 'Earn', payee, kind: 'tip', from: 'world:cards', ...since } as const;
  const earn = converted
    ? { ...terms, amount: converted.amount, conversion: { captured: amount, quote: converted.quote } }
    : { ...terms, amount };
  return { asks: [crown.obligations.ask(`tip.${booking}.${tip}`, earn)], actor: gateway };
}

function isWithin(completedAt: Instant, now: Instant): boolean {
  return Date.parse(now) - Date.parse(completedAt) < hours(24).ms;
}

function digestOf(report: ChargeReport): string {
  const text = canonical(report);
  return createHash('sha256')
    .update(typeof text === 'string' ? text : text.field)
    .digest('hex')
    .slice(0, 32);
}

const MOST_TURNS = 5;
