import type { FeeSchedule } from '@holdfast/fees';
import type { Duration, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Facts, Guard } from '../guards.ts';
import type { ClaimDefinition, ProcessDefinition, StateDefinition, TransitionDefinition } from './definition.ts';
import type { Field } from './inputs.ts';
import type { InsidePlace } from './places.ts';
import { readTemplate, type Template } from './template.ts';

/** A definition as it runs: lists are lists, routes are taken apart, and defaults are filled in. Nothing is parsed per command. */
export interface Machine {
  readonly kind: string;
  readonly version: number;
  readonly parties: readonly string[];
  readonly staff: readonly string[];
  readonly partiesMayBeSame: boolean;
  readonly fees: FeeSchedule;
  /** Fees first, `payout` last. */
  readonly lines: readonly string[];
  readonly places: ReadonlyMap<string, Place>;
  readonly ways: ReadonlyMap<string, RunningWay>;
  /** What the charge's transfer is called. */
  readonly fundKind: string;
  readonly claims: readonly Claim[];
  readonly states: ReadonlyMap<string, State>;
  readonly transitions: ReadonlyMap<string, Transition>;
}

/** A place: a name for an account. */
export interface Place {
  readonly name: string;
  readonly account: Template;
  readonly inside: boolean;
}

/** A way: where each line leaves to. A line that is missing cannot leave by it. */
export interface RunningWay {
  readonly name: string;
  readonly to: ReadonlyMap<string, string>;
  readonly order: readonly string[] | undefined;
  /** What the transfer of a line is called. */
  readonly kindOf: ReadonlyMap<string, string>;
}

/** A claim: a template, and in which states it is held; none means in all that are not done. */
export interface Claim {
  readonly name: Template;
  readonly while: ReadonlySet<string> | undefined;
}

/** A state. */
export interface State {
  readonly name: string;
  readonly done: boolean;
  readonly after: Duration | string | undefined;
  readonly fire: readonly string[];
  readonly whenDone: string | undefined;
  readonly waits: string | undefined;
  /** Where money may go from here, wherever it lies: a hint. */
  readonly leadsTo: readonly string[];
}

/** A transition. */
export interface Transition {
  readonly name: string;
  /** Empty where it begins the process. */
  readonly from: readonly string[];
  readonly begins: boolean;
  readonly to: string | undefined;
  readonly by: readonly string[];
  readonly emits: string;
  readonly input: ReadonlyMap<string, Field>;
  readonly keeps: readonly string[];
  readonly guards: readonly Guard<Refusal, object>[];
  readonly within: Duration | undefined;
  readonly passes: readonly Pass[];
  readonly settles: readonly { readonly way: string; readonly amount: string }[];
  readonly shifts: readonly Shift[];
  readonly funds: Route | undefined;
  readonly amounts: ReadonlyMap<string, (facts: Facts) => Money>;
}

/** From one place to another. */
export interface Route {
  readonly from: string;
  readonly to: string;
}

/** Money that passes from outside to outside. */
export interface Pass extends Route {
  readonly kind: string;
  readonly amount: string;
}

/** A line that is laid elsewhere. */
export interface Shift extends Route {
  readonly kind: string;
  readonly line: string;
}

/** Reads a definition into the form in which it runs. Whatever is wrong in it is left for the checker to say. */
export function readMachine(definition: ProcessDefinition): Machine {
  const lines = [...Object.keys(definition.fees.rules), 'payout'];
  const ways = new Map(Object.keys(definition.ways ?? {}).map((name) => [name, readWay(definition, name, lines)]));
  const transitions = new Map(
    Object.entries(definition.transitions).map(([name, t]) => [name, readTransition(name, t)]),
  );
  const states = Object.entries(definition.states).map(([name, state]): [string, State] => [
    name,
    readState(name, state, leadingFrom(name, transitions, ways)),
  ]);
  return {
    kind: definition.kind,
    version: definition.version,
    parties: definition.parties,
    staff: definition.staff ?? [],
    partiesMayBeSame: definition.sameParty === 'may be the same',
    fees: definition.fees,
    lines,
    places: readPlaces(definition),
    ways,
    fundKind: definition.kinds?.fund ?? 'fund',
    claims: (definition.claims ?? []).map(readClaim),
    states: new Map(states),
    transitions,
  };
}

/** Gives one or several as a list. */
function listOf<T>(given: T | readonly T[] | undefined): readonly T[] {
  if (given === undefined) return [];
  return Array.isArray(given) ? given : [given as T];
}

function readPlaces(definition: ProcessDefinition): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const party of definition.parties) {
    places.set(party, { name: party, account: readTemplate(`users:{${party}}:available`), inside: false });
  }
  for (const [name, given] of Object.entries(definition.places) as [string, string | InsidePlace][]) {
    const account = typeof given === 'string' ? given : given.account;
    places.set(name, { name, account: readTemplate(account), inside: typeof given !== 'string' });
  }
  return places;
}

function readWay(definition: ProcessDefinition, name: string, lines: readonly string[]): RunningWay {
  const given = definition.ways?.[name] ?? {};
  const to = new Map(typeof given === 'string' ? lines.map((line) => [line, given]) : Object.entries(given));
  const kindOf = lines.map((line): [string, string] => {
    const byDefault = typeof given === 'string' ? name : `${name}_${line}`;
    return [line, definition.kinds?.[`${name}.${line}`] ?? definition.kinds?.[name] ?? byDefault];
  });
  return { name, to, order: definition.cutBy?.[name], kindOf: new Map(kindOf) };
}

function readClaim(claim: ClaimDefinition): Claim {
  if (typeof claim === 'string') return { name: readTemplate(claim), while: undefined };
  return { name: readTemplate(claim.name), while: new Set(listOf(claim.while)) };
}

function readState(name: string, state: StateDefinition, leadsTo: readonly string[]): State {
  const { done, after, fire, whenDone, waits } = state;
  return { name, done: done === true, after, fire: listOf(fire), whenDone, waits, leadsTo };
}

function leadingFrom(
  state: string,
  transitions: ReadonlyMap<string, Transition>,
  ways: ReadonlyMap<string, RunningWay>,
): readonly string[] {
  const places = new Set<string>();
  for (const { from, settles, shifts, funds } of transitions.values()) {
    if (!from.includes(state)) continue;
    for (const { way } of settles) for (const to of ways.get(way)?.to.values() ?? []) places.add(to);
    for (const { to } of shifts) places.add(to);
    if (funds) places.add(funds.from).add(funds.to);
  }
  return [...places];
}

function readTransition(name: string, given: TransitionDefinition): Transition {
  const from = listOf(given.from);
  return {
    name,
    from,
    begins: given.from === undefined,
    to: given.to,
    by: listOf(given.by),
    emits: given.emits,
    input: new Map(Object.entries(given.input ?? {})),
    keeps: given.keeps ?? [],
    // Which input a guard or an amount looks at, the compiler has checked against the transition's.
    guards: (given.guards ?? []) as unknown as readonly Guard<Refusal, object>[],
    within: given.within,
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
    amounts: new Map(Object.entries((given.amounts ?? {}) as Record<string, (facts: Facts) => Money>)),
  };
}

function readRoute(text: string): Route {
  const [from = '', to = ''] = text.split(' -> ');
  return { from, to };
}

function readLabelled(text: string): Route & { readonly label: string } {
  const [label = '', route = ''] = text.split(': ');
  return { label, ...readRoute(route) };
}
