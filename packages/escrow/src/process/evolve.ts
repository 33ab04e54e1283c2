import { beginWithCut, foldCut, foldMoney } from './fold-money.ts';
import type { Fact } from './inputs.ts';
import { changeThing, partNamed, putPart, thingNamed } from './parts.ts';
import type { Entry, Part, PartName, ProcessEvent, Thing, Whole } from './thing.ts';

/** Folds a step into a process. Knows nothing of the definition, so that what happened reads the same for ever. */
export function evolve(before: Whole | undefined, event: ProcessEvent): Whole {
  let after = event.about && before ? foldPart(before, event.about, event) : foldWhole(before, event);
  if (event.cuts) {
    const { cuts } = event;
    after = changeThing(after, cuts.from, (source) => foldCut(source, cuts));
  }
  for (const { about, ...entry } of event.goOn ?? []) {
    after = changeThing(after, about, (thing) => enter(thing, entry, event));
  }
  return after;
}

function foldWhole(before: Whole | undefined, event: ProcessEvent): Whole {
  const { id = '', parties = {}, reference } = before ?? event.begins ?? {};
  // Made here and seen by nobody yet: to fill it in place is twice as fast as to copy it.
  const whole = foldThing(before ?? blank(id, event), event) as Unfinished<Whole>;
  whole.parties = parties;
  if (reference !== undefined) whole.reference = reference;
  if (before?.parts) whole.parts = before.parts;
  return whole;
}

function foldPart(whole: Whole, about: PartName, event: ProcessEvent): Whole {
  const before = partNamed(whole, about) ?? beginPart(whole, about, event);
  const part = foldThing(before, event) as Unfinished<Part>;
  if (before.cutFrom) part.cutFrom = before.cutFrom;
  if (before.isDebt) part.isDebt = true;
  return putPart(whole, about, part);
}

function beginPart(whole: Whole, { id }: PartName, event: ProcessEvent): Part {
  const { cuts } = event;
  if (!cuts) return blank(id, event);
  const source = thingNamed(whole, cuts.from) as Thing;
  return {
    ...blank(id, event),
    amount: cuts.amount,
    ...beginWithCut(source, cuts),
    ...(cuts.from ? { cutFrom: cuts.from } : {}),
    ...(cuts.bearers ? { isDebt: true } : {}),
  };
}

function foldThing(before: Thing, event: ProcessEvent): Thing {
  const { lines, left, cut, reclaimed } = foldMoney(before, event);
  const { enters, freezes } = event;
  const dueAt = enters ? enters.dueAt : before.dueAt;
  const amount = freezes?.amount ?? before.amount;
  const schedule = freezes?.schedule ?? before.schedule;
  return {
    id: before.id,
    status: enters ? enters.status : before.status,
    since: enters ? event.at : before.since,
    ...(dueAt === undefined ? {} : { dueAt }),
    entered: enters ? addEntry(before, enters, event) : before.entered,
    ...(amount === undefined ? {} : { amount }),
    ...(schedule === undefined ? {} : { schedule }),
    lines,
    left,
    ...(cut ? { cut } : {}),
    ...(reclaimed ? { reclaimed } : {}),
    facts: foldFacts(before.facts, event),
  };
}

function blank(id: string, { at }: ProcessEvent): Thing {
  return { id, status: '', since: at, lines: {}, left: {}, entered: {}, facts: {} };
}

function enter<One extends Thing>(thing: One, entry: Entry, event: ProcessEvent): One {
  const { dueAt: _before, ...others } = thing;
  const { status, dueAt } = entry;
  const due = dueAt === undefined ? {} : { dueAt };
  return { ...others, status, since: event.at, ...due, entered: addEntry(thing, entry, event) } as unknown as One;
}

function addEntry({ entered }: Thing, { status }: Entry, { at, by }: ProcessEvent): Thing['entered'] {
  return { ...entered, [status]: { at, by } };
}

function foldFacts(facts: Thing['facts'], event: ProcessEvent): Thing['facts'] {
  if (!event.remembers) return facts;
  const remembered: Record<string, Fact> = { ...facts };
  for (const name of event.remembers) {
    const value = event.given?.[name];
    if (value !== undefined) remembered[name] = value;
  }
  return remembered;
}

type Unfinished<T> = { -readonly [Key in keyof T]: T[Key] };
