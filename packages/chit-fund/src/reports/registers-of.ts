import type { Instant } from '@holdfast/kernel';
import { type Money, sum } from '@holdfast/money';
import { amountOf } from '../chit/scheme-of.ts';
import type { Chit, Holder } from '../chit/state.ts';
import type { Day } from '../terms/terms.ts';
import { depositLinesOf } from './deposit-lines.ts';
import { type ChitHistory, type HistoryStep, lastOf, stepsOf } from './history.ts';

/** Who held a ticket, from when, and by what. */
export interface RegisterHolding {
  readonly holders: readonly Holder[];
  readonly from: Instant;
  /** Absent while they hold it. */
  readonly until?: Instant;
  /** `foreman`: he took it over where nobody else did. */
  readonly by: 'enrolled' | 'transferred' | 'nominee' | 'substituted' | 'foreman' | 'reinstated';
  /** Of a transfer. */
  readonly deed?: string;
}

/** A ticket and its assignments, oldest first. */
export interface RegisterTicket {
  readonly ticket: number;
  readonly holdings: readonly RegisterHolding[];
}

/** An amount that somebody paid for a ticket, or that was taken back (below zero). */
export interface RegisterPayment {
  readonly at: Instant;
  readonly day: Day;
  readonly ticket: number;
  /** Who held the ticket then. */
  readonly holders: readonly Holder[];
  readonly what: 'payment' | 'reversal' | 'substitution' | 'foreman' | 'return';
  /** The receipt; of a substitution none. */
  readonly payment?: string;
  readonly amount: Money;
}

/** An amount that was paid to a prized subscriber. */
export interface RegisterPrize {
  readonly at: Instant;
  readonly day: Day;
  readonly ticket: number;
  readonly instalment: number;
  readonly amount: Money;
  /** By holder; absent where the rest was kept against what is to come. */
  readonly shares?: readonly { readonly person: string; readonly amount: Money }[];
}

/** Money that was put into a deposit apart, or left it (below zero). */
export interface RegisterDeposit {
  readonly at: Instant;
  readonly day: Day;
  readonly ticket: number;
  /** `prize`: not collected. `future`: kept of a prize against what is to come. `leaver`: lies for somebody who was removed or left. `unclaimed`: at the end. */
  readonly of: 'prize' | 'future' | 'leaver' | 'unclaimed';
  readonly amount: Money;
}

/** The registers of s. 23. */
export interface Registers {
  readonly subscribers: readonly RegisterTicket[];
  readonly payments: readonly RegisterPayment[];
  readonly prizes: readonly RegisterPrize[];
  readonly deposits: readonly RegisterDeposit[];
  readonly totals: {
    readonly paid: Money;
    readonly toPrized: Money;
    /** What lies apart now: uncollected prizes, leavers' money, unclaimed money. What was kept of prizes is used up by instalments, and is no part of it. */
    readonly deposited: Money;
  };
}

/**
 * Makes the registers that s. 23 asks for: subscribers and tickets with every assignment, what each paid, what was paid to prized subscribers, and what was put into
 * the bank apart.
 *
 * @param history - What {@link chitHistory} gave.
 * @returns The registers, oldest first.
 * @source docs/rules/chit-fund.md, CF-47
 */
export function registersOf(history: ChitHistory): Registers {
  const steps = stepsOf(history);
  const chit = lastOf(steps, history);
  const payments = steps.flatMap(paymentsOf);
  const prizes = steps.flatMap(prizesOf);
  const deposits = depositLinesOf(steps);
  const total = (lines: readonly { readonly amount: Money }[]): Money =>
    sum(
      lines.map(({ amount }) => amount),
      chit.terms.subscription.currency,
    );
  return {
    subscribers: chit.tickets.map((_, index) => ({ ticket: index + 1, holdings: holdingsOf(steps, index + 1) })),
    payments,
    prizes,
    deposits,
    totals: {
      paid: total(payments),
      toPrized: total(prizes),
      deposited: total(deposits.filter(({ of }) => of !== 'future')),
    },
  };
}

function holdingsOf(steps: readonly HistoryStep[], ticket: number): readonly RegisterHolding[] {
  const holdings: RegisterHolding[] = [];
  const end = (until: Instant): void => {
    const last = holdings.at(-1);
    if (last && last.until === undefined) holdings[holdings.length - 1] = { ...last, until };
  };
  for (const { event, at, before, after } of steps) {
    const begin = (by: RegisterHolding['by'], deed?: string): void => {
      end(at);
      const holders = after.tickets[ticket - 1]?.holders ?? [];
      holdings.push({ holders, from: at, by, ...(deed === undefined ? {} : { deed }) });
    };
    if (event.type === 'DeathRecorded' && event.tickets.includes(ticket)) begin('nominee');
    if (event.type === 'SchemeTerminated' && event.claims.some((one) => one.ticket === ticket)) end(at);
    if (!('ticket' in event) || event.ticket !== ticket) continue;
    if (event.type === 'TicketTransferred') begin('transferred', event.deed);
    else if (event.type === 'SubscriberRemoved') end(at);
    else if (event.type === 'EnrolmentWithdrawn') holdings.length = 0;
    else if (event.type === 'DisputeClosed') {
      if (event.award === 'reinstate' && before?.tickets[ticket - 1]?.membership === 'removed') begin('reinstated');
    } else {
      const by = BEGINS[event.type];
      if (by) begin(by);
    }
  }
  return holdings;
}

function paymentsOf({ event, at, day, before, after }: HistoryStep): readonly RegisterPayment[] {
  const line = (ticket: number, what: RegisterPayment['what'], amount: Money, payment?: string): RegisterPayment[] => {
    const holders = (what === 'substitution' ? after : before)?.tickets[ticket - 1]?.holders ?? [];
    return [{ at, day, ticket, holders, what, ...(payment === undefined ? {} : { payment }), amount }];
  };
  switch (event.type) {
    case 'PaymentReceived':
      return line(event.credited.ticket, 'payment', event.amount, event.payment);
    case 'PaymentReversed':
      return line(event.ticket, 'reversal', amountOf(after, -event.amount.minor), event.payment);
    case 'SubscriberSubstituted':
      return line(event.ticket, 'substitution', event.paid);
    case 'CreditReturned':
      return line(event.ticket, 'return', amountOf(after, -event.amount.minor));
    case 'VacantTicketHeld':
    case 'SubscriberLeft':
      return [
        {
          ...(line(event.ticket, 'foreman', event.paid)[0] as RegisterPayment),
          holders: holdersAfter(after, event.ticket),
        },
      ];
    default:
      return [];
  }
}

function prizesOf({ event, at, day }: HistoryStep): readonly RegisterPrize[] {
  if (event.type === 'PrizePaid') {
    const { ticket, instalment, amount, shares } = event;
    return [{ at, day, ticket, instalment, amount, shares }];
  }
  if (event.type !== 'PrizePrepaid') return [];
  const { ticket, instalment, paid } = event;
  return [{ at, day, ticket, instalment, amount: paid }];
}

function holdersAfter({ tickets }: Chit, ticket: number): readonly Holder[] {
  return tickets[ticket - 1]?.holders ?? [];
}

const BEGINS: { readonly [type: string]: RegisterHolding['by'] } = {
  TicketEnrolled: 'enrolled',
  SubscriberSubstituted: 'substituted',
  VacantTicketHeld: 'foreman',
  SubscriberLeft: 'foreman',
  SubscriberReinstated: 'reinstated',
};
