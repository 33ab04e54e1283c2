import type { Unit } from '@holdfast/kernel';
import type { Charge } from '../payments/charge.ts';
import type { AuditEntry } from './audit-entry.ts';

/** Reads what units say of charges: an operator's word, refunds that came back, disputes at the bank. */
export interface ChargeTrail {
  take(unit: Unit): readonly ChargeLine[];
}

/** An entry before it has its place. */
type ChargeLine = Omit<AuditEntry, 'id' | 'at' | 'actor'>;
type About = Omit<ChargeLine, 'action'>;

/** Begins to read a book's journal for what it says of charges. */
export function openChargeTrail(): ChargeTrail {
  const held = new Set<string>();
  const linesOf = (unit: Unit): readonly ChargeLine[] =>
    unit.events.flatMap(({ type, record = '', data }): readonly ChargeLine[] => {
      if (!record.startsWith('charge/')) return [];
      const charge = data as unknown as Told;
      const about = aboutOf(record.slice('charge/'.length), charge);
      if (type === 'ChargeAsserted') return [{ ...about, action: 'CHARGE_RESOLVED', detail: `${charge.said?.says}` }];
      if (type === 'ChargeAdopted') return [{ ...about, action: 'CHARGE_ADOPTED' }];
      return type === 'BankDisputeNoted' ? heldLines(unit, about, charge) : [];
    });
  const heldLines = (unit: Unit, about: About, { disputes }: Told): readonly ChargeLine[] => {
    const fresh = disputes.filter(({ id, told }) => told === 'open' && !held.has(id));
    for (const { id } of fresh) held.add(id);
    // An earning that was handed over already is held by itself, in the same unit, and says so.
    const isSaid = unit.events.some(({ type }) => type === 'ObligationHeld');
    return isSaid ? [] : fresh.map(() => ({ ...about, action: 'PAYOUT_HELD', detail: 'BankDisputeNoted' }));
  };
  return { take: (unit) => [...linesOf(unit), ...returnedLines(unit)] };
}

/** What a unit's text has of a charge. */
type Told = Pick<Charge, 'for' | 'disputes'> & { readonly said?: { readonly says?: string } };

function aboutOf(chargeId: string, { for: about }: Told): About {
  return 'booking' in about ? { chargeId, bookingId: about.booking } : { chargeId };
}

function returnedLines({ entries, events }: Unit): readonly ChargeLine[] {
  return entries.flat().flatMap(([, to, amount, currency, kind]) => {
    const chargeId = /^refunds:(.+):owed$/.exec(to)?.[1];
    if (kind !== 'refund_returned' || chargeId === undefined) return [];
    const told = events.find(({ record }) => record === `charge/${chargeId}`)?.data as unknown as Told | undefined;
    const about = told ? aboutOf(chargeId, told) : { chargeId };
    return [{ ...about, action: 'REFUND_RETURNED' as const, amount, currency }];
  });
}
