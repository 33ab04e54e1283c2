import type { Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Facts, Guard } from '../guards.ts';
import type { PartTransitionDefinition } from './definition.ts';
import type { Route, Source, StandsAs, Transition } from './machine.ts';

/** Reads a transition into the form in which it runs. Whatever is wrong in it is left for the checker to say. */
export function readTransition(name: string, given: PartTransitionDefinition): Transition {
  return {
    name,
    from: listOf(given.from),
    begins: given.from === undefined,
    to: given.to,
    by: listOf(given.by),
    on: given.on,
    emits: given.emits,
    input: new Map(Object.entries(given.input ?? {})),
    keeps: given.keeps ?? [],
    // Which input a guard or an amount looks at, the compiler has checked against the transition's.
    guards: (given.guards ?? []) as unknown as readonly Guard<Refusal, object>[],
    while: listOf(given.while).map(readStandsAs),
    unless: listOf(given.unless).map(readStandsAs),
    within: given.within,
    ...readMoves(given),
    amounts: new Map(
      Object.entries((given.amounts ?? {}) as Record<string, (facts: Facts<never>) => Money | undefined>),
    ),
    asks: listOf(given.asks),
  };
}

/** Gives one or several as a list. */
export function listOf<T>(given: T | readonly T[] | undefined): readonly T[] {
  if (given === undefined) return [];
  return Array.isArray(given) ? given : [given as T];
}

function readMoves(
  given: PartTransitionDefinition,
): Pick<Transition, 'passes' | 'settles' | 'shifts' | 'funds' | 'cuts' | 'owes'> {
  return {
    passes: Object.entries(given.passes ?? {}).map(([kind, pass]) => {
      const { label, ...route } = readLabelled(pass);
      return { kind, amount: label, ...route };
    }),
    settles: Object.entries(given.settles ?? {}).map(([way, amount]) => ({ way, amount: amount ?? '' })),
    shifts: Object.entries(given.shifts ?? {}).map(([kind, shift]) => {
      const { label, ...route } = readLabelled(shift);
      return { kind, line: label, ...route };
    }),
    funds: given.funds === undefined ? undefined : readRoute(given.funds),
    cuts: given.cuts === undefined ? undefined : readSource(given.cuts),
    owes: given.owes === undefined ? undefined : readOwing(given.owes),
  };
}

function readStandsAs(text: string): StandsAs {
  const [kind = '', status = ''] = text.split('.');
  return { kind, status };
}

function readSource(text: string): Source {
  const [kind = '', what = ''] = text.split('.');
  return { kind, way: what === 'rest' ? undefined : what };
}

function readOwing(text: string): { readonly way: string; readonly to: string } {
  const { from, to } = readRoute(text);
  return { way: from, to };
}

function readRoute(text: string): Route {
  const [from = '', to = ''] = text.split(' -> ');
  return { from, to };
}

function readLabelled(text: string): Route & { readonly label: string } {
  const [label = '', route = ''] = text.split(': ');
  return { label, ...readRoute(route) };
}
