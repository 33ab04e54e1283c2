import type { ChitEvent, Credited } from '@holdfast/chit-fund';

/** Gives what came to tickets by an event and paid what they owed: as a payment, out of a prize, or as a dividend. */
export function creditedBy(event: ChitEvent): readonly Credited[] {
  if (event.type === 'InstalmentSettled') return event.terminal;
  if (!('credited' in event)) return [];
  return 'ticket' in event.credited ? [event.credited] : event.credited;
}
