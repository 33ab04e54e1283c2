import type { FeeSchedule } from '@holdfast/fees';
import type { ClaimDefinition, PartDefinition, ProcessDefinition, StateDefinition, Way } from './definition.ts';
import type { Claim, Command, Machine, Place, RunningWay, State, Transition, WholeMachine } from './machine.ts';
import type { InsidePlace } from './places.ts';
import { listOf, readTransition } from './read-transition.ts';
import { readTemplate } from './template.ts';

/** Reads a definition into the form in which it runs. Whatever is wrong in it is left for the checker to say. */
export function readMachine(definition: ProcessDefinition): WholeMachine {
  const { kind, version, parties, staff = [], fees } = definition;
  const places = readPlaces(definition);
  const shared = { parties, staff, places };
  const whole: Machine = {
    kind,
    ...shared,
    ...readMoney(definition, {}, linesOf(fees)),
    ...readStates(definition, {}),
  };
  const parts = new Map<string, Machine>();
  for (const [name, part] of Object.entries(definition.parts ?? {})) {
    const transitions = readTransitions(part);
    const lines = linesOfPart(part.fees ?? fees, [...transitions.values()], parts, whole);
    const money = readMoney({ fees, ...part }, definition, lines);
    parts.set(name, { kind: name, partOf: kind, ...shared, ...money, ...readStates(part, definition) });
  }
  return {
    ...whole,
    version,
    partiesMayBeSame: definition.sameParty === 'may be the same',
    claims: (definition.claims ?? []).map(readClaim),
    parts,
    commands: readCommands([whole, ...parts.values()]),
  };
}

/** Gives the machine of the whole, or of a part. */
export function machineOf(process: WholeMachine, kind: string): Machine | undefined {
  return kind === process.kind ? process : process.parts.get(kind);
}

/** What ways a definition has: of a part, beside those of the whole. */
type WaysGiven = Pick<PartDefinition, 'ways' | 'cutBy' | 'kinds'>;

function linesOf(fees: FeeSchedule): readonly string[] {
  return [...Object.keys(fees.rules), 'payout'];
}

/** A part holds the lines of its own fees, and of whatever it is cut from. */
function linesOfPart(
  fees: FeeSchedule,
  transitions: readonly Transition[],
  parts: ReadonlyMap<string, Machine>,
  whole: Machine,
): readonly string[] {
  const lines = new Set(linesOf(fees));
  for (const { cuts } of transitions) {
    const source = cuts && (cuts.kind === whole.kind ? whole : parts.get(cuts.kind));
    for (const line of source?.lines ?? []) lines.add(line);
  }
  lines.delete('payout');
  return [...lines, 'payout'];
}

function readMoney(
  given: WaysGiven & { readonly fees: FeeSchedule },
  inherited: WaysGiven,
  lines: readonly string[],
): Pick<Machine, 'fees' | 'lines' | 'ways' | 'fundKind'> {
  const ways = new Map<string, RunningWay>();
  for (const name of Object.keys(inherited.ways ?? {})) ways.set(name, readWay(inherited, name, lines, true));
  for (const name of Object.keys(given.ways ?? {})) ways.set(name, readWay(given, name, lines, false));
  return { fees: given.fees, lines, ways, fundKind: given.kinds?.fund ?? inherited.kinds?.fund ?? 'fund' };
}

function readWay(given: WaysGiven, name: string, lines: readonly string[], isInherited: boolean): RunningWay {
  const way: Way = given.ways?.[name] ?? {};
  const to = new Map(typeof way === 'string' ? lines.map((line) => [line, way]) : Object.entries(way));
  const kindOf = lines.map((line): [string, string] => {
    const byDefault = typeof way === 'string' ? name : `${name}_${line}`;
    return [line, given.kinds?.[`${name}.${line}`] ?? given.kinds?.[name] ?? byDefault];
  });
  return { name, isInherited, to, order: given.cutBy?.[name], kindOf: new Map(kindOf) };
}

function readStates(
  given: Pick<PartDefinition, 'states' | 'transitions' | 'ways'>,
  inherited: WaysGiven,
): Pick<Machine, 'states' | 'transitions'> {
  const transitions = readTransitions(given);
  const ways = { ...inherited.ways, ...given.ways };
  const states = Object.entries(given.states).map(([name, state]): [string, State] => [
    name,
    readState(name, state, leadingFrom(name, transitions, ways)),
  ]);
  return { states: new Map(states), transitions };
}

function readTransitions({ transitions }: Pick<PartDefinition, 'transitions'>): ReadonlyMap<string, Transition> {
  return new Map(Object.entries(transitions).map(([name, given]) => [name, readTransition(name, given)]));
}

function readState(name: string, state: StateDefinition, leadsTo: readonly string[]): State {
  const { done, after, fire, whenDone, waits } = state;
  return { name, done: done === true, after, fire: listOf(fire), whenDone, waits, leadsTo };
}

function leadingFrom(
  state: string,
  transitions: ReadonlyMap<string, Transition>,
  ways: Readonly<Record<string, Way>>,
): readonly string[] {
  const places = new Set<string>();
  for (const { from, settles, shifts, funds } of transitions.values()) {
    if (!from.includes(state)) continue;
    for (const { way } of settles) for (const to of placesOf(ways[way])) places.add(to);
    for (const { to } of shifts) places.add(to);
    if (funds) places.add(funds.from).add(funds.to);
  }
  return [...places];
}

function placesOf(way: Way | undefined): readonly string[] {
  return typeof way === 'string' ? [way] : Object.values(way ?? {});
}

function readPlaces({ parties, places: given }: ProcessDefinition): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const party of parties) {
    places.set(party, { name: party, account: readTemplate(`users:{${party}}:available`), inside: false });
  }
  for (const [name, place] of Object.entries(given) as [string, string | InsidePlace][]) {
    const account = typeof place === 'string' ? place : place.account;
    places.set(name, { name, account: readTemplate(account), inside: typeof place !== 'string' });
  }
  return places;
}

function readClaim(claim: ClaimDefinition): Claim {
  if (typeof claim === 'string') return { name: readTemplate(claim), while: undefined };
  return { name: readTemplate(claim.name), while: new Set(listOf(claim.while)) };
}

function readCommands(machines: readonly Machine[]): ReadonlyMap<string, Command> {
  const commands = new Map<string, Command>();
  for (const machine of machines) {
    for (const transition of machine.transitions.values()) {
      if (transition.on === undefined) commands.set(transition.name, { machine, transition });
    }
  }
  return commands;
}
