import { isAccountName } from '@holdfast/kernel';
import type { ProcessDefinition } from './definition.ts';
import type { Notes } from './findings.ts';
import type { Machine, Place, RunningWay } from './machine.ts';

/** Checks places and ways: every account can be named, every way ends outside, and no two places are one account. */
export function checkAccounts(machine: Machine, definition: ProcessDefinition, notes: Notes): void {
  for (const place of machine.places.values()) checkPlace(machine, place, notes);
  for (const way of machine.ways.values()) checkWay(machine, way, notes);
  for (const [name, order] of Object.entries(definition.cutBy ?? {})) {
    notes.problem(!machine.ways.has(name), `cutBy orders ${name}, which is no way of ${machine.kind}`);
    for (const line of order ?? []) {
      notes.problem(!machine.lines.includes(line), `${name} is cut by ${line}, which is no line of ${machine.kind}`);
    }
  }
}

function checkPlace(machine: Machine, { name, account: template, inside }: Place, notes: Notes): void {
  const { text: account, names, pieces } = template;
  notes.problem(inside && machine.parties.includes(name), `${name} is a party, and cannot be a place inside`);
  for (const part of names) {
    const known = part === 'id' || machine.parties.includes(part);
    notes.problem(!known, `the account ${account} of ${name} speaks of {${part}}, which ${machine.kind} does not have`);
  }
  notes.problem(!isAccountName(pieces.join('x')), `${account} of ${name} is no name for an account`);
  for (const other of machine.places.values()) {
    const isSame = other.name < name && other.account.text === account && (inside || other.inside);
    notes.problem(
      isSame,
      `${other.name} and ${name} are the same account ${account}, so nobody could tell what lies where`,
    );
  }
}

function checkWay(machine: Machine, way: RunningWay, notes: Notes): void {
  notes.problem(way.name === 'fund', 'fund is the name of what comes in, so no way is called fund');
  for (const [line, to] of way.to) {
    const place = machine.places.get(to);
    notes.problem(
      !machine.lines.includes(line),
      `way ${way.name} speaks of ${line}, which is no line of ${machine.kind}`,
    );
    notes.problem(!place, `way ${way.name} leads ${line} to ${to}, which is no place of ${machine.kind}`);
    notes.problem(place?.inside === true, `way ${way.name} leaves ${line} in ${to}, which is inside`);
  }
}
