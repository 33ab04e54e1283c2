import { accrue, type Ticket } from '@holdfast/chit-fund';
import { formatDecimal, inr } from '@holdfast/money';
import type { Selectable } from 'kysely';
import { err, ok, type Result } from 'neverthrow';
import { chitsOf } from '../book/chits.ts';
import { dayOf } from '../day-of.ts';
import { decimal } from '../feed/project-dues.ts';
import type { PortalTables } from '../host/tables.ts';
import type { Trouble } from '../http/respond.ts';
import { type PaymentDocument, type PaymentRow, paymentDocument } from '../payments/payment-row.ts';
import type { Portal } from '../portal.ts';
import { holdsTicket } from './holds-ticket.ts';
import { owedOf, type PrizeShown, showPrize } from './show-prize.ts';
import type { SubscriptionRow } from './subscription-row.ts';

/** One instalment in a passbook. */
export interface StatementLine {
  readonly instalment: number;
  readonly dueOn: string;
  /** After the dividend. */
  readonly due: string;
  readonly dividend: string;
  readonly paid: string;
  /** Without interest; with the dividend that being late has forfeited. */
  readonly open: string;
  readonly paidOn: string | null;
}

/** The passbook of a ticket. */
export interface Statement {
  readonly schemeId: string;
  readonly ticket: number;
  /** `ended` for one who holds the ticket no more: what became of it since is its new holder's to know. */
  readonly membership: string;
  readonly instalments: readonly StatementLine[];
  readonly payments: readonly PaymentDocument[];
  /** Paid and not used yet. */
  readonly credit: string;
  /** All that is open of settled instalments, with interest so far. */
  readonly open: string;
  readonly arrears: readonly {
    readonly instalment: number;
    readonly dueOn: string;
    readonly principal: string;
    readonly interest: string;
    readonly late: boolean;
  }[];
  readonly prize: PrizeShown | null;
}

/** Makes the passbook of a subscription: dues and payments as the journal says, credit and arrears as the book has them now. */
export async function statementOf(portal: Portal, row: SubscriptionRow): Promise<Result<Statement, Trouble>> {
  await portal.feed.caughtUp();
  const read = await chitsOf(portal.book).read(row.scheme_id);
  if (read.isErr()) return err(read.error);
  const chit = read.value.state;
  const ticket = chit?.tickets[row.ticket - 1];
  if (!ticket) return err({ code: 'nothing_there', what: 'subscription' });
  const payments = (await paymentsOf(portal, row)).map(paymentDocument);
  const place = { schemeId: row.scheme_id, ticket: row.ticket };
  if (!holdsTicket(chit, row)) return ok({ ...place, ...ENDED, payments });
  const account = `chits:${row.scheme_id}:tickets:${row.ticket}`;
  const balance = await portal.book.balance(account, inr);
  if (balance.isErr()) return err(balance.error);
  const today = dayOf(portal.clock());
  return ok({
    ...place,
    membership: ticket.membership,
    instalments: (await duesOf(portal, row)).map((due) => lineOf(due, ticket.arrears)),
    payments,
    credit: formatDecimal(balance.value.money),
    open: decimal(owedOf(chit, ticket.arrears, today)),
    arrears: ticket.arrears.map((arrear) => {
      const { instalment, due, principal, interest, late } = accrue(arrear, chit.terms.late, today);
      return { instalment, dueOn: due, principal: decimal(principal), interest: decimal(interest), late };
    }),
    prize: showPrize(chit, row.ticket, today),
  });
}

const ENDED = {
  membership: 'ended',
  instalments: [],
  credit: '0.00',
  open: '0.00',
  arrears: [],
  prize: null,
} satisfies Partial<Statement>;

function duesOf({ database }: Portal, row: SubscriptionRow): Promise<DueRow[]> {
  return database
    .selectFrom('ticket_dues')
    .selectAll()
    .where('scheme_id', '=', row.scheme_id)
    .where('ticket', '=', row.ticket)
    .orderBy('instalment')
    .execute();
}

/** What is open is what the book says: a payment that was taken back can leave more of it than was due. */
function lineOf(
  { instalment, due_on, amount, dividend, paid, paid_on }: DueRow,
  arrears: Ticket['arrears'],
): StatementLine {
  const { principal = 0n, forfeited = 0n } = arrears.find((arrear) => arrear.instalment === instalment) ?? {};
  const open = decimal(principal + forfeited);
  return { instalment, dueOn: due_on, due: amount, dividend, paid, open, paidOn: paid_on };
}

function paymentsOf({ database }: Portal, row: SubscriptionRow): Promise<PaymentRow[]> {
  return database
    .selectFrom('payments')
    .selectAll()
    .where('subscription_id', '=', row.id)
    .orderBy('created_at')
    .orderBy('id')
    .limit(MOST)
    .execute();
}

type DueRow = Selectable<PortalTables['ticket_dues']>;

/** More than a scheme of daily instalments has in three years. */
const MOST = 2_000;
