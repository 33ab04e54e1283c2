import type { Machine, Transition } from '../machine.ts';
import type { Notes } from './findings.ts';
import type { Spot } from './walk-machine.ts';

/** In which place each held line lies. A line that is not held is absent. */
export type Lies = Readonly<Record<string, string>>;

/** Says whether anything is held. */
export function holds(lies: Lies): boolean {
  return Object.keys(lies).length > 0;
}

/** Says what is held where, as in `platform in held, payout in held`. */
export function sayLies(lies: Lies): string {
  return Object.entries(lies)
    .map(([line, place]) => `${line} in ${place}`)
    .join(', ');
}

/** Gives what lies where after a transition's settlements; a part of a line leaves the line where it is. */
export function settledLies(machine: Machine, { name, settles, to }: Transition, spot: Spot, notes: Notes): Lies {
  let { lies } = spot;
  for (const { way, amount } of settles) {
    for (const line of Object.keys(lies)) {
      const isForgotten = machine.ways.get(way)?.to.has(line) === false;
      notes.problem(
        isForgotten,
        `way ${way} says nothing of ${line}, which ${machine.kind} holds in ${spot.status || to} when ${name} comes`,
      );
    }
    if (amount === 'rest') lies = {};
  }
  return lies;
}

/** Gives what lies where after lines were laid elsewhere. */
export function shiftedLies({ name, shifts }: Transition, spot: Spot, before: Lies, notes: Notes): Lies {
  let lies = before;
  for (const { line, from, to } of shifts) {
    const place = lies[line];
    const where = place === undefined ? 'is not held' : `lies in ${place}`;
    notes.problem(
      place !== from,
      `${name} lays ${line} from ${from} to ${to}, but in ${spot.status || 'the beginning'} it ${where}`,
    );
    if (place === from) lies = { ...lies, [line]: to };
  }
  return lies;
}

/** Gives what lies where after a charge came in. */
export function fundedLies({ kind, fees }: Machine, { name, funds }: Transition, lies: Lies, notes: Notes): Lies {
  if (!funds) return lies;
  notes.problem(holds(lies), `${name} funds ${kind}, which still holds ${sayLies(lies)}`);
  return Object.fromEntries([...Object.keys(fees.rules), 'payout'].map((line) => [line, funds.to]));
}
