import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { accrue } from '../chit/payments/interest.ts';
import type { TicketUnknown } from '../chit/refusals.ts';
import { amountOf, ticketOf } from '../chit/scheme-of.ts';
import type { Chit, Membership, Prize, Ticket } from '../chit/state.ts';
import type { Day } from '../terms/terms.ts';
import { type ChitHistory, type HistoryStep, lastOf, stepsOf } from './history.ts';
import { linesOf, openOf, type RawLine, type StatementKind } from './statement-lines.ts';

/** One line of a passbook. */
export interface StatementLine {
  readonly sequence: number;
  readonly at: Instant;
  readonly day: Day;
  readonly what: StatementKind;
  readonly instalment?: number;
  /** The receipt of a payment. */
  readonly reference?: string;
  /** Above zero for what is in the ticket's favour. */
  readonly amount: Money;
  /** After the line: credit less what is owed. */
  readonly balance: Money;
}

/** What happened to a ticket's prize. It is no part of the balance: a prize never pays a due unless it is kept for that. */
export interface PrizeLine {
  readonly at: Instant;
  readonly day: Day;
  readonly what: 'won' | 'settled' | 'secured' | 'deposited' | 'paid' | 'prepaid' | 'voided' | 'unclaimed';
  readonly instalment: number;
  /** The prize; of a security its value; of what was prepaid, what was paid out. */
  readonly amount?: Money;
}

/** What is open of one instalment on the day of the statement. */
export interface OpenArrear {
  readonly instalment: number;
  readonly due: Day;
  readonly principal: Money;
  readonly forfeited: Money;
  /** Up to the day of the statement. */
  readonly interest: Money;
  readonly late: boolean;
}

/** The passbook of a ticket. */
export interface Statement {
  readonly ticket: number;
  readonly asOf: Day;
  readonly membership: Membership;
  readonly holders: Ticket['holders'];
  readonly lines: readonly StatementLine[];
  readonly totals: {
    /** Instalments before dividends. */
    readonly due: Money;
    /** Set off, or given at the end. */
    readonly dividends: Money;
    /** Less what was taken back. */
    readonly paid: Money;
  };
  readonly arrears: readonly OpenArrear[];
  /** Paid and not used yet. */
  readonly credit: Money;
  /** Credit less all that is open, interest up to the day. */
  readonly balance: Money;
  readonly prize?: { readonly instalment: number; readonly status: Prize['status']; readonly amount: Money };
  readonly prizes: readonly PrizeLine[];
}

/**
 * Makes the passbook of a ticket: each due, dividend, payment and charge with the balance after it, what is open with interest up to a day, and what became of its
 * prize. Where the ticket had several holders, it goes on from one to the next.
 *
 * @param history - What {@link chitHistory} gave.
 * @param ticket - From 1.
 * @param options - The day up to which interest runs; what happened later is left out.
 * @returns The passbook.
 *
 * @errors
 * - `ticket_unknown`: the scheme has no such ticket.
 * @source docs/rules/chit-fund.md, CF-46
 */
export function statementOf(
  history: ChitHistory,
  ticket: number,
  { asOf }: { readonly asOf: Day },
): Result<Statement, TicketUnknown> {
  const steps = stepsOf(history, asOf);
  const chit = lastOf(steps, history);
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const { lines, credit } = passbookOf(chit, steps, ticket);
  const amount = (minor: bigint): Money => amountOf(chit, minor);
  const arrears = known.arrears.map((arrear) => accrue(arrear, chit.terms.late, asOf));
  const total = (...kinds: readonly StatementKind[]): bigint =>
    lines.reduce((sum, line) => (kinds.includes(line.what) ? sum + line.amount.minor : sum), 0n);
  const { prize, membership, holders } = known;
  return ok({
    ticket,
    asOf,
    membership,
    holders,
    lines,
    totals: {
      due: amount(-total('due')),
      dividends: amount(total('dividend', 'credited_dividend', 'remainder')),
      paid: amount(total('payment', 'reversal')),
    },
    arrears: arrears.map(({ instalment, due, principal, forfeited, interest, late }) => {
      return {
        instalment,
        due,
        principal: amount(principal),
        forfeited: amount(forfeited),
        interest: amount(interest),
        late,
      };
    }),
    credit: amount(credit),
    balance: amount(credit - openOf(arrears)),
    ...(prize ? { prize: { instalment: prize.instalment, status: prize.status, amount: amount(prize.amount) } } : {}),
    prizes: steps.flatMap((step) => prizeLinesOf(step, ticket)),
  });
}

function passbookOf(
  chit: Chit,
  steps: readonly HistoryStep[],
  ticket: number,
): { readonly lines: readonly StatementLine[]; readonly credit: bigint } {
  const lines: StatementLine[] = [];
  let [credit, balance] = [0n, 0n];
  for (const step of steps) {
    const { sequence, at, day } = step;
    const raw = linesOf(step, ticket, credit);
    credit = raw.credit;
    for (const { what, minor, ...about } of raw.lines.filter(isNotEmpty)) {
      balance += minor;
      lines.push({
        sequence,
        at,
        day,
        what,
        ...about,
        amount: amountOf(chit, minor),
        balance: amountOf(chit, balance),
      });
    }
  }
  return { lines, credit };
}

function isNotEmpty({ minor }: RawLine): boolean {
  return minor !== 0n;
}

function prizeLinesOf({ event, before, after, at, day }: HistoryStep, ticket: number): readonly PrizeLine[] {
  const line = (what: PrizeLine['what'], instalment: number, amount?: Money): readonly PrizeLine[] => [
    { at, day, what, instalment, ...(amount ? { amount } : {}) },
  ];
  if (event.type === 'DrawDeclared')
    return event.wins.some((win) => win.ticket === ticket) ? line('won', event.instalment) : [];
  if (event.type === 'InstalmentSettled' || event.type === 'RedrawSettled') {
    const own = event.prizes.find((one) => one.ticket === ticket);
    return own ? line('settled', event.instalment, amountOf(after, own.prize)) : [];
  }
  if (!('ticket' in event) || event.ticket !== ticket) return [];
  const known = before && ticketOf(before, ticket)?.prize;
  switch (event.type) {
    case 'SecurityGiven':
      return known ? line('secured', known.instalment, event.value) : [];
    case 'PrizeDeposited':
      return line('deposited', event.instalment, event.amount);
    case 'PrizePaid':
      return line('paid', event.instalment, event.amount);
    case 'PrizePrepaid':
      return line('prepaid', event.instalment, event.paid);
    case 'DrawVoided':
      return line('voided', event.instalment, amountOf(after, event.amount));
    case 'UnclaimedDeposited':
      return known && UNPAID.includes(known.status)
        ? line('unclaimed', known.instalment, amountOf(after, known.amount))
        : [];
    default:
      return [];
  }
}

const UNPAID: readonly Prize['status'][] = ['awaiting', 'secured', 'deposited'];
