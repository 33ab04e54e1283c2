import { type Charge, type ChargeStatus, chargeStatus } from './charge.ts';

/** Something about a charge that a person has to look at. May be told twice. */
export interface ChargeAlarm {
  readonly alarm: 'charge_waits' | 'refund_failed' | 'refund_returned' | 'charge_adopted';
  readonly charge: string;
}

/** Gives what a person has to hear of a charge that is told to stand otherwise than before; nothing where no person is needed. */
export function chargeAlarm(id: string, before: Charge | undefined, after: Charge): ChargeAlarm | undefined {
  const status = chargeStatus(after);
  if (before !== undefined && chargeStatus(before) === status) return undefined;
  const alarm = after.isAdopted ? 'charge_adopted' : ALARMS[status];
  return alarm && { alarm, charge: id };
}

const ALARMS: { readonly [Status in ChargeStatus]?: ChargeAlarm['alarm'] } = {
  waiting: 'charge_waits',
  failed: 'refund_failed',
  returned: 'refund_returned',
};
