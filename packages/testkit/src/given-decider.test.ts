import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { givenDecider } from './given-decider.ts';
import { type Seat, type SeatEvent, seats } from './sample/seats.ts';

const seat: Seat = {
  id: '1',
  place: 'A1',
  buyer: 'ann',
  price: usd('60.00'),
  expiresAt: '2026-01-02T00:00:00.000Z',
  status: 'held',
};
const held: SeatEvent = { type: 'SeatHeld', seat };

describe('givenDecider', () => {
  it('says what happens', () => {
    const confirmed: SeatEvent = { type: 'SeatConfirmed', seat: { ...seat, status: 'confirmed' } };
    givenDecider(seats, { events: [held] })
      .when({ type: 'ConfirmSeat' })
      .thenHappens(confirmed);
  });

  it('says what is refused, with its details', () => {
    const given = givenDecider(seats, { events: [held] });
    const early = given.when({ type: 'ExpireSeat' }, { at: '2026-01-01T23:59:59.999Z' });
    early.thenRefuses('seat_not_due', { dueAt: seat.expiresAt });
    given.when({ type: 'ExpireSeat' }, { at: seat.expiresAt }).thenHappens({
      type: 'SeatExpired',
      seat: { ...seat, status: 'expired' },
    });
    givenDecider(seats).when({ type: 'LeaveSeat' }).thenRefuses('seat_unknown');
    givenDecider(seats).when({ type: 'Nonsense' }).thenRefuses('shape_invalid', { field: 'type' });
  });

  it('throws where the decision is another', () => {
    const outcome = givenDecider(seats, { events: [held] }).when({ type: 'ConfirmSeat' });
    expect(() => outcome.thenHappens()).toThrow(/SeatConfirmed/);
    expect(() => outcome.thenNothing()).toThrow(/SeatConfirmed/);
    expect(() => outcome.thenRefuses('seat_unknown')).toThrow(/seat_unknown/);
    const refused = givenDecider(seats).when({ type: 'LeaveSeat' });
    expect(() => refused.thenRefuses('seat_not_held')).toThrow(/seat_unknown/);
    expect(() => refused.thenHappens(held)).toThrow(/seat_unknown/);
  });
});
