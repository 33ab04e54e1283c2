import type { Notes } from './findings.ts';
import type { Machine, State, Transition } from './machine.ts';

/** In which place each held line lies. A line that is not held is absent. */
export type Lies = Readonly<Record<string, string>>;

/** Where a thing can stand: a status, what it holds where, and which awaited instants it remembers. */
export interface Spot {
  readonly status: string;
  readonly lies: Lies;
  readonly knows: readonly string[];
}

/** A way from one spot to another. */
export interface Step {
  readonly from: string;
  readonly to: string;
  readonly transition: Transition;
}

/** All that can happen, by the text that names a spot. */
export interface Walk {
  readonly spots: ReadonlyMap<string, Spot>;
  readonly steps: readonly Step[];
}

/**
 * Walks every path of a machine with lines in places instead of amounts, and notes where money would be taken from where it does not lie,
 * left behind, or sent on a way that says nothing of it.
 */
export function walkMachine(machine: Machine, notes: Notes): Walk {
  const spots = new Map<string, Spot>();
  const steps: Step[] = [];
  const settling = new Map<Transition, boolean>();
  const waiting: Spot[] = [];
  const take = (transition: Transition, spot: Spot): readonly Spot[] => {
    if (transition.settles.length > 0) settling.set(transition, settling.get(transition) === true || holds(spot.lies));
    return stepFrom(machine, transition, spot, notes);
  };
  for (const transition of machine.transitions.values()) {
    if (transition.begins) waiting.push(...take(transition, { status: '', lies: {}, knows: [] }));
  }
  for (let spot = waiting.shift(); spot; spot = waiting.shift()) {
    const name = nameOf(spot);
    if (spots.has(name)) continue;
    spots.set(name, spot);
    for (const transition of machine.transitions.values()) {
      if (!transition.from.includes(spot.status)) continue;
      for (const next of take(transition, spot)) {
        steps.push({ from: name, to: nameOf(next), transition });
        waiting.push(next);
      }
    }
  }
  for (const [{ name, settles }, holdsSomething] of settling) {
    notes.problem(
      !holdsSomething,
      `${name} settles by ${settles[0]?.way}, but ${machine.kind} never holds anything then`,
    );
  }
  return { spots, steps };
}

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

function stepFrom(machine: Machine, transition: Transition, spot: Spot, notes: Notes): readonly Spot[] {
  const settled = settle(machine, transition, spot, notes);
  const shifted = shift(transition, spot, settled, notes);
  const lies = fund(machine, transition, shifted, notes);
  const knows = [...new Set([...spot.knows, ...told(machine, transition)])].sort();
  const isPartial = transition.settles.length > 0 && holds(settled);
  const target = machine.states.get(transition.to ?? spot.status) as State;
  notes.problem(
    target.done && isPartial,
    `${transition.name} settles a part of what ${machine.kind} holds and then calls it done: ${sayLies(lies)} would stay`,
  );
  const there: Spot = { status: target.name, lies, knows };
  if (target.whenDone === undefined) return [there];
  const further: Spot = { status: target.whenDone, lies: {}, knows };
  if (!holds(lies)) return [further];
  return isPartial ? [there, further] : [there];
}

/** The instants that some state waits for and that this transition is sure to give. */
function told({ states }: Machine, { keeps, input }: Transition): readonly string[] {
  const awaited = new Set([...states.values()].map(({ after }) => after));
  return keeps.filter((name) => awaited.has(name) && !input.get(name)?.optional);
}

function settle(machine: Machine, { name, settles, to }: Transition, spot: Spot, notes: Notes): Lies {
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

function shift({ name, shifts }: Transition, spot: Spot, before: Lies, notes: Notes): Lies {
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

function fund(machine: Machine, { name, funds }: Transition, lies: Lies, notes: Notes): Lies {
  if (!funds) return lies;
  notes.problem(holds(lies), `${name} funds ${machine.kind}, which still holds ${sayLies(lies)}`);
  return Object.fromEntries(machine.lines.map((line) => [line, funds.to]));
}

function nameOf({ status, lies, knows }: Spot): string {
  return `${status} ${JSON.stringify(Object.entries(lies).sort())} ${knows.join(' ')}`;
}
