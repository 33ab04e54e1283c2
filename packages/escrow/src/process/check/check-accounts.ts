import { isAccountName } from '@holdfast/kernel';
import type { PartDefinition } from '../definition.ts';
import type { Machine, Place, RunningWay } from '../machine.ts';
import type { Notes } from './findings.ts';

/** Checks places and ways: every account can be named, every way ends outside, and no two places are one account. */
export function checkAccounts(machine: Machine, { cutBy }: Pick<PartDefinition, 'cutBy'>, notes: Notes): void {
  if (machine.partOf === undefined) for (const place of machine.places.values()) checkPlace(machine, place, notes);
  for (const way of machine.ways.values()) {
    if (!way.isInherited) checkWay(machine, way, notes);
    if (machine.partOf === undefined) checkNamesNoPart(machine, way, notes);
  }
  for (const [name, order] of Object.entries(cutBy ?? {})) {
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
    const known = part === 'id' || part === 'part' || machine.parties.includes(part);
    notes.problem(!known, `the account ${account} of ${name} speaks of {${part}}, which ${machine.kind} does not have`);
  }
  // What is cut from a part stays where it lies, so it would lie in an account of that part's name.
  notes.problem(inside && names.includes('part'), `${name} is inside and speaks of {part}, but inside belongs to all`);
  notes.lint(
    names.includes('part') && !names.includes('id'),
    `${account} of ${name} speaks of {part} without {id}, but the id of a part is only unique within its ${machine.kind}`,
  );
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
  notes.problem(way.name === 'rest', 'rest is the name of what is held, so no way is called rest');
  const bears = isOnlyBorne(machine, way);
  for (const [line, to] of way.to) {
    const place = machine.places.get(to);
    notes.problem(
      !machine.lines.includes(line),
      `way ${way.name} speaks of ${line}, which is no line of ${machine.kind}`,
    );
    notes.problem(!place, `way ${way.name} leads ${line} to ${to}, which is no place of ${machine.kind}`);
    notes.problem(place?.inside === true && !bears, `way ${way.name} leaves ${line} in ${to}, which is inside`);
  }
}

/** A way by which a debt is borne says who has less, and may name places inside. Nothing leaves by it. */
function isOnlyBorne({ transitions }: Machine, { name }: RunningWay): boolean {
  const all = [...transitions.values()];
  return (
    all.some(({ owes }) => owes?.way === name) && !all.some(({ settles }) => settles.some(({ way }) => way === name))
  );
}

function checkNamesNoPart(machine: Machine, way: RunningWay, notes: Notes): void {
  for (const [line, to] of way.to) {
    const isPartsOwn = machine.places.get(to)?.account.names.includes('part') === true;
    notes.problem(
      isPartsOwn,
      `way ${way.name} leads ${line} to ${to}, whose account is a part's, but ${machine.kind} is no part`,
    );
  }
}
