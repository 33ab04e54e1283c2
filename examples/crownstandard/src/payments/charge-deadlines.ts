import { addDuration, type Deadline, type Duration, hours, type Instant, laterOf, minutes } from '@holdfast/kernel';
import { type Attempt, type AttemptObject, nextLookup } from '@holdfast/providers';
import {
  type BankDispute,
  type Charge,
  chargeStatus,
  isDeclined,
  isPayment,
  leadingAttempt,
  type Surplus,
} from './charge.ts';

/** Gives what is due of a charge and when: look-ups of what is open, its next call, and what is to be given back. */
export function deadlinesOf(charge: Charge): readonly Deadline[] {
  const looks = charge.attempts.flatMap((attempt) => {
    const dueAt = lookUpAt(charge, attempt);
    return dueAt === undefined ? [] : [{ name: `look-up-${attempt.number}`, dueAt, command: { type: 'LookUpCharge' } }];
  });
  const said = charge.asserted;
  const word = { type: 'ApplyAssertion', saidAt: said?.at };
  const apply = said ? [{ name: 'apply-assertion', dueAt: said.at, command: word }] : [];
  const dueAt = sendAt(charge);
  const send = dueAt === undefined ? [] : [{ name: 'send', dueAt, command: { type: 'SendChargeAgain' } }];
  const back = toGiveBack(charge).map(({ object, at }) => {
    return { name: `give-back-${object}`, dueAt: at, command: { type: 'RefundSurplus' } };
  });
  const bank = untold(charge).map(({ id, at }) => {
    return { name: `bank-${id}`, dueAt: at, command: { type: 'TellOfBankDispute' } };
  });
  return [...looks, ...apply, ...send, ...back, ...bank];
}

/** Gives when an attempt is looked up next: while it is open, and once after a decline, since what the provider keeps open of that could still be paid. */
export function lookUpAt(charge: Pick<Charge, 'for'>, attempt: Attempt): Instant | undefined {
  const { state, sends, intentAt, objects, lookups, changedAt } = attempt;
  if (state.status === 'sending') return addDuration(sends.at(-1)?.at ?? intentAt, PATIENCE);
  if (state.status !== 'failed') return nextLookup(attempt);
  const isClosed = objects.length > 0 || (lookups.lastAt !== undefined && lookups.lastAt >= changedAt);
  return isPayment(charge) && !isClosed ? addDuration(changedAt, minutes(1)) : undefined;
}

/** Gives when a charge is sent next: never before the provider wants it, and later after each call. Nothing where nothing is to be sent. */
export function sendAt(charge: Charge): Instant | undefined {
  const { state, sends, number, changedAt } = leadingAttempt(charge);
  if (state.status !== 'due' || chargeStatus(charge) !== 'sending') return undefined;
  const calls = sends.length + number - 1;
  const pauseMs = Math.min(minutes(1).ms * 2 ** Math.min(calls - 1, 30), hours(6).ms);
  return laterOf(addDuration(changedAt, { ms: pauseMs }), state.notBefore ?? changedAt);
}

/**
 * Gives what the provider keeps open of a payment that is over for us, because the card was declined or nobody has paid for a day. As long as it is open, another
 * card could still pay it, and it would be looked up for ever.
 */
export function givenUp(charge: Charge, now: Instant): readonly AttemptObject[] {
  if (!isPayment(charge)) return [];
  return charge.attempts.flatMap((attempt) => {
    const isOver = isDeclined(attempt) || charge.settledBy !== undefined;
    const isAbandoned = now >= addDuration(attempt.intentAt, PAYING_TIME);
    return isOver || isAbandoned ? attempt.objects.filter(({ succeeded, failed }) => !succeeded && !failed) : [];
  });
}

/** Gives what a charge has taken once too often and nobody gives back yet. */
export function toGiveBack(charge: Charge): readonly Surplus[] {
  return isPayment(charge) ? charge.surplus.filter(({ isExact, refund }) => isExact && refund === undefined) : [];
}

/** Gives the disputes at the bank of which the booking was not told how they stand now. */
export function untold({ disputes }: Charge): readonly BankDispute[] {
  return disputes.filter(({ standing, told }) => standing !== told);
}

/** After this long without a report a call is presumed to have met silence. */
const PATIENCE: Duration = minutes(2);
/** How long a customer may take to pay. */
const PAYING_TIME: Duration = hours(24);
