import { quoteExit } from '@holdfast/chit-fund';
import { formatDecimal, inr } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { chitsOf } from '../book/chits.ts';
import { dayOf } from '../day-of.ts';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';
import { rupeesOf } from '../schemes/terms-of.ts';
import { holdsTicket } from './holds-ticket.ts';
import type { SubscriptionRow } from './subscription-row.ts';

/** What leaving would come to, next to staying. Amounts are decimal texts in rupees. */
export interface LeavingQuote {
  readonly ticket: number;
  readonly asOf: string;
  /** What was paid of the instalments so far, dividends not counted. */
  readonly contributed: string;
  /** What he gets if another takes his place now. */
  readonly substitutedNow: string;
  /** What he gets without a substitute, and until when. */
  readonly atTermination: { readonly amount: string; readonly by: string };
  /** What he would still pay if he stayed. */
  readonly toStay: string;
  /** What was taken off. */
  readonly interest: string;
  readonly deduction: string;
  /** Dividends that he had, which are not paid out again. */
  readonly dividends: string;
}

/**
 * Says what leaving a scheme that runs would come to for the holder of a ticket that has not won. Nothing is done.
 *
 * @errors
 * - `nothing_there`: somebody else holds the ticket by now, or nobody does.
 * - what the book refuses: the ticket has won.
 */
export async function quoteLeaving(
  portal: Portal,
  row: SubscriptionRow,
  deduction: string,
): Promise<Result<LeavingQuote, Trouble>> {
  const read = await chitsOf(portal.book).read(row.scheme_id);
  if (read.isErr()) return err(read.error);
  const chit = read.value.state;
  if (!chit || !holdsTicket(chit, row)) return err({ code: 'nothing_there', what: 'subscription' });
  const balance = await portal.book.balance(`chits:${row.scheme_id}:tickets:${row.ticket}`, inr);
  if (balance.isErr()) return err(balance.error);
  const asOf = dayOf(portal.clock());
  const quoted = quoteExit(chit, row.ticket, { asOf, deduction: rupeesOf(deduction), credit: balance.value.money });
  if (quoted.isErr()) return err(quoted.error);
  const { contributed, substitutedNow, atTermination, toStay, interest, dividends } = quoted.value;
  return ok({
    ticket: row.ticket,
    asOf,
    contributed: formatDecimal(contributed),
    substitutedNow: formatDecimal(substitutedNow),
    atTermination: { amount: formatDecimal(atTermination.amount), by: atTermination.by },
    toStay: formatDecimal(toStay),
    interest: formatDecimal(interest),
    deduction: formatDecimal(quoted.value.deduction),
    dividends: formatDecimal(dividends),
  });
}
