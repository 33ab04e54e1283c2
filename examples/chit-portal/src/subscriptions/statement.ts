import { formatDecimal, inr } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { chitsOf } from '../book/chits.ts';
import { decimal } from '../feed/project-dues.ts';
import type { Trouble } from '../http/respond.ts';
import { type PaymentDocument, paymentDocument } from '../payments/payment-row.ts';
import type { Portal } from '../portal.ts';
import type { SubscriptionRow } from './subscription-row.ts';

/** One instalment in a passbook. */
export interface StatementLine {
  readonly instalment: number;
  readonly dueOn: string;
  /** After the dividend. */
  readonly due: string;
  readonly dividend: string;
  readonly paid: string;
  readonly open: string;
  readonly paidOn: string | null;
}

/** The passbook of a ticket. */
export interface Statement {
  readonly ticket: number;
  readonly membership: string;
  readonly instalments: readonly StatementLine[];
  readonly payments: readonly PaymentDocument[];
  /** Paid and not used yet. */
  readonly credit: string;
  /** What is overdue, with interest so far. */
  readonly arrears: readonly {
    readonly instalment: number;
    readonly dueOn: string;
    readonly principal: string;
    readonly interest: string;
    readonly late: boolean;
  }[];
  readonly prize: { readonly instalment: number; readonly status: string; readonly amount: string } | null;
}

/** Makes the passbook of a subscription: dues and payments as the journal says, credit and arrears as the book has them now. */
export async function statementOf(portal: Portal, row: SubscriptionRow): Promise<Result<Statement, Trouble>> {
  await portal.feed.caughtUp();
  const read = await chitsOf(portal.book).read(row.scheme_id);
  if (read.isErr()) return err(read.error);
  const ticket = read.value.state?.tickets[row.ticket - 1];
  if (!ticket) return err({ code: 'nothing_there', what: 'subscription' });
  const account = `chits:${row.scheme_id}:tickets:${row.ticket}`;
  const balance = await portal.book.balance(account, inr);
  if (balance.isErr()) return err(balance.error);
  const { database } = portal;
  const dues = await database
    .selectFrom('ticket_dues')
    .selectAll()
    .where('scheme_id', '=', row.scheme_id)
    .where('ticket', '=', row.ticket)
    .orderBy('instalment')
    .execute();
  const payments = await database
    .selectFrom('payments')
    .selectAll()
    .where('subscription_id', '=', row.id)
    .orderBy('created_at')
    .orderBy('id')
    .limit(MOST)
    .execute();
  const { prize } = ticket;
  return ok({
    ticket: row.ticket,
    membership: ticket.membership,
    instalments: dues.map((due) => ({
      instalment: due.instalment,
      dueOn: due.due_on,
      due: due.amount,
      dividend: due.dividend,
      paid: due.paid,
      open: decimal(inr(due.amount as '1').minor - inr(due.paid as '1').minor),
      paidOn: due.paid_on,
    })),
    payments: payments.map(paymentDocument),
    credit: formatDecimal(balance.value.money),
    arrears: ticket.arrears.map(({ instalment, due, principal, interest, late }) => {
      return { instalment, dueOn: due, principal: decimal(principal), interest: decimal(interest), late };
    }),
    prize: prize ? { instalment: prize.instalment, status: prize.status, amount: decimal(prize.amount) } : null,
  });
}

/** More than a scheme of daily instalments has in three years. */
const MOST = 2_000;
