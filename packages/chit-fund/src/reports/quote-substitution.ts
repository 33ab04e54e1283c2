import { isIn, type Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { partingOf, splitContributions } from '../chit/default/part-with.ts';
import type { MembershipWrong } from '../chit/default/refusals.ts';
import { dayOf } from '../chit/environment.ts';
import type { ChitCurrencyDiffers, TicketUnknown } from '../chit/refusals.ts';
import { amountOf, futureLiability, schemeOf, ticketOf } from '../chit/scheme-of.ts';
import type { Chit, Ticket } from '../chit/state.ts';
import type { Day } from '../terms/terms.ts';

/** What a quote is asked with. */
export interface QuoteOptions {
  /** Interest runs up to here; for somebody who was removed, up to his removal. */
  readonly asOf: Day;
  /** Kept from the contributions, as the agreement says. */
  readonly deduction: Money;
  /** What lies in the ticket's account. */
  readonly credit: Money;
  /** What local time is ahead of UTC, in minutes: 330 unless given. */
  readonly offsetMinutes?: number;
}

/** Why a quote is refused, in order of precedence. */
export type QuoteRefusal = TicketUnknown | MembershipWrong | ChitCurrencyDiffers;

/** What putting another person in a subscriber's place comes to. */
export interface SubstitutionQuote {
  readonly ticket: number;
  /** What the substitute pays now: all instalments so far, net of their dividends. It is the sum of the next three. */
  readonly substitutePays: Money;
  /** Of that, what goes back into the advance: what the scheme has paid for the ticket. */
  readonly toAdvance: Money;
  /** Of that, what lies for who leaves. */
  readonly toDeposit: Money;
  /** Of that, what is kept of the contributions: interest and the deduction, as far as they reach. */
  readonly kept: Money;
  /** What who leaves gets: the deposit, and credit that was never used. */
  readonly leaverGets: Money;
  /** Dividends that were kept back from who was late, and are not given again. */
  readonly forfeited: Money;
  /** What the substitute still has to pay in instalments to come, before dividends. */
  readonly toCome: Money;
}

/**
 * Says what a substitution would come to: what the substitute pays, and what who leaves gets. The command does the same to the minor unit.
 *
 * @param chit - The scheme.
 * @param ticket - One that has not won.
 * @param options - The day, the deduction and the ticket's credit.
 * @returns The quote.
 *
 * @errors
 * - `ticket_unknown`: the scheme has no such ticket.
 * - `membership_wrong`: nobody holds it, it has won, or who held it is gone already.
 * - `chit_currency_differs`: the deduction or the credit is not in the scheme's currency.
 * @source docs/rules/chit-fund.md, CF-50
 */
export function quoteSubstitution(
  chit: Chit,
  ticket: number,
  options: QuoteOptions,
): Result<SubstitutionQuote, QuoteRefusal> {
  return quotable(chit, ticket, options).map((known) => {
    const parting = partingOf(chit, known, partsOn(known, options));
    const { deposit, kept } = splitContributions(parting, options.deduction.minor);
    const amount = (minor: bigint): Money => amountOf(chit, minor);
    return {
      ticket,
      substitutePays: amount(known.dues),
      toAdvance: amount(parting.principal),
      toDeposit: amount(deposit),
      kept: amount(kept),
      leaverGets: amount(deposit + options.credit.minor),
      forfeited: amount(parting.withheld),
      toCome: amount(futureLiability(chit, ticket)),
    };
  });
}

/** Gives a ticket whose holder may part with it. */
export function quotable(
  chit: Chit,
  ticket: number,
  { deduction, credit }: QuoteOptions,
): Result<Ticket, QuoteRefusal> {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const { membership, prize } = known;
  const prized = prize !== undefined;
  if (prized || !PARTING.includes(membership))
    return err({ code: 'membership_wrong', ticket, membership, allowed: PARTING, prized });
  const { currency } = schemeOf(chit);
  for (const given of [deduction, credit]) {
    const { code } = given.currency;
    if (!isIn(given, currency)) return err({ code: 'chit_currency_differs', given: code, expected: currency.code });
  }
  return ok(known);
}

/** Gives the day on which a holder parts: that of his removal, or the day of the quote. */
export function partsOn({ membership, removal }: Ticket, { asOf, offsetMinutes = INDIA }: QuoteOptions): Day {
  return membership === 'removed' && removal ? dayOf(removal.on, { offsetMinutes }) : asOf;
}

const PARTING: readonly Ticket['membership'][] = ['active', 'defaulted', 'removed'];
/** What Indian time is ahead of UTC, in minutes. */
export const INDIA = 330;
