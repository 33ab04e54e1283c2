import type { Machine, Transition, WholeMachine } from '../machine.ts';
import { machineOf } from '../read-machine.ts';
import type { Notes } from './findings.ts';
import { holds, type Lies } from './lies.ts';
import type { Beginning, Spot, Walk, WalkStart } from './walk-machine.ts';
import type { Together } from './walk-together.ts';

/** What was walked so far, by the name of the machine. */
export interface Walked {
  readonly walk: Walk;
  /** A part, together with the whole; absent for the whole itself. */
  readonly together: Together | undefined;
}

/** Gives what the walk of a machine starts from: a thing has nothing in the beginning, or what it is cut from another one. */
export function beginWalk(
  process: WholeMachine,
  machine: Machine,
  walked: ReadonlyMap<string, Walked>,
  notes: Notes,
): WalkStart {
  const begins: Omit<Beginning, 'to'>[] = [];
  for (const transition of machine.transitions.values()) {
    if (transition.begins) begins.push(...beginningsOf(process, machine, transition, walked, notes));
  }
  const byCutting = [...process.parts.values()].some((part) =>
    [...part.transitions.values()].some(({ cuts }) => cuts?.kind === machine.kind && cuts.way === undefined),
  );
  const isWholeWithParts = machine.partOf === undefined && process.parts.size > 0;
  return { machine, begins, parted: { any: byCutting || isWholeWithParts, byCutting } };
}

function beginningsOf(
  process: WholeMachine,
  machine: Machine,
  transition: Transition,
  walked: ReadonlyMap<string, Walked>,
  notes: Notes,
): readonly Omit<Beginning, 'to'>[] {
  if (machine.partOf === undefined) return [{ transition, lies: {}, wholeIn: [] }];
  const { cuts } = transition;
  const source = cuts && walked.get(cuts.kind);
  if (!cuts || !source) return [{ transition, lies: {}, wholeIn: wholeStatuses(process, transition, walked) }];
  const spots = [...source.walk.spots].filter(([, { status }]) => isMeant(transition, cuts.kind, status));
  if (cuts.way === undefined) checkSource(transition, cuts.kind, spots, notes);
  const begins: Omit<Beginning, 'to'>[] = [];
  for (const [name, spot] of spots) {
    if (cuts.way === undefined && !holds(spot.lies)) continue;
    const lies = cuts.way === undefined ? spot.lies : borneInside(process, machine, transition);
    const possible = source.together?.wholeIn(name) ?? [spot.status];
    begins.push({ transition, lies, wholeIn: possible.filter((status) => isMeant(transition, process.kind, status)) });
  }
  return begins;
}

function isMeant({ while: list }: Transition, kind: string, status: string): boolean {
  const ofKind = list.filter((one) => one.kind === kind);
  return ofKind.length === 0 || ofKind.some((one) => one.status === status);
}

function wholeStatuses(
  process: WholeMachine,
  transition: Transition,
  walked: ReadonlyMap<string, Walked>,
): readonly string[] {
  const all = [...(walked.get(process.kind)?.walk.spots.values() ?? [])].map(({ status }) => status);
  return [...new Set(all)].filter((status) => isMeant(transition, process.kind, status));
}

function checkSource(
  { name, while: list }: Transition,
  kind: string,
  spots: readonly (readonly [string, Spot])[],
  notes: Notes,
): void {
  const isHeldIn = (status: string): boolean => spots.some(([, spot]) => spot.status === status && holds(spot.lies));
  for (const { kind: of, status } of list) {
    notes.problem(
      of === kind && !isHeldIn(status),
      `${name} cuts from the ${kind} in ${status}, which holds nothing then`,
    );
  }
  notes.problem(
    !spots.some(([, spot]) => holds(spot.lies)),
    `${name} cuts from the ${kind}, which never holds anything then`,
  );
}

/** A debt has those lines that somebody inside bears. */
function borneInside(process: WholeMachine, machine: Machine, { cuts, owes }: Transition): Lies {
  const lies: Record<string, string> = {};
  const way = owes && machine.ways.get(owes.way);
  for (const line of machineOf(process, cuts?.kind ?? '')?.lines ?? []) {
    const place = way?.to.get(line);
    if (place !== undefined && machine.places.get(place)?.inside) lies[line] = place;
  }
  return lies;
}
