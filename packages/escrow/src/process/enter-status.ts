import { addDuration, type Instant } from '@holdfast/kernel';
import { foldMoney } from './fold-money.ts';
import type { Fact } from './inputs.ts';
import type { Machine, State, WholeMachine } from './machine.ts';
import { allParts, changeThing, isSameName } from './parts.ts';
import type { MoneyPlan } from './plan-money.ts';
import type { Scene } from './scene.ts';
import { type Holding, restOf } from './slice.ts';
import type { Entry, PartName, ProcessEvent, Thing, Whole } from './thing.ts';

/** What a step changes, as far as it says where the thing goes. */
export interface Stepping {
  readonly given: Readonly<Record<string, Fact>>;
  readonly plan: MoneyPlan;
  readonly at: Instant;
}

/** Gives the status that a step enters: where it goes, and further where nothing is held and nothing is open any more. */
export function enteredBy(scene: Scene, { given, plan, at }: Stepping): Entry | undefined {
  const { process, machine, transition, whole, about, thing } = scene;
  const target = machine.states.get(transition.to ?? (thing as Thing).status) as State;
  const mayClose = target.whenDone !== undefined && restAfter(thing, plan) === 0n;
  const closes = mayClose && !hasOpenParts(process, whole, about);
  const status = closes ? target.whenDone : transition.to;
  if (status === undefined) return undefined;
  return entryInto(machine.states.get(status) as State, { ...thing?.facts, ...given }, at);
}

/**
 * Lists the things that go on by themselves: they hold nothing, and what was made of them is done.
 *
 * @source docs/rules/escrow.md, E-35
 */
export function thingsGoingOn(process: WholeMachine, before: Whole, at: Instant): NonNullable<ProcessEvent['goOn']> {
  const goOn: (Entry & { readonly about?: PartName })[] = [];
  let whole = before;
  for (let next = nextGoingOn(process, whole); next; next = nextGoingOn(process, whole)) {
    const { about, thing, state } = next;
    const entry = entryInto(state, thing.facts, at);
    goOn.push(about ? { about, ...entry } : entry);
    whole = changeThing(whole, about, (one) => ({ ...one, status: entry.status }));
  }
  return goOn;
}

interface GoingOn {
  readonly about: PartName | undefined;
  readonly thing: Thing;
  readonly state: State;
}

function nextGoingOn(process: WholeMachine, whole: Whole): GoingOn | undefined {
  const things = [
    ...allParts(whole).map(({ name, part }) => ({ about: name, thing: part, machine: process.parts.get(name.part) })),
    { about: undefined, thing: whole, machine: process },
  ];
  for (const { about, thing, machine } of things) {
    const { whenDone } = stateOf(machine, thing);
    if (whenDone === undefined || restOf(thing.lines as Holding) > 0n) continue;
    if (!hasOpenParts(process, whole, about)) return { about, thing, state: machine?.states.get(whenDone) as State };
  }
  return undefined;
}

/** Says whether anything that was made of a thing is not done: of the whole all parts, of a part what was cut from it. */
function hasOpenParts(process: WholeMachine, whole: Whole | undefined, about: PartName | undefined): boolean {
  return allParts(whole).some(
    ({ name, part }) =>
      !stateOf(process.parts.get(name.part), part).done && (!about || isSameName(part.cutFrom, about)),
  );
}

function stateOf(machine: Machine | undefined, { status }: Thing): State {
  return machine?.states.get(status) as State;
}

/** What is held after a step, in minor units. */
function restAfter(thing: Thing | undefined, plan: MoneyPlan): bigint {
  if (!plan.cuts) return restOf(foldMoney(thing, plan).lines as Holding);
  let rest = 0n;
  for (const { minor } of Object.values(plan.cuts.lines)) rest += minor;
  for (const { lines } of plan.leaves ?? []) for (const { minor } of Object.values(lines)) rest -= minor;
  return rest;
}

function entryInto({ name, after }: State, facts: Readonly<Record<string, Fact>>, at: Instant): Entry {
  const dueAt = typeof after === 'string' ? (facts[after] as Instant) : after && addDuration(at, after);
  return { status: name, ...(dueAt === undefined ? {} : { dueAt }) };
}
