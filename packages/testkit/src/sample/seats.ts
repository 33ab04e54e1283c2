import {
  accountKey,
  type Decider,
  type DomainEvent,
  type FreeText,
  freeText,
  type Instant,
  isInstant,
  type Json,
  type Refusal,
  recordKey,
  type ShapeInvalid,
  show,
  type TextReference,
  type Transfer,
} from '@holdfast/kernel';
import { isMoney, type Money } from '@holdfast/money';
import { err, ok } from 'neverthrow';

/** The seat exists already. */
export interface SeatExists extends Refusal<'seat_exists'> {}
/** There is no such seat. */
export interface SeatUnknown extends Refusal<'seat_unknown'> {}
/** The seat is no longer held. */
export interface SeatNotHeld extends Refusal<'seat_not_held'> {
  readonly status: SeatStatus;
}
/** The seat's time is not over. */
export interface SeatNotDue extends Refusal<'seat_not_due'> {
  readonly dueAt: Instant;
}

/** How a seat can stand. */
export type SeatStatus = 'held' | 'confirmed' | 'left' | 'expired';

/** What the sample decider of seats takes. */
export type SeatCommands = {
  readonly HoldSeat: {
    readonly command: {
      readonly place: string;
      readonly buyer: string;
      readonly price: Money;
      readonly expiresAt: Instant;
      readonly note?: string;
    };
    readonly refusal: SeatExists;
  };
  readonly ConfirmSeat: { readonly command: object; readonly refusal: SeatUnknown | SeatNotHeld };
  readonly LeaveSeat: { readonly command: object; readonly refusal: SeatUnknown | SeatNotHeld };
  readonly ExpireSeat: { readonly command: object; readonly refusal: SeatUnknown | SeatNotHeld | SeatNotDue };
};

/** A seat: a place that one buyer holds, pays for in advance, and confirms, leaves or loses. */
export interface Seat {
  readonly id: string;
  readonly place: string;
  readonly buyer: string;
  readonly price: Money;
  readonly expiresAt: Instant;
  readonly status: SeatStatus;
  readonly note?: FreeText | TextReference;
}

/** What happened to a seat; it carries the seat as it then stands. */
export interface SeatEvent extends DomainEvent<'SeatHeld' | 'SeatConfirmed' | 'SeatLeft' | 'SeatExpired'> {
  readonly seat: Seat;
}

/**
 * A small domain with something of everything that a store keeps: money held and let go, a record, a claim on the place, a deadline, a free
 * text, and accounts that the next command will touch.
 */
export const seats: Decider<SeatCommands, Seat, SeatEvent> & { readonly keeps: 'record' } = {
  kind: 'seat',
  keeps: 'record',
  parse(command) {
    const given = command as { readonly type?: unknown; readonly price?: unknown; readonly expiresAt?: unknown };
    if (typeof given?.type !== 'string' || !(given.type in statusAfter))
      return err(shape('type', given?.type, 'a command'));
    if (given.type !== 'HoldSeat') return ok(given as never);
    if (!isMoney(given.price) || given.price.minor <= 0n) return err(shape('price', given.price, 'money above zero'));
    if (!isInstant(given.expiresAt)) return err(shape('expiresAt', given.expiresAt, 'an instant'));
    return ok(given as never);
  },
  needs: () => ({}),
  decide(seen, command, { id, at }) {
    const seat = seen.record(id) as Seat | undefined;
    const type = command.type as keyof SeatCommands;
    if (type === 'HoldSeat') {
      if (seat) return err({ code: 'seat_exists' });
      const { place, buyer, price, expiresAt, note } = command as unknown as SeatCommands['HoldSeat']['command'];
      const held: Seat = { id, place, buyer, price, expiresAt, status: 'held' };
      return ok([{ type: 'SeatHeld', seat: note === undefined ? held : { ...held, note: freeText(note) } }]);
    }
    if (!seat) return err({ code: 'seat_unknown' });
    if (seat.status !== 'held') return err({ code: 'seat_not_held', status: seat.status } as SeatNotHeld);
    if (type === 'ExpireSeat' && at < seat.expiresAt) {
      return err({ code: 'seat_not_due', dueAt: seat.expiresAt } as SeatNotDue);
    }
    // Nothing below refuses.
    const status = statusAfter[type];
    return ok([{ type: eventOf[status], seat: { ...seat, status } }]);
  },
  evolve: (_state, { seat }) => seat,
  transfers: ({ seat }) => [transferOf(seat)],
  standing: ({ id, place, buyer, price, expiresAt, status }) => ({
    status,
    claims: status === 'held' || status === 'confirmed' ? [`place:${place}`] : [],
    deadlines: status === 'held' ? [{ name: 'expiry', dueAt: expiresAt, command: { type: 'ExpireSeat' } }] : [],
    touches:
      status === 'held' ? [heldBy(id), availableTo(buyer)].map((name) => accountKey(name, price.currency.code)) : [],
  }),
  codec: {
    encodeState: (seat) => seat as unknown as Json,
    // Money comes revived.
    decodeState: (json) => json as unknown as Seat,
    encodeEvent: ({ type, seat }) => ({ type, version: 1, data: seat as unknown as Json }),
    decodeEvent: ({ type, data }) => ({ type, seat: data as unknown as Seat }) as SeatEvent,
  },
};

/** Where a user's money lies. */
function availableTo(user: string): string {
  return `users:${user}:available`;
}

/** Where the money of a held seat lies. */
function heldBy(id: string): string {
  return `strict:${recordKey('seat', id).replace('/', ':')}:held`;
}

/** Where the money of confirmed seats goes. */
const seatsEarned = 'platform:seats:earned';

function transferOf({ id, buyer, price, status }: Seat): Transfer {
  switch (status) {
    case 'held':
      return { from: availableTo(buyer), to: heldBy(id), amount: price, kind: 'seat_held' };
    case 'confirmed':
      return { from: heldBy(id), to: seatsEarned, amount: price, kind: 'seat_confirmed' };
    default:
      return { from: heldBy(id), to: availableTo(buyer), amount: price, kind: `seat_${status}` };
  }
}

function shape(field: string, given: unknown, allowed: string): ShapeInvalid {
  return { code: 'shape_invalid', field, given: show(given), allowed };
}

const statusAfter = {
  HoldSeat: 'held',
  ConfirmSeat: 'confirmed',
  LeaveSeat: 'left',
  ExpireSeat: 'expired',
} as const;

const eventOf = { held: 'SeatHeld', confirmed: 'SeatConfirmed', left: 'SeatLeft', expired: 'SeatExpired' } as const;
