import type { ProcessDefinition } from '../definition.ts';
import type { Machine, WholeMachine } from '../machine.ts';
import type { Notes } from './findings.ts';

/** Checks that names are names, that one word means one thing, and that claims speak of what there is. */
export function checkWords(machine: WholeMachine, definition: ProcessDefinition, notes: Notes): void {
  const { kind, version, parties, staff, lines } = machine;
  notes.problem(!KIND.test(kind), `${kind} is no name for a kind of record: a-z, 0-9, _ and -, 64 at most`);
  notes.problem(
    !Number.isSafeInteger(version) || version < 1,
    `version ${version} of ${kind} is no whole number from 1`,
  );
  notes.problem(parties.length === 0, `${kind} has no party`);
  for (const name of [...parties, ...staff]) {
    notes.problem(!WORD.test(name), `${name} is no name: letters, digits and _, beginning with a letter`);
    notes.problem(name === 'clock', 'clock is the name of the clock, and of nobody else');
    notes.problem(name === 'id', 'id is the name of the record’s id');
    notes.problem(name === 'part', 'part is the name of a part’s id');
    notes.problem([...parties, ...staff].filter((other) => other === name).length > 1, `${name} is named twice`);
  }
  notes.problem(
    lines.indexOf('payout') < lines.length - 1,
    'payout is the line that takes the rest, so no fee is called payout',
  );
  checkPartNames(machine, notes);
  for (const one of [machine, ...machine.parts.values()]) {
    for (const [line, { payer }] of Object.entries(one.fees.rules)) {
      notes.problem(!parties.includes(payer), `${line} is paid by ${payer}, who is no party of ${kind}`);
    }
    checkKinds(one, definition.parts?.[one.kind] ?? definition, notes);
  }
  checkClaims(machine, notes);
}

function checkPartNames(process: WholeMachine, notes: Notes): void {
  for (const name of process.parts.keys()) {
    notes.problem(!WORD.test(name) || name in {}, `${name} is no name for a part: letters, digits and _`);
    notes.problem(TAKEN.includes(name), `${name} is a field that commands have, and so no name for a part`);
    notes.problem(name === process.kind, `${name} is the whole, and cannot be a part of itself`);
  }
  const machines = [process, ...process.parts.values()];
  const names = machines.flatMap(({ transitions }) => [...transitions.keys()]);
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) < index))) {
    notes.problem(true, `${name} is the name of two commands`);
  }
}

function checkKinds(machine: Machine, definition: Pick<ProcessDefinition, 'kinds'>, notes: Notes): void {
  const named = new Set(['fund']);
  for (const way of machine.ways.keys()) {
    named.add(way);
    for (const line of machine.lines) named.add(`${way}.${line}`);
  }
  for (const [name, kind] of Object.entries(definition.kinds ?? {})) {
    notes.problem(!named.has(name), `kinds names ${name}, which is no way, and no line of one`);
    notes.problem(!TRANSFER_KIND.test(kind ?? ''), `${kind} is no name for a transfer: a-z, 0-9 and _, 64 at most`);
  }
  for (const { name, shifts, passes } of machine.transitions.values()) {
    for (const { kind } of [...shifts, ...passes]) {
      notes.problem(
        !TRANSFER_KIND.test(kind),
        `${kind} of ${name} is no name for a transfer: a-z, 0-9 and _, 64 at most`,
      );
    }
  }
}

function checkClaims({ claims, parties, states, kind }: WholeMachine, notes: Notes): void {
  for (const claim of claims) {
    for (const part of claim.name.names) {
      const known = part === 'id' || part === 'reference' || parties.includes(part);
      notes.problem(!known, `the claim ${claim.name.text} speaks of {${part}}, which ${kind} does not have`);
    }
    for (const state of claim.while ?? []) {
      notes.problem(
        !states.has(state),
        `the claim ${claim.name.text} is held while ${state}, which is no state of ${kind}`,
      );
    }
  }
}

const TAKEN = ['type', 'amount', 'parties', 'reference'];
const KIND = /^[a-z][a-z0-9_-]{0,63}$/;
const WORD = /^[A-Za-z]\w{0,63}$/;
const TRANSFER_KIND = /^[a-z][a-z0-9_]{0,63}$/;
