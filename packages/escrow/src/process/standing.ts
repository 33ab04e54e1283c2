import { accountKey, type Deadline, type Standing } from '@holdfast/kernel';
import { accountOf } from './account-of.ts';
import type { Machine, State } from './machine.ts';
import { fillTemplate } from './template.ts';
import type { HeldLine, Thing } from './thing.ts';

/** Says what a thing stands for: its claims, its deadline, and the accounts that its next commands are likely to touch. */
export function standing(machine: Machine, thing: Thing): Standing {
  const state = machine.states.get(thing.status) as State;
  return {
    status: thing.status,
    claims: claimsOf(machine, thing, state),
    deadlines: deadlinesOf(thing, state),
    touches: touchesOf(machine, thing, state),
  };
}

/**
 * Gives the unique names that a thing holds in a state.
 *
 * @source docs/rules/escrow.md, E-13
 */
export function claimsOf(
  machine: Machine,
  thing: Pick<Thing, 'id' | 'parties' | 'reference'>,
  state: State,
): readonly string[] {
  const held = machine.claims.filter((claim) => (claim.while ? claim.while.has(state.name) : !state.done));
  return held.map(({ name }) => fillTemplate(name, thing));
}

function deadlinesOf({ dueAt }: Thing, { name, fire }: State): readonly Deadline[] {
  const [first] = fire;
  return dueAt === undefined || first === undefined ? [] : [{ name, dueAt, command: { type: first } }];
}

function touchesOf(machine: Machine, thing: Thing, { done, leadsTo }: State): readonly string[] {
  if (done || !thing.amount) return [];
  const { code } = thing.amount.currency;
  const places = new Set<string>();
  for (const name in thing.lines) places.add((thing.lines[name] as HeldLine).place);
  for (const place of leadsTo) places.add(place);
  // Two parties may be the same, and so may their accounts.
  const accounts = new Set<string>();
  for (const place of places) accounts.add(accountKey(accountOf(machine, place, thing), code));
  return [...accounts];
}
