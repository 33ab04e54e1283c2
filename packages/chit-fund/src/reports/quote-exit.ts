import type { Money } from '@holdfast/money';
import type { Result } from 'neverthrow';
import { deductionOf, partingOf, splitContributions } from '../chit/default/part-with.ts';
import { accrue } from '../chit/payments/interest.ts';
import { amountOf, futureLiability, schemeOf } from '../chit/scheme-of.ts';
import type { Chit } from '../chit/state.ts';
import { deadlineOf } from '../law/deadline-of.ts';
import type { Day } from '../terms/terms.ts';
import { partsOn, type QuoteOptions, type QuoteRefusal, quotable } from './quote-substitution.ts';
import { openOf } from './statement-lines.ts';

/** What a subscriber who has not won gets or pays, by what he does. */
export interface ExitQuote {
  readonly ticket: number;
  readonly asOf: Day;
  /** What was paid of the instalments so far, dividends not counted. */
  readonly contributed: Money;
  /** 1. What he gets if another person takes his place now: contributions less interest and deduction, and his credit. */
  readonly substitutedNow: Money;
  /** 2. What he gets without a substitute once the scheme has ended: contributions less interest and what the agreement keeps where nobody came, and his credit. */
  readonly atTermination: { readonly amount: Money; readonly by: Day };
  /** 3. What he would still pay if he stayed: what is open with interest, and all instalments to come before dividends, less his credit. */
  readonly toStay: Money;
  /** What was taken off, apart, as far as the contributions reach: interest first. */
  readonly interest: Money;
  readonly deduction: Money;
  /** Dividends that he had, set off in his dues. They are no part of the contributions, so they are not paid out again by 1 and 2. */
  readonly dividends: Money;
  /** What he gets if the scheme ended today: by consent as he has paid in; where the foreman is gone, without deduction for dividends (s. 42). */
  readonly ifEndedToday: { readonly byConsent: Money; readonly byIncapacity: Money };
}

/**
 * Says what leaving would come to for a subscriber who has not won, next to staying. Deduction and dividends stand apart.
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
export function quoteExit(chit: Chit, ticket: number, options: QuoteOptions): Result<ExitQuote, QuoteRefusal> {
  return quotable(chit, ticket, options).map((known) => {
    const { asOf } = options;
    const credit = options.credit.minor;
    const day = partsOn(known, options);
    const parting = partingOf(chit, known, day);
    const { contributed } = parting;
    const now = splitContributions(parting, options.deduction.minor);
    const later = splitContributions(parting, deductionOf(chit, parting, day));
    const interest = splitContributions(parting, 0n).kept;
    const arrears = known.arrears.map((arrear) => accrue(arrear, chit.terms.late, asOf));
    const toPay = openOf(arrears) + futureLiability(chit, ticket) - credit;
    const waits = chit.float[ticket - 1] ?? 0n;
    const ended = contributed + credit + waits + parting.withheld;
    const amount = (minor: bigint): Money => amountOf(chit, minor);
    return {
      ticket,
      asOf,
      contributed: amount(contributed),
      substitutedNow: amount(now.deposit + credit),
      atTermination: { amount: amount(later.deposit + credit), by: refundedBy(chit, asOf) },
      toStay: amount(toPay > 0n ? toPay : 0n),
      interest: amount(interest),
      deduction: amount(now.kept - interest),
      dividends: amount(known.dividends - waits),
      ifEndedToday: { byConsent: amount(ended), byIncapacity: amount(ended + known.dividends - waits) },
    };
  });
}

/** The day until which who left is paid: fifteen days after the last instalment, which a scheme outside of the Act has no law for. */
function refundedBy(chit: Chit, asOf: Day): Day {
  const end = schemeOf(chit).dueDays.at(-1) ?? asOf;
  const { state } = chit.terms;
  if (state === undefined) return end;
  return deadlineOf('refund_paid', end, { state }).match(
    ({ day }) => day,
    () => end,
  );
}
