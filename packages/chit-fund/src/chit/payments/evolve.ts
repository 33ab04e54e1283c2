import { withInstalment } from '../draws/evolve.ts';
import { withTicket } from '../scheme-of.ts';
import type { Arrear, Chit, LateCost, Ticket } from '../state.ts';
import { withoutLate } from './decide-money.ts';
import { withArrear } from './decide-settle.ts';
import type { Credited, PaymentEvent } from './events.ts';

/** Folds what happens with payments. */
export function evolvePayments(chit: Chit, event: PaymentEvent): Chit {
  switch (event.type) {
    case 'PaymentReceived': {
      const { payment: id, amount, channel, on, credited, settledBefore } = event;
      return withTicket(withCredited(chit, credited), credited.ticket, (ticket) => ({
        ...ticket,
        payments: [
          ...ticket.payments.filter((one) => one.on >= settledBefore),
          { id, amount: amount.minor, channel, on },
        ],
      }));
    }
    case 'PaymentReversed':
      return withTicket(chit, event.ticket, (ticket) => ({
        ...ticket,
        arrears: event.arrears,
        payments: ticket.payments.filter(({ id }) => id !== event.payment),
      }));
    case 'InstalmentSettled':
      return settled(chit, event);
    case 'RedrawSettled':
      return redrawn(chit, event);
    case 'InstalmentOverdue':
      return event.late.reduce<Chit>(
        (next, { ticket, forfeited }) =>
          withTicket(next, ticket, (known) => ({
            ...known,
            arrears: known.arrears.map((one) => (one.instalment === event.instalment ? late(one, forfeited) : one)),
          })),
        withInstalment(chit, event.instalment, (known) => ({ ...known, overdue: true })),
      );
    case 'DividendRestored': {
      const { ticket, instalment, credited, fromPenalties, fromCarry, taken } = event;
      const restored = withCredited(withoutLate(chit, ticket, instalment, fromCarry), credited);
      return {
        ...restored,
        penalties: restored.penalties - fromPenalties,
        taken: { ...restored.taken, penalties: restored.taken.penalties - taken },
      };
    }
    case 'CreditReturned':
      return chit;
    case 'ArrearsWrittenOff':
      return {
        ...withTicket(chit, event.ticket, (ticket) => ({ ...ticket, arrears: [] })),
        penalties: chit.penalties + event.withheld,
      };
    case 'IncomeTaken': {
      const { commission, tax, penalties } = chit.taken;
      return {
        ...chit,
        taken: {
          commission: commission + event.commission.minor,
          tax: tax + event.tax.minor,
          penalties: penalties + event.penalties.minor,
        },
      };
    }
    case 'RemainderShared':
      return {
        ...chit,
        carry: 0n,
        reserve: 0n,
        tickets: chit.tickets.map((ticket, index) => ({
          ...ticket,
          dividends: ticket.dividends + (event.shares[index] ?? 0n),
        })),
      };
  }
}

/** Folds what became of money that came to a ticket. */
export function withCredited(chit: Chit, credited: Credited): Chit {
  const { ticket, arrears, cleared, penalties, carry } = credited;
  const { forfeit } = chit.terms.late;
  const costs = cleared.flatMap(({ instalment, interest, forfeited }): LateCost[] => {
    const cost = {
      instalment,
      penalties: interest + (forfeit === 'foreman' ? forfeited : 0n),
      carry: forfeit === 'pool' ? forfeited : 0n,
    };
    return cost.penalties + cost.carry > 0n ? [cost] : [];
  });
  return {
    ...withTicket(chit, ticket, (known) => ({ ...known, arrears, costs: [...known.costs, ...costs] })),
    carry: chit.carry + carry,
    penalties: chit.penalties + penalties,
  };
}

function late(arrear: Arrear, forfeited: bigint): Arrear {
  return arrear.late ? arrear : { ...arrear, late: true, forfeited };
}

function settled(chit: Chit, event: Extract<PaymentEvent, { type: 'InstalmentSettled' }>): Chit {
  const { instalment, due, dues, money, dividends, prizes, terminal, matured } = event;
  const withDues: Chit = {
    ...chit,
    tickets: chit.tickets.map((ticket, index) => ({
      ...ticket,
      dues: ticket.dues + (dues[index]?.due ?? 0n),
      dividends: ticket.dividends + (dividends[index] ?? 0n),
    })),
  };
  const withArrears = dues.reduce((next, ticketDue) => withArrear(next, ticketDue, { instalment, due }), withDues);
  const won = withPrizes(withArrears, prizes);
  const premium = chit.terms.method.type === 'hui_premium';
  const wins = chit.instalments[instalment - 1]?.wins ?? [];
  const next = wins.reduce(
    (before, { ticket, discount }) =>
      premium ? withTicket(before, ticket, (known) => ({ ...known, premium: discount })) : before,
    won,
  );
  const isLast = instalment === chit.terms.instalments;
  const waits = money.floatOut > 0n && !isLast;
  const changed: Chit = {
    ...withInstalment(next, instalment, (known) => ({ ...known, status: 'settled', money })),
    carry: money.carryOut,
    reserve: money.reserveOut,
    float: waits ? dividends : [],
    setOff: dues.some(({ setOff }) => setOff > 0n) ? dues.map(({ setOff }) => setOff) : [],
    phase: matured ? 'matured' : chit.phase,
  };
  return terminal.reduce(withCredited, changed);
}

function redrawn(chit: Chit, event: Extract<PaymentEvent, { type: 'RedrawSettled' }>): Chit {
  const { instalment, prizes, difference, matured } = event;
  const changed = withInstalment(withPrizes(chit, prizes), instalment, ({ voided: _voided, ...known }) => ({
    ...known,
    status: 'settled',
    ...(known.money ? { money: { ...known.money, redrawn: known.money.redrawn + difference } } : {}),
  }));
  return { ...changed, carry: chit.carry + difference, phase: matured ? 'matured' : chit.phase };
}

function withPrizes(chit: Chit, prizes: readonly { readonly ticket: number; readonly prize: bigint }[]): Chit {
  return prizes.reduce(
    (next, { ticket, prize }) =>
      withTicket(
        next,
        ticket,
        (known): Ticket =>
          known.prize ? { ...known, prize: { ...known.prize, status: 'awaiting', amount: prize } } : known,
      ),
    chit,
  );
}
