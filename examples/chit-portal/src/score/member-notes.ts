import type { ScoreEvent } from '@holdfast/chit-score';
import { inr, money } from '@holdfast/money';
import { dayOf } from '../day-of.ts';
import type { Happened } from '../feed/take-in-units.ts';
import { instalmentName, ticketName } from './score-names.ts';

/**
 * Says what an event of a scheme adds to the score events of one of those whom it is about. A payment counts for whoever owed it: who took a ticket over with its
 * arrears pays what another was late with. A payment that was taken back opens again what it had paid, and what is given up is given up where it is open.
 *
 * @param events - What the event means for the ticket, as {@link scoreNotes} says.
 * @param known - The score events of the person on this ticket so far.
 */
export function memberNotes(
  happened: Happened,
  events: readonly ScoreEvent[],
  known: readonly ScoreEvent[],
): readonly ScoreEvent[] {
  const owed = owedBy([...known, ...events]);
  return [
    ...events.filter((one) => one.type !== 'InstalmentPaid' || owed.has(one.instalment)),
    ...reopened(happened, owed),
    ...givenUp(happened, owed),
  ];
}

/** What somebody owed for an instalment, and what of it is open, in minor units. */
interface Owed {
  readonly due: bigint;
  readonly open: bigint;
}

function owedBy(events: readonly ScoreEvent[]): ReadonlyMap<string, Owed> {
  const owed = new Map<string, Owed>();
  for (const event of events)
    if (event.type === 'InstalmentDue')
      owed.set(event.instalment, { due: event.amount.minor, open: event.amount.minor });
  for (const event of events) {
    if (event.type !== 'InstalmentPaid' && event.type !== 'PaymentReversed') continue;
    const one = owed.get(event.instalment);
    const { minor } = event.amount;
    if (one)
      owed.set(event.instalment, { ...one, open: one.open + (event.type === 'InstalmentPaid' ? -minor : minor) });
  }
  return owed;
}

/** The scheme asks for all that is missing with the newest instalment; of each no more is open again than was paid of it. */
function reopened({ scheme, event, place, at }: Happened, owed: ReadonlyMap<string, Owed>): readonly ScoreEvent[] {
  if (event.type !== 'PaymentReversed') return [];
  return event.arrears.flatMap(({ instalment: number, principal }): readonly ScoreEvent[] => {
    const instalment = instalmentName(scheme, event.ticket, number);
    const one = owed.get(instalment);
    const wanted = one && principal > one.due ? one.due : principal;
    if (!one || wanted <= one.open) return [];
    const amount = money(wanted - one.open, inr);
    return [{ type: 'PaymentReversed', id: `${instalment}:reversed.${place}`, instalment, on: dayOf(at), amount }];
  });
}

function givenUp({ scheme, event, at }: Happened, owed: ReadonlyMap<string, Owed>): readonly ScoreEvent[] {
  if (event.type !== 'ArrearsWrittenOff' && event.type !== 'DisputeClosed') return [];
  if (event.type === 'DisputeClosed' && event.award !== 'write_off') return [];
  const own = `${ticketName(scheme, event.ticket)}/`;
  return [...owed].flatMap(([instalment, { open }]): readonly ScoreEvent[] => {
    if (open <= 0n || !instalment.startsWith(own)) return [];
    return [{ type: 'InstalmentWrittenOff', id: `${instalment}:written-off`, instalment, on: dayOf(at) }];
  });
}
