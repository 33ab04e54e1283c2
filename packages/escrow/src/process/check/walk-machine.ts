import type { Machine, State, Transition } from '../machine.ts';
import type { Notes } from './findings.ts';
import { fundedLies, holds, type Lies, sayLies, settledLies, shiftedLies } from './lies.ts';

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
  /** Absent where the thing goes on by itself, since it holds nothing and what was made of it is done. */
  readonly transition: Transition | undefined;
}

/** All that can happen, by the text that names a spot. */
export interface Walk {
  readonly spots: ReadonlyMap<string, Spot>;
  readonly steps: readonly Step[];
  readonly begun: readonly Beginning[];
}

/** A transition that begins a thing, and what it then has already. */
export interface Beginning {
  readonly transition: Transition;
  /** What was cut, and where it lies; nothing where it is not cut. */
  readonly lies: Lies;
  /** The spot in which it then stands. */
  readonly to: string;
  /** In which statuses the whole may be then. */
  readonly wholeIn: readonly string[];
}

/** What a walk starts from. */
export interface WalkStart {
  readonly machine: Machine;
  readonly begins: readonly Omit<Beginning, 'to'>[];
  /** Whether parts are made of it, and whether some are cut from what it holds. */
  readonly parted: { readonly any: boolean; readonly byCutting: boolean };
}

/**
 * Walks every path of a machine with lines in places instead of amounts, and notes where money would be taken from where it does not lie,
 * left behind, or sent on a way that says nothing of it.
 */
export function walkMachine({ machine, begins, parted }: WalkStart, notes: Notes): Walk {
  const spots = new Map<string, Spot>();
  const steps: Step[] = [];
  const begun: Beginning[] = [];
  const settling = new Map<Transition, boolean>();
  const waiting: Spot[] = [];
  const take = (transition: Transition, spot: Spot): readonly Spot[] => {
    if (transition.settles.length > 0) settling.set(transition, settling.get(transition) === true || holds(spot.lies));
    return stepFrom({ machine, parted }, transition, spot, notes);
  };
  for (const beginning of begins) {
    for (const next of take(beginning.transition, { status: '', lies: beginning.lies, knows: [] })) {
      begun.push({ ...beginning, to: nameOf(next) });
      waiting.push(next);
    }
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
    for (const next of goingOn({ machine, parted }, spot)) {
      steps.push({ from: name, to: nameOf(next), transition: undefined });
      waiting.push(next);
    }
  }
  for (const [{ name, settles }, holdsSomething] of settling) {
    notes.problem(
      !holdsSomething,
      `${name} settles by ${settles[0]?.way}, but ${machine.kind} never holds anything then`,
    );
  }
  return { spots, steps, begun };
}

type Walked = Pick<WalkStart, 'machine' | 'parted'>;

function stepFrom({ machine, parted }: Walked, transition: Transition, spot: Spot, notes: Notes): readonly Spot[] {
  const settled = settledLies(machine, transition, spot, notes);
  const shifted = shiftedLies(transition, spot, settled, notes);
  const lies = fundedLies(machine, transition, shifted, notes);
  const knows = [...new Set([...spot.knows, ...told(machine, transition)])].sort();
  const isPartial = transition.settles.length > 0 && holds(settled);
  const target = machine.states.get(transition.to ?? spot.status) as State;
  notes.problem(
    target.done && isPartial,
    `${transition.name} settles a part of what ${machine.kind} holds and then calls it done: ${sayLies(lies)} would stay`,
  );
  const there: Spot = { status: target.name, lies, knows };
  if (target.whenDone === undefined) return [there];
  const empty: Spot = { ...there, lies: {} };
  // Parts that are open keep it where it is, until it goes on by itself. What only begins has none.
  if (parted.any && !transition.begins) return isPartial ? [there, empty] : [there];
  const further: Spot = { ...empty, status: target.whenDone };
  if (!holds(lies)) return [further];
  return isPartial ? [there, further] : [there];
}

/** Where a thing goes by itself once what was made of it is done: it holds nothing, or everything was cut from it. */
function goingOn({ machine, parted }: Walked, { status, lies, knows }: Spot): readonly Spot[] {
  const whenDone = machine.states.get(status)?.whenDone;
  if (whenDone === undefined || !(holds(lies) ? parted.byCutting : parted.any)) return [];
  return [{ status: whenDone, lies: {}, knows }];
}

/** The instants that some state waits for and that this transition is sure to give. */
function told({ states }: Machine, { keeps, input }: Transition): readonly string[] {
  const awaited = new Set([...states.values()].map(({ after }) => after));
  return keeps.filter((name) => awaited.has(name) && !input.get(name)?.optional);
}

function nameOf({ status, lies, knows }: Spot): string {
  return `${status} ${JSON.stringify(Object.entries(lies).sort())} ${knows.join(' ')}`;
}
