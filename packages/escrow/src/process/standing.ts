import { accountKey, type Deadline, type Standing } from '@holdfast/kernel';
import { accountOf, fillTemplate } from './account-of.ts';
import type { Machine, State } from './machine.ts';
import type { Thing } from './thing.ts';

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
  return machine.claims
    .filter((claim) => (claim.while ? claim.while.has(state.name) : !state.done))
    .map(({ name }) =>
      fillTemplate(name, (part) => {
        if (part === 'id') return thing.id;
        return (part === 'reference' ? thing.reference : thing.parties[part]) ?? '';
      }),
    );
}

function deadlinesOf({ dueAt }: Thing, { name, fire }: State): readonly Deadline[] {
  const [first] = fire;
  return dueAt === undefined || first === undefined ? [] : [{ name, dueAt, command: { type: first } }];
}

function touchesOf(machine: Machine, thing: Thing, state: State): readonly string[] {
  if (state.done || !thing.amount) return [];
  const places = new Set<string>();
  for (const line of Object.values(thing.lines)) if (line && line.rest.minor > 0n) places.add(line.place);
  for (const { from, settles, shifts, funds } of machine.transitions.values()) {
    if (!from.includes(state.name)) continue;
    for (const { way } of settles) for (const to of machine.ways.get(way)?.to.values() ?? []) places.add(to);
    for (const { to } of shifts) places.add(to);
    if (funds) places.add(funds.from).add(funds.to);
  }
  const { code } = thing.amount.currency;
  return [...new Set([...places].map((place) => accountKey(accountOf(machine, place, thing), code)))];
}
