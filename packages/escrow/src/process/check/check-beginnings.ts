import type { Machine, Transition, WholeMachine } from '../machine.ts';
import { machineOf } from '../read-machine.ts';
import type { Notes } from './findings.ts';

/** Checks how things begin: the whole by a party, a part by being funded or cut, a debt with somebody who owes it. */
export function checkBeginnings(process: WholeMachine, machine: Machine, notes: Notes): void {
  for (const transition of machine.transitions.values()) {
    const { name, begins, cuts, owes, funds } = transition;
    notes.problem(
      machine.partOf === undefined && (cuts !== undefined || owes !== undefined),
      `${name} cuts or owes, which only a part does`,
    );
    notes.problem(cuts !== undefined && !begins, `${name} cuts, but does not begin a ${machine.kind}`);
    notes.problem(cuts !== undefined && funds !== undefined, `${name} both cuts and funds`);
    notes.problem(owes !== undefined && cuts === undefined, `${name} says who owes, but cuts nothing`);
    if (cuts && machine.partOf !== undefined) checkCut(process, machine, transition, notes);
    for (const place of owes ? placesHeldIn(process) : []) {
      const isShared = [...(machine.ways.get(owes?.way ?? '')?.to.values() ?? [])].includes(place);
      notes.problem(isShared, `${name} is borne by ${place}, where money is held: who owes would take what is others’`);
    }
  }
}

/** The places inside where something is held, and not only owed. */
function placesHeldIn(process: WholeMachine): ReadonlySet<string> {
  const places = new Set<string>();
  for (const machine of [process, ...process.parts.values()]) {
    for (const { funds, shifts } of machine.transitions.values()) {
      if (funds) places.add(funds.to);
      for (const { to } of shifts) places.add(to);
    }
  }
  return places;
}

function checkCut(process: WholeMachine, machine: Machine, { name, cuts, owes }: Transition, notes: Notes): void {
  const { kind, way } = cuts as NonNullable<typeof cuts>;
  const source = machineOf(process, kind);
  notes.problem(!source, `${name} cuts from ${kind}, which is no part of ${process.kind}`);
  const order = [...process.parts.keys()];
  const isLater = order.indexOf(kind) > order.indexOf(machine.kind);
  notes.problem(isLater, `${name} cuts from ${kind}, which is defined after ${machine.kind}`);
  notes.problem(kind === machine.kind, `${name} cuts from ${kind}, and so a ${kind} from a ${kind}`);
  if (way === undefined) {
    notes.problem(owes !== undefined, `${name} says who owes, but cuts from what ${kind} still holds`);
    return;
  }
  const leaves = [...(source?.transitions.values() ?? [])].some(({ settles }) =>
    settles.some((one) => one.way === way),
  );
  notes.problem(!leaves, `${name} cuts from ${kind}.${way}, by which nothing ever leaves ${kind}`);
  notes.problem(!owes, `${name} cuts from ${kind}.${way}, which is gone, and does not say who owes it`);
  if (owes) checkOwing(machine, source, name, owes, notes);
}

function checkOwing(
  machine: Machine,
  source: Machine | undefined,
  name: string,
  { way: wayName, to }: NonNullable<Transition['owes']>,
  notes: Notes,
): void {
  const way = machine.ways.get(wayName);
  notes.problem(!way, `${name} is borne by ${wayName}, which is no way of ${machine.kind}`);
  for (const line of way ? (source?.lines ?? []) : []) {
    notes.problem(!way?.to.has(line), `way ${wayName} says nothing of ${line}, which ${name} takes back`);
  }
  notes.problem(machine.places.get(to)?.inside !== false, `${name} pays ${to}, which is no place outside`);
}
