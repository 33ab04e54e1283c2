import { Defect } from '@holdfast/kernel';
import { type Money, money } from '@holdfast/money';
import { parameterAt } from '../law/parameter-at.ts';
import { defineScheme } from '../terms/define-scheme.ts';
import type { Day, Scheme, SchemeTerms } from '../terms/terms.ts';
import type { Chit, Ticket } from './state.ts';

/** Gives what follows from a scheme's terms. They were checked when they were taken. */
export function schemeOf({ terms }: Pick<Chit, 'terms'>): Scheme {
  const known = derived.get(terms);
  if (known) return known;
  const scheme = defineScheme(terms);
  if (scheme.isErr()) throw new Defect(`terms that were taken do not hold: ${scheme.error.problems.join(' ')}`);
  derived.set(terms, scheme.value);
  return scheme.value;
}

/** Says whether the Chit Funds Act holds for a scheme: its terms name the State. Elsewhere nobody sanctions, registers or certifies. */
export function isUnderAct({ terms }: Pick<Chit, 'terms'>): boolean {
  return terms.state !== undefined;
}

/** Gives a whole number of the law as of a day, for a scheme under the Act by its State's table; elsewhere the same, as the agreement's custom. */
export function lawNumber({ terms }: Pick<Chit, 'terms'>, key: 'in.reentryDays' | 'in.redrawMonths', day: Day): number {
  const found = parameterAt(key, day, { state: terms.state });
  if (found.isErr()) throw new Defect(`${key} is not in the table on ${day}`);
  return Number(found.value.value);
}

/** Gives an amount of a scheme. */
export function amountOf({ terms }: Pick<Chit, 'terms'>, minor: bigint): Money {
  return money(minor, terms.subscription.currency);
}

/** Finds a ticket by its number. */
export function ticketOf({ tickets }: Pick<Chit, 'tickets'>, number: number): Ticket | undefined {
  return tickets[number - 1];
}

/** Puts a changed ticket in its place. */
export function withTicket(chit: Chit, number: number, change: (ticket: Ticket) => Ticket): Chit {
  return { ...chit, tickets: chit.tickets.map((ticket, index) => (index === number - 1 ? change(ticket) : ticket)) };
}

/** Counts the instalments that are settled, those drawn anew among them. */
export function settledCount({ instalments }: Pick<Chit, 'instalments'>): number {
  return instalments.filter(({ money: settled }) => settled !== undefined).length;
}

/** Gives what a ticket still has to pay in instalments that are not settled, before dividends, in minor units. A scheme that ended early has none to come. */
export function futureLiability(chit: Chit, number: number): bigint {
  if (chit.phase === 'terminated_by_consent' || chit.phase === 'terminated_by_incapacity') return 0n;
  const { terms, subscription, commission } = schemeOf(chit);
  const left = BigInt(terms.instalments - settledCount(chit));
  const tickets = BigInt(terms.tickets);
  const onTop = terms.commission.taken === 'on_top' ? (commission + tickets - 1n) / tickets : 0n;
  return left * (subscription + onTop + (ticketOf(chit, number)?.premium ?? 0n));
}

/** Of each decoded record the terms are one object: a scheme is worked out once for it. */
const derived = new WeakMap<SchemeTerms, Scheme>();
