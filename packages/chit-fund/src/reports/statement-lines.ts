import { least } from '../chit/least.ts';
import type { Credited } from '../chit/payments/events.ts';
import { ticketOf } from '../chit/scheme-of.ts';
import type { Arrear, Chit } from '../chit/state.ts';
import type { HistoryStep } from './history.ts';

/**
 * What a line of a passbook is. `due`: an instalment before its dividend. `dividend`: set off in it. `credited_dividend`: one that no due is left for. `forfeited`: a dividend that being late has cost. `restored`: given again. `waived`: what being
 * late would still have cost. `kept`: of the prize, against what is to come. `taken_over`: another holder came, with whom nothing is open. `ended`: the scheme
 * ended early, and what was open is reckoned up elsewhere.
 */
export type StatementKind =
  | 'due'
  | 'dividend'
  | 'credited_dividend'
  | 'payment'
  | 'reversal'
  | 'interest'
  | 'forfeited'
  | 'restored'
  | 'waived'
  | 'returned'
  | 'written_off'
  | 'kept'
  | 'remainder'
  | 'taken_over'
  | 'owed_at_end'
  | 'ended'
  | 'unclaimed';

/** A line before it has a balance. In minor units: what raises the balance is above zero. */
export interface RawLine {
  readonly what: StatementKind;
  readonly minor: bigint;
  readonly instalment?: number;
  /** Of a payment. */
  readonly reference?: string;
}

/** What one step did to a ticket. */
export interface RawStep {
  readonly lines: readonly RawLine[];
  /** What the ticket has as credit afterwards, in minor units. */
  readonly credit: bigint;
}

/** Says what a step did to a ticket's passbook. */
export function linesOf({ event, before, after }: HistoryStep, ticket: number, credit: bigint): RawStep {
  const same: RawStep = { lines: [], credit };
  if (!before) return same;
  const isOwn = 'ticket' in event && event.ticket === ticket;
  const owed = openOf(arrearsOf(before, ticket));
  switch (event.type) {
    case 'PaymentReceived': {
      if (event.credited.ticket !== ticket) return same;
      const paid = { what: 'payment', minor: event.amount.minor, reference: event.payment } as const;
      return creditedStep(event.credited, arrearsOf(before, ticket), [paid], credit);
    }
    case 'PaymentReversed': {
      if (!isOwn) return same;
      const { minor } = event.amount;
      return {
        lines: [
          { what: 'reversal', minor: -minor, reference: event.payment },
          { what: 'forfeited', minor: forfeitedOf(before, ticket) - forfeitedOf(after, ticket) },
        ],
        credit: credit - least(credit, minor),
      };
    }
    case 'InstalmentSettled':
      return settledStep(event, { before, ticket, credit });
    case 'InstalmentOverdue': {
      const { instalment } = event;
      const minor = forfeitedOf(before, ticket) - forfeitedOf(after, ticket);
      return { lines: [{ what: 'forfeited', minor, instalment }], credit };
    }
    case 'DividendRestored': {
      if (!isOwn) return same;
      const { instalment, credited } = event;
      const arrears = arrearsOf(before, ticket);
      const waived = arrears.filter((one) => one.instalment === instalment && one.late);
      const others = arrears.filter((one) => !waived.includes(one));
      const lines = [
        { what: 'restored', minor: credited.amount, instalment },
        { what: 'waived', minor: sumOf(waived, ({ interest, forfeited }) => interest + forfeited), instalment },
      ] as const;
      return creditedStep(credited, others, lines, credit);
    }
    case 'CreditReturned':
      return isOwn
        ? { lines: [{ what: 'returned', minor: -event.amount.minor }], credit: credit - event.amount.minor }
        : same;
    case 'RemainderShared': {
      const minor = event.shares[ticket - 1] ?? 0n;
      return { lines: [{ what: 'remainder', minor }], credit: credit + minor };
    }
    case 'PrizePrepaid': {
      if (!isOwn) return same;
      const kept = { what: 'kept', minor: event.kept.minor, instalment: event.instalment } as const;
      return creditedStep(event.credited, arrearsOf(before, ticket), [kept], credit);
    }
    case 'ArrearsWrittenOff':
      return isOwn ? { lines: [{ what: 'written_off', minor: owed }], credit } : same;
    case 'DisputeClosed':
      return isOwn && event.award === 'write_off' ? { lines: [{ what: 'written_off', minor: owed }], credit } : same;
    case 'SubscriberSubstituted':
    case 'VacantTicketHeld':
    case 'SubscriberLeft':
      return isOwn ? { lines: [{ what: 'taken_over', minor: owed - credit }], credit: 0n } : same;
    case 'UnclaimedDeposited':
      return isOwn ? { lines: [{ what: 'unclaimed', minor: -credit }], credit: 0n } : same;
    case 'SchemeTerminated':
      return endedStep(event, { before, ticket, credit });
    default:
      return same;
  }
}

/** What is open of arrears, interest as far as it was reckoned, in minor units. */
export function openOf(arrears: readonly Arrear[]): bigint {
  return sumOf(arrears, ({ principal, interest, forfeited }) => principal + interest + forfeited);
}

interface Place {
  readonly before: Chit;
  readonly ticket: number;
  readonly credit: bigint;
}

function settledStep(
  event: Extract<HistoryStep['event'], { type: 'InstalmentSettled' }>,
  { before, ticket, credit }: Place,
): RawStep {
  const { instalment } = event;
  const own = event.dues[ticket - 1];
  if (!own) return { lines: [], credit };
  const lines: readonly RawLine[] = [
    { what: 'due', minor: -own.due - own.setOff, instalment },
    { what: 'dividend', minor: own.setOff, instalment },
  ];
  const settled = { lines, credit: credit - own.covered };
  const terminal = event.terminal.find((one) => one.ticket === ticket);
  if (!terminal) return settled;
  // What this due leaves open is not late yet, and bears no interest.
  const arrears = arrearsOf(before, ticket);
  const dividend: RawLine = { what: 'credited_dividend', minor: terminal.amount, instalment };
  return creditedStep(terminal, arrears, [...lines, dividend], settled.credit);
}

function endedStep(
  event: Extract<HistoryStep['event'], { type: 'SchemeTerminated' }>,
  { before, ticket, credit }: Place,
): RawStep {
  const leaves = event.claims.some((one) => one.ticket === ticket);
  const owed = event.owed.find((one) => one.ticket === ticket)?.arrear;
  const arrears = leaves ? [] : arrearsOf(before, ticket);
  const lines: readonly RawLine[] = [
    { what: 'ended', minor: leaves ? openOf(arrearsOf(before, ticket)) : 0n },
    { what: 'owed_at_end', minor: -(owed?.principal ?? 0n) },
  ];
  const credited = event.credited.find((one) => one.ticket === ticket);
  if (!credited) return { lines, credit };
  // All credit is reckoned with what is owed: what is beyond it is the dividend that waited.
  const dividend: RawLine = { what: 'credited_dividend', minor: credited.amount - credit };
  return creditedStep(credited, arrears, [...lines, dividend], 0n);
}

/** Money that came to a ticket: it may be charged interest first, and may get a dividend again that was kept back. */
function creditedStep(
  credited: Credited,
  arrears: readonly Arrear[],
  lines: readonly RawLine[],
  credit: bigint,
): RawStep {
  const interestOf = ({ interest }: { readonly interest: bigint }): bigint => interest;
  const accrued =
    sumOf(credited.arrears, interestOf) + sumOf(credited.cleared, interestOf) - sumOf(arrears, interestOf);
  return {
    lines: [...lines, { what: 'interest', minor: -accrued }, { what: 'restored', minor: credited.restored }],
    credit: credit + credited.credit,
  };
}

function arrearsOf(chit: Chit, ticket: number): readonly Arrear[] {
  return ticketOf(chit, ticket)?.arrears ?? [];
}

function forfeitedOf(chit: Chit, ticket: number): bigint {
  return sumOf(arrearsOf(chit, ticket), ({ forfeited }) => forfeited);
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => bigint): bigint {
  return items.reduce((sum, item) => sum + of(item), 0n);
}
