import type { Machine, StandsAs, Transition, WholeMachine } from '../machine.ts';
import { machineOf } from '../read-machine.ts';
import type { Notes } from './findings.ts';

/** Checks what a transition says of others: of the whole, of what the part is cut from, and of parts that may stand in the way. */
export function checkOthers(process: WholeMachine, machine: Machine, notes: Notes): void {
  for (const transition of machine.transitions.values()) {
    const { name, unless, within, begins } = transition;
    for (const one of transition.while) checkWhile(process, machine, transition, one, notes);
    for (const one of unless) {
      notes.problem(
        !process.parts.has(one.kind),
        `${name} is held back by ${one.kind}, which is no part of ${process.kind}`,
      );
      checkStatus(process, name, one, notes);
    }
    notes.problem(
      within !== undefined && begins && transition.while.length === 0,
      `${name} has so long and no longer, but does not say while what`,
    );
  }
}

function checkWhile(
  process: WholeMachine,
  machine: Machine,
  { name, begins, cuts }: Transition,
  one: StandsAs,
  notes: Notes,
): void {
  notes.problem(machine.partOf === undefined, `${name} is of the whole, and has no other that it could be while`);
  const isSource = begins && cuts?.kind === one.kind;
  notes.problem(
    machineOf(process, one.kind) !== undefined && one.kind !== process.kind && !isSource,
    `${name} looks at ${one.kind}, which is neither the ${process.kind} nor what it is cut from`,
  );
  notes.problem(!machineOf(process, one.kind), `${name} looks at ${one.kind}, which is no part of ${process.kind}`);
  checkStatus(process, name, one, notes);
}

function checkStatus(process: WholeMachine, name: string, { kind, status }: StandsAs, notes: Notes): void {
  const of = machineOf(process, kind);
  notes.problem(of !== undefined && !of.states.has(status), `${name} looks at ${status}, which is no state of ${kind}`);
}
