import { readFileSync } from 'node:fs';
import type { StoredUnit } from '@holdfast/kernel';
import { decodeUnit } from '@holdfast/kernel';

/** Where a worker was with a payout, or with anything else, when it died. */
export const allMoments = [
  'in the append of the intent',
  'stored, not yet sent',
  'during the send',
  'answered, not yet reported',
  'in the append of the report',
  'in the append of what was observed',
  'during a look-up',
  'during a call about a charge',
  'in another append',
  'reading, leasing or idle',
] as const;
export type Moment = (typeof allMoments)[number];

/** What a worker notes: that something begins (`+`), ended (`-`), or came to nothing and begins again (`~`). */
export type Note = `${'+' | '-' | '~'}${Noted}`;
type Noted = 'intent' | 'send' | 'report' | 'observed' | 'look-up' | 'charge' | 'append';

/** Moments at which a worker can be told to kill itself. */
export const aims = ['intent', 'before', 'send', 'after', 'report'] as const;
export type Aim = (typeof aims)[number];

/** Gives the moments that a worker died in, from the notes that it left. */
export function momentsIn(file: string): readonly Moment[] {
  const last = new Map<string, string>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [note = '', id = ''] = line.split(' ');
    if (note === '') continue;
    // Everything about one payout follows one after the other; all else is by itself.
    const thread = PAYOUT.has(note.slice(1)) ? `payout ${id}` : `${note.slice(1)} ${id}`;
    last.set(thread, note);
  }
  const moments = new Set([...last.values()].flatMap((note) => MOMENTS[note] ?? []));
  return moments.size === 0 ? ['reading, leasing or idle'] : [...moments].sort();
}

/** Names what an append is about: the steps of payouts that it stores, or nothing of the kind. */
export function stepsOf(units: readonly StoredUnit[]): readonly (readonly [noted: Noted, payout: string])[] {
  const steps = units.flatMap(({ bytes }) =>
    decodeUnit(bytes).events.flatMap(({ type, record = '', data }) => {
      const noted = type === 'AttemptStepped' ? STEPS[`${(data as { readonly by?: string }).by}`] : undefined;
      return noted ? [[noted, record] as const] : [];
    }),
  );
  return steps;
}

const PAYOUT: ReadonlySet<string> = new Set(['intent', 'send', 'report']);
const STEPS: { readonly [by: string]: Noted } = {
  start: 'intent',
  outcome: 'report',
  observation: 'observed',
  lookup: 'observed',
  adoption: 'observed',
};
const MOMENTS: { readonly [note: string]: Moment } = {
  '+intent': 'in the append of the intent',
  '-intent': 'stored, not yet sent',
  '+send': 'during the send',
  '-send': 'answered, not yet reported',
  '~report': 'answered, not yet reported',
  '+report': 'in the append of the report',
  '+observed': 'in the append of what was observed',
  '+look-up': 'during a look-up',
  '+charge': 'during a call about a charge',
  '+append': 'in another append',
};
