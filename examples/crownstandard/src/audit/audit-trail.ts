import { readCanonical, type StoredUnit, type Unit } from '@holdfast/kernel';
import type { AttemptStepped, PayoutPlanned } from '@holdfast/payouts';
import type { Crown } from '../book/open-crown.ts';
import type { AuditAction, AuditEntry } from './audit-entry.ts';
import { openChargeTrail } from './charge-trail.ts';

/** Reads the journal as an audit log. Give it every unit once, from the first on. */
export interface AuditTrail {
  take(stored: StoredUnit): readonly AuditEntry[];
}

/** An entry before it has its place. */
type Line = Omit<AuditEntry, 'id' | 'at' | 'actor'>;

/** What is known of a payout from the units before. */
interface Known {
  readonly booking: string;
  /** Where each of its attempts stood, by number. */
  readonly attempts: Map<number, string>;
}

/** Begins to read a book's journal as an audit log. */
export function openAuditTrail({ payouts }: Pick<Crown, 'payouts'>): AuditTrail {
  const known = new Map<string, Known>();
  const charges = openChargeTrail();
  const linesOf = (unit: Unit): readonly Line[] => {
    const lines: Line[] = [...refundsOf(unit), ...charges.take(unit)];
    for (const { type, record = '', version, data } of unit.events) {
      const [kind = '', id = ''] = [record.slice(0, record.indexOf('/')), record.slice(record.indexOf('/') + 1)];
      if (HOLDS.has(type)) lines.push(heldLine(kind, id, type));
      if (kind !== 'payout') continue;
      const event = payouts.payout.codec.decodeEvent({ type, version, data });
      if (event.type === 'PayoutPlanned') lines.push(scheduled(id, event, known));
      if (event.type === 'AttemptStepped') lines.push(...stepped(id, event, known));
    }
    return lines;
  };
  return {
    take: ({ sequence, bytes }) => {
      if (!TELLING.test(bytes)) return [];
      const unit = readCanonical(bytes) as Unit;
      const at = { at: unit.at, actor: unit.actor.id };
      return linesOf(unit).map((line, index) => ({ id: `${sequence}.${index}`, ...at, ...line }));
    },
  };
}

/** A payout is made, and waits for nothing but its call. */
function scheduled(payoutId: string, { bundle }: PayoutPlanned, known: Map<string, Known>): Line {
  const booking = bundle.slice(0, bundle.lastIndexOf('.'));
  known.set(payoutId, { booking, attempts: new Map() });
  return { action: 'PAYOUT_SCHEDULED', payoutId, bookingId: booking };
}

function stepped(payoutId: string, { by, attempt: { attempt } }: AttemptStepped, known: Map<string, Known>) {
  const { booking: bookingId = '', attempts = new Map<number, string>() } = known.get(payoutId) ?? {};
  const before = attempts.get(attempt.number);
  const { state, number, sends, operation } = attempt;
  attempts.set(number, state.status);
  const amount = operation.amount.toJSON();
  const line = (action: AuditAction, detail?: string): Line => {
    return { action, payoutId, bookingId, ...amount, ...(detail === undefined ? {} : { detail }) };
  };
  // The first try of a payout is no retry; every call after it is, under the same key or the next.
  if (by === 'start' && (number > 1 || sends.length > 1)) return [line('PAYOUT_RETRIED', `call ${sends.length}`)];
  if (before === state.status) return [];
  if (state.status === 'paid' && before !== 'returned') return [line('PAYOUT_RELEASED', state.object)];
  const isNo = (status: string | undefined): boolean => status === 'due' || status === 'failed';
  return 'code' in state && !isNo(before) ? [line('PAYOUT_FAILED', state.code)] : [];
}

/** The payout of a booking waits: for the decision of a dispute, or for what else holds it. */
function heldLine(kind: string, id: string, type: string): Line {
  const bookingId = kind === 'booking' ? id : /^(?:booking|tip)\.([^.]+)/.exec(id)?.[1];
  return { action: 'PAYOUT_HELD', ...(bookingId === undefined ? {} : { bookingId }), detail: type };
}

/** Whatever goes back to a customer's card, for whichever reason. */
function* refundsOf({ entries }: Unit): Generator<Line> {
  for (const [from, to, amount, currency, detail] of entries.flat()) {
    const bookingId = /^(?:bookings:|payouts:(?:booking|tip)\.|refunds:refund\.)([^:.]+)/.exec(from)?.[1];
    if (to !== 'world:cards' || bookingId === undefined) continue;
    yield { action: 'REFUND_ISSUED', bookingId, amount, currency, detail };
  }
}

/** What a unit's text has where it may mean anything to the log; most say nothing to it, and reading one costs a hundred times as much as this look. */
const TELLING =
  /"record":"payout\/|"world:cards"|"type":"(?:DisputeOpened|ObligationHeld|PayeeHeld|BankDisputeNoted|ChargeAsserted|ChargeAdopted)"/;
const HOLDS: ReadonlySet<string> = new Set(['DisputeOpened', 'ObligationHeld', 'PayeeHeld']);
