import type { Field } from '../inputs.ts';
import type { Machine, Transition } from '../machine.ts';
import type { Notes } from './findings.ts';

/** Checks each transition by itself: who, from where, with what input, and that its money speaks of what there is. */
export function checkCommands(machine: Machine, notes: Notes): void {
  const beginnings = [...machine.transitions.values()].filter(({ begins }) => begins);
  notes.problem(beginnings.length === 0, `nothing begins ${machine.kind}`);
  for (const transition of machine.transitions.values()) {
    checkRoute(machine, transition, notes);
    checkActors(machine, transition, notes);
    checkInput(machine, transition, notes);
    checkSettles(machine, transition, notes);
    checkShifts(machine, transition, notes);
    checkOutside(machine, transition, notes);
  }
}

function checkRoute({ states, kind }: Machine, { name, from, begins, to, emits }: Transition, notes: Notes): void {
  notes.problem(begins && to === undefined, `${name} begins ${kind}, but does not say where it goes`);
  notes.problem(!begins && from.length === 0, `${name} starts nowhere`);
  notes.problem(to !== undefined && !states.has(to), `${name} goes to ${to}, which is no state of ${kind}`);
  notes.problem(!emits, `${name} does not say what happened`);
  for (const state of from) {
    notes.problem(!states.has(state), `${name} starts in ${state}, which is no state of ${kind}`);
    notes.problem(states.get(state)?.done === true, `${name} starts in ${state} of ${kind}, which is done`);
  }
}

function checkActors({ parties, staff, kind }: Machine, { name, by, on, begins }: Transition, notes: Notes): void {
  notes.problem(by.length === 0 && on === undefined, `nobody may ${name}`);
  notes.problem(begins && by.includes('clock'), `${name} begins ${kind}, which the clock cannot do`);
  for (const who of by) {
    const known = who === 'clock' || parties.includes(who) || staff.includes(who);
    notes.problem(!known, `${name} is done by ${who}, who is neither party nor staff of ${kind}`);
  }
}

function checkInput(machine: Machine, transition: Transition, notes: Notes): void {
  const { name, input, keeps, amounts, guards } = transition;
  const taken = fieldsOfItsOwn(machine, transition);
  for (const field of taken)
    notes.problem(input.has(field), `${name} has an input ${field}, which every such command has`);
  for (const field of keeps) notes.problem(!input.has(field), `${name} keeps ${field}, which is no field of its input`);
  for (const amount of amounts.keys()) {
    notes.problem(input.has(amount) || amount === 'rest', `${name} computes ${amount}, which is given already`);
  }
  for (const guard of guards) notes.problem(!guard.code, `a guard of ${name} has no code`);
}

/** What a command has beside its input. */
function fieldsOfItsOwn({ kind, partOf }: Machine, { begins, funds, cuts }: Transition): readonly string[] {
  const amount = funds || cuts ? ['amount'] : [];
  if (partOf === undefined) return ['type', ...amount, ...(begins ? ['parties', 'reference'] : [])];
  return ['type', ...amount, kind, ...(cuts && cuts.kind !== partOf ? [cuts.kind] : [])];
}

function checkSettles(machine: Machine, transition: Transition, notes: Notes): void {
  const { name, settles } = transition;
  for (const [index, { way, amount }] of settles.entries()) {
    notes.problem(!machine.ways.has(way), `${name} settles by ${way}, which is no way of ${machine.kind}`);
    notes.problem(
      amount !== 'rest' && !isAmount(transition, amount),
      `${name} settles ${amount}, which is no amount of its input`,
    );
    const isAfterRest = settles.slice(0, index).some((earlier) => earlier.amount === 'rest');
    notes.problem(isAfterRest, `${name} settles ${amount} by ${way} after the rest has left`);
  }
}

function checkShifts({ lines, places, kind }: Machine, { name, shifts }: Transition, notes: Notes): void {
  for (const { line, from, to } of shifts) {
    notes.problem(!lines.includes(line), `${name} lays ${line} elsewhere, which is no line of ${kind}`);
    for (const place of [from, to]) {
      notes.problem(
        places.get(place)?.inside !== true,
        `${name} lays ${line} from ${from} to ${to}, but ${place} is not inside`,
      );
    }
    notes.problem(from === to, `${name} lays ${line} from ${from} to itself`);
  }
}

function checkOutside({ places, kind }: Machine, transition: Transition, notes: Notes): void {
  const { name, funds, passes } = transition;
  if (funds) {
    notes.problem(
      places.get(funds.from)?.inside !== false,
      `${name} funds from ${funds.from}, which is no place outside`,
    );
    notes.problem(places.get(funds.to)?.inside !== true, `${name} funds ${funds.to}, which is not inside`);
  }
  for (const { kind: called, amount, from, to } of passes) {
    notes.problem(!isAmount(transition, amount), `${name} passes ${amount}, which is no amount of its input`);
    for (const place of [from, to]) {
      notes.problem(!places.has(place), `${name} passes ${called} by ${place}, which is no place of ${kind}`);
      const isInside = places.get(place)?.inside === true;
      notes.problem(isInside, `${name} passes ${called} through ${place}, which is inside: use settles or funds`);
    }
  }
}

function isAmount({ input, amounts, funds }: Transition, name: string): boolean {
  return amounts.has(name) || isGivenAmount(input.get(name)) || (name === 'amount' && funds !== undefined);
}

function isGivenAmount(field: Field | undefined): boolean {
  return field?.kind === 'amount' && !field.optional;
}
