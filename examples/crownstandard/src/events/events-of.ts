import { type Json, readCanonical, type StoredUnit, type Unit } from '@holdfast/kernel';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { EventEntry } from './event-bus.ts';

/** Gives the domain events that a unit means to the rest of the marketplace: the life of bookings and tips, and what the audit log has of payouts. */
export function eventsOf({ sequence, bytes }: StoredUnit, audited: readonly AuditEntry[]): readonly EventEntry[] {
  const unit = readCanonical(bytes) as Unit;
  const entry = (source: string, type: string, id: string, detail: object): EventEntry => ({
    Source: `crownstandard.${source}`,
    DetailType: type,
    Detail: JSON.stringify({ id, at: unit.at, ...detail }),
    Time: new Date(unit.at),
  });
  const lives = unit.events.flatMap(({ type, record = '', data }, index) => {
    const named = NAMES[type];
    if (named === undefined || !record.startsWith('booking/')) return [];
    const part = (data as { readonly about?: { readonly [field: string]: Json } }).about?.id;
    const detail = { bookingId: record.slice('booking/'.length), ...(part === undefined ? {} : { of: part }) };
    return [entry('booking', named, `${sequence}.e${index}`, detail)];
  });
  return [...lives, ...audited.map(({ action, id, at: _at, ...detail }) => entry('payout', action, id, detail))];
}

const NAMES: Readonly<Record<string, string>> = {
  BookingCaptured: 'BOOKING_PAID',
  BookingCompleted: 'BOOKING_COMPLETED',
  BookingCancelled: 'BOOKING_CANCELLED',
  BookingExpired: 'BOOKING_EXPIRED',
  TipGiven: 'TIP_GIVEN',
  DisputeOpened: 'DISPUTE_OPENED',
  DisputeResolved: 'DISPUTE_RESOLVED',
  DisputeRejected: 'DISPUTE_REJECTED',
  DisputeLapsed: 'DISPUTE_REJECTED',
};
