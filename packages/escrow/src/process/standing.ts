import { accountKey, type Deadline, type Standing } from '@holdfast/kernel';
import { accountOf, namesOf } from './account-of.ts';
import { mayFire, type Standpoint } from './barred.ts';
import type { Machine, State, WholeMachine } from './machine.ts';
import { allParts } from './parts.ts';
import { fillTemplate } from './template.ts';
import type { HeldLine, Whole } from './thing.ts';

/** Says what a process stands for: its claims, its deadlines, and the accounts that its next commands are likely to touch. */
export function standing(process: WholeMachine, whole: Whole): Standing {
  const all = standpoints(process, whole);
  return {
    status: whole.status,
    claims: claimsOf(process, whole, process.states.get(whole.status) as State),
    deadlines: all.flatMap(deadlinesOf),
    touches: touchesOf(all),
  };
}

/**
 * Gives the unique names that a process holds in a state.
 *
 * @source docs/rules/escrow.md, E-13
 */
export function claimsOf(
  machine: WholeMachine,
  whole: Pick<Whole, 'id' | 'parties' | 'reference'>,
  state: State,
): readonly string[] {
  const held = machine.claims.filter((claim) => (claim.while ? claim.while.has(state.name) : !state.done));
  return held.map(({ name }) => fillTemplate(name, whole));
}

/** The whole, and each of its parts. */
function standpoints(process: WholeMachine, whole: Whole): readonly Standpoint[] {
  const itself = { machine: process, thing: whole, about: undefined, whole };
  if (!whole.parts) return [itself];
  const parts = allParts(whole).map(({ name, part }) => {
    const machine = process.parts.get(name.part) as Machine;
    return { machine, thing: part, about: name, whole };
  });
  return [itself, ...parts];
}

/** What another part holds back waits without a deadline, and falls due as soon as it does so no longer. */
function deadlinesOf(standpoint: Standpoint): readonly Deadline[] {
  const { machine, thing, about } = standpoint;
  const { name, fire } = machine.states.get(thing.status) as State;
  const [type] = fire;
  if (thing.dueAt === undefined || type === undefined || !mayFire(standpoint)) return [];
  const named = about ? `${about.part}.${about.id}.${name}` : name;
  const ids = about ? { [about.part]: about.id } : {};
  return [{ name: named, dueAt: thing.dueAt, command: { type, ...ids } }];
}

function touchesOf(standpoints: readonly Standpoint[]): readonly string[] {
  // Two parties may be the same, and so may their accounts.
  const accounts = new Set<string>();
  for (const { machine, thing, about, whole } of standpoints) {
    const { done, leadsTo } = machine.states.get(thing.status) as State;
    if (done || !thing.amount) continue;
    const { code } = thing.amount.currency;
    const places = new Set<string>();
    for (const name in thing.lines) places.add((thing.lines[name] as HeldLine).place);
    for (const place of leadsTo) places.add(place);
    for (const place of places) accounts.add(accountKey(accountOf(machine, place, namesOf(whole, about)), code));
  }
  return [...accounts];
}
